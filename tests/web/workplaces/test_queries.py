"""What other rooms ask of workplaces: who speaks for whom, and who belongs where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.workplaces import queries
from factories.people import an_organisation
from factories.workplaces import a_group, a_member, a_representation, a_site

Person = Callable[..., Account]
DAY = date(2026, 11, 23)


def test_a_site_stops_being_a_gap_by_its_own_body_a_group_s_body_or_one_for_all(
    organisation: Organisation, now: datetime
) -> None:
    own, by_group, silent = (a_site(organisation, at=now) for _each in range(3))
    a_representation(organisation, own, at=now)
    body = a_representation(organisation, by_group, at=now)
    a_group(organisation, by_group, at=now, representation=body)
    assert queries.sites_without_representation(organisation) == [silent]
    a_representation(organisation, at=now)
    assert queries.sites_without_representation(organisation) == []


def test_a_group_is_represented_by_a_body_that_covers_its_site_only(
    organisation: Organisation, now: datetime
) -> None:
    here, there = a_site(organisation, at=now), a_site(organisation, at=now)
    group = a_group(organisation, here, at=now)
    a_representation(organisation, there, at=now)
    assert not queries.is_represented(group)
    a_representation(organisation, here, at=now)
    assert queries.is_represented(group)
    assert queries.represented_groups([]) == frozenset()


def test_a_body_of_another_organisation_represents_nobody_here(
    organisation: Organisation, other_organisation: Organisation, now: datetime
) -> None:
    group = a_group(organisation, at=now)
    a_representation(other_organisation, at=now)
    assert not queries.is_represented(group)


def test_representatives_of_a_group_are_those_of_its_site_and_of_all_sites(
    organisation: Organisation, person: Person, now: datetime
) -> None:
    here, there = a_site(organisation, at=now), a_site(organisation, at=now)
    group = a_group(organisation, here, at=now)
    everywhere = person("worker_representative", name="A")
    local = person("worker_representative", name="B", site_id=here.pk)
    person("worker_representative", name="C", site_id=there.pk)
    person("people_lead", name="D")
    assert queries.representatives_for_group(group, DAY) == [everywhere, local]
    assert queries.representatives_for_group(group, date(2025, 12, 31)) == []


def test_membership_counts_on_its_days_only(
    organisation: Organisation, person: Person, now: datetime
) -> None:
    group, worker = a_group(organisation, at=now), person("worker")
    a_member(group, worker, at=now, since=date(2026, 3, 1), until=date(2026, 3, 31))
    for day, is_in in ((1, True), (31, True)):
        assert bool(queries.members_of_groups([group], date(2026, 3, day))) is is_in
    assert queries.groups_of_account(worker, date(2026, 3, 15)) == [group]
    assert queries.groups_of_account(worker, date(2026, 4, 1)) == []
    assert queries.members_of_groups([group], date(2026, 2, 28)) == []


def test_somebody_in_two_groups_is_one_member(
    organisation: Organisation, person: Person, now: datetime
) -> None:
    groups = [a_group(organisation, at=now) for _each in range(2)]
    worker = person("worker")
    for group in groups:
        a_member(group, worker, at=now)
    assert queries.members_of_groups(groups, DAY) == [worker]
    assert len(queries.memberships_of_groups(groups, DAY)) == 2


def test_one_thing_of_another_organisation_is_not_here(
    organisation: Organisation, now: datetime
) -> None:
    other = an_organisation("elsewhere", at=now)
    group = a_group(other, at=now)
    with pytest.raises(NotHere):
        queries.group_of(organisation, group.pk)
    with pytest.raises(NotHere):
        queries.site_of(organisation, group.site_id)


def test_a_working_day_follows_the_calendar_of_the_site(
    organisation: Organisation, now: datetime
) -> None:
    site = a_site(organisation, at=now, working_days=[6, 7], holidays=[date(2026, 12, 26)])
    assert queries.is_working_day(site, date(2026, 12, 27))
    assert not queries.is_working_day(site, date(2026, 12, 26))
    assert not queries.is_working_day(site, date(2026, 12, 28))
