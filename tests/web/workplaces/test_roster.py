"""The roster: files, single changes, leavers, and what of it reaches accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from commonweal.workplaces.people import read_people
from commonweal_web.house import rooms
from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action
from commonweal_web.record.models import LogHead, LogLeaf
from commonweal_web.record.queries import verify_record
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.models import Membership, RosterImport, Site, WorkerGroup
from factories.rosters import HEAD, bring_in, file_of, groups_at_two_sites, rows, with_account
from factories.workplaces import a_group, a_site

DAY = timedelta(days=1)


@pytest.fixture
def groups(organisation: Organisation, now: datetime) -> dict[str, WorkerGroup]:
    """Pickers and packers at the harbour, planners in the north."""
    return groups_at_two_sites(organisation, at=now)


def facts(organisation: Organisation) -> list[tuple[Any, ...]]:
    """The lines as they stand, without their ids."""
    found = Membership.objects.of(organisation).order_by("number", "since", "until")
    columns = ("number", "name", "email", "language", "group_id", "since", "until", "account_id")
    return list(found.values_list(*columns))


def test_each_person_is_one_row_and_one_leaf_and_no_account(
    organisation: Organisation, groups: dict[str, WorkerGroup], now: datetime
) -> None:
    accounts = Account.objects.count()
    result = bring_in(organisation, HEAD + rows(1, 2, 3), at=now)
    assert result.as_json() == {
        **{"rows": 3, "joined": 3, "changed": 0, "moved": 0, "left": 0, "unchanged": 0},
        "problems": [],
    }
    assert Membership.objects.filter(account=None).count() == 3
    leaves = LogLeaf.objects.filter(organisation=organisation, kind="workplaces.import_roster")
    assert leaves.filter(subject__startswith="workplaces.membership:").count() == 3
    assert leaves.count() == 4
    assert Account.objects.count() == accounts
    assert list(verify_record(organisation).problems) == []


def test_the_same_file_again_changes_nothing_and_says_so(
    organisation: Organisation, groups: dict[str, WorkerGroup], now: datetime
) -> None:
    text = HEAD + rows(1, 2, 3)
    bring_in(organisation, text, at=now)
    before = LogHead.objects.get(organisation=organisation).size
    again = bring_in(organisation, text, at=now + 3 * DAY)
    assert again.counts["unchanged"] == 3
    assert again.came_before == now.date()
    assert LogHead.objects.get(organisation=organisation).size == before
    assert RosterImport.objects.count() == 1


def test_a_bad_row_in_the_middle_changes_nothing_and_says_which(
    organisation: Organisation, groups: dict[str, WorkerGroup], now: datetime
) -> None:
    bring_in(organisation, HEAD + rows(1, 2), at=now)
    before = facts(organisation)
    text = HEAD + rows(3) + "4,Bad,Harbour,Pickers,no address,,,\n" + rows(5)
    with pytest.raises(actions.RosterRefused) as refused:
        bring_in(organisation, text, at=now, lists="everyone", leavers_confirmed=True)
    assert [(each.row, each.column, each.value) for each in refused.value.result.problems] == [
        (3, "email", "no address")
    ]
    assert "row 3" in refused.value.message.lower()
    assert facts(organisation) == before


def test_a_file_comes_to_the_same_rows_as_its_people_one_by_one(
    organisation: Organisation,
    other_organisation: Organisation,
    groups: dict[str, WorkerGroup],
    now: datetime,
) -> None:
    twins = {}
    site = {each.site.name: None for each in groups.values()}
    site = {name: a_site(other_organisation, at=now, name=name) for name in site}
    for group in groups.values():
        twin = a_group(other_organisation, site[group.site.name], at=now, name=group.name)
        twins[twin.pk] = group.pk
    first = HEAD + rows(1, 2, 3, 4)
    second = HEAD + rows(1) + rows(2, name="Renamed") + rows(3, group="Packers") + rows(9)
    second += "4,Person 4,Harbour,Pickers,,es,2024-01-01,2026-11-01\n"
    for later, text in ((0, first), (5, second), (6, second)):
        at = now + later * DAY
        bring_in(organisation, text, at=at, leavers_confirmed=True)
        roster = file_of(text)
        places = queries.places_of(other_organisation)
        for person in read_people(roster.table, columns=roster.columns, places=places).people:
            actions.apply_roster_change(
                organisation=other_organisation, by=operator(), at=at, person=person
            )
    one_by_one = [(*line[:4], twins[line[4]], *line[5:]) for line in facts(other_organisation)]
    assert facts(organisation) == one_by_one
    assert len(one_by_one) == 6


def test_a_move_keeps_the_old_line_and_takes_the_account_along(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    person: Callable[..., Account],
    now: datetime,
) -> None:
    bring_in(organisation, HEAD + rows(1), at=now)
    account = with_account(organisation, number="1", account=person("worker"))
    result = bring_in(organisation, HEAD + rows(1, group="Packers"), at=now + 9 * DAY)
    assert result.counts["moved"] == 1
    old, new = Membership.objects.filter(number="1").order_by("since")
    assert (old.group, old.until) == (groups["pickers"], (now + 8 * DAY).date())
    assert (new.group, new.since, new.until) == (
        groups["packers"],
        (now + 9 * DAY).date(),
        None,
    )
    assert new.account_id == account.pk
    assert [each.pk for each in queries.groups_of_account(account, (now + 9 * DAY).date())] == [
        groups["packers"].pk
    ]


def test_what_the_roster_says_of_somebody_reaches_their_account(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    person: Callable[..., Account],
    now: datetime,
) -> None:
    bring_in(organisation, HEAD + rows(1), at=now)
    account = with_account(organisation, number="1", account=person("worker"))
    changed = "1,New Name,Harbour,Pickers,new@example.org,de,2024-01-01,\n"
    bring_in(organisation, HEAD + changed, at=now)
    account.refresh_from_db()
    assert (account.name, account.email, account.language) == (
        *("New Name", "new@example.org"),
        "de",
    )


def test_a_leaver_loses_access_and_nothing_of_theirs_is_deleted(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    person: Callable[..., Account],
    now: datetime,
) -> None:
    bring_in(organisation, HEAD + rows(1, 2, 3, 4, 5, 6), at=now)
    account = with_account(organisation, number="1", account=person("worker"))
    expert = with_account(organisation, number="2", account=person("worker", "expert"))
    client = Client()
    client.force_login(account)
    assert client.get("/my/").status_code == 200
    with pytest.raises(Refused, match="more than a fifth") as many:
        bring_in(organisation, HEAD + rows(3, 4, 5, 6), at=now, lists="everyone")
    assert many.value.code == "many_leave"
    result = bring_in(
        organisation,
        HEAD + rows(3, 4, 5, 6),
        at=now,
        lists="everyone",
        leavers_confirmed=True,
    )
    assert result.counts["left"] == 2
    account.refresh_from_db()
    expert.refresh_from_db()
    assert not account.is_active
    assert expert.is_active
    yesterday = (now - DAY).date()
    assert Membership.objects.get(number="1").until == yesterday
    ended = Appointment.objects.filter(role="worker", account__in=[account, expert])
    assert {each.until for each in ended} == {yesterday}
    assert Appointment.objects.get(role="expert", account=expert).until is None
    assert client.get("/my/").status_code == 302


def test_whoever_comes_back_can_sign_in_again(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    person: Callable[..., Account],
    now: datetime,
) -> None:
    bring_in(organisation, HEAD + rows(1), at=now)
    account = with_account(organisation, number="1", account=person("worker"))
    left = HEAD + "1,Person 1,Harbour,Pickers,,es,2024-01-01,2026-11-01\n"
    bring_in(organisation, left, at=now, leavers_confirmed=True)
    account.refresh_from_db()
    assert not account.is_active
    bring_in(organisation, HEAD + rows(1), at=now + 9 * DAY)
    account.refresh_from_db()
    assert account.is_active
    works = Appointment.objects.filter(account=account, role="worker")
    assert any(each.holds_on((now + 9 * DAY).date()) for each in works)


def test_an_open_case_keeps_access_until_it_ends(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    person: Callable[..., Account],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bring_in(organisation, HEAD + rows(1), at=now)
    account = with_account(organisation, number="1", account=person("worker"))
    first, *others = rooms.rooms()
    busy = {account.pk}
    keeping = (replace(first, keeps_access=(lambda pk: pk in busy,)), *others)
    monkeypatch.setattr(actions.roster, "rooms", lambda: keeping)
    left = HEAD + "1,Person 1,Harbour,Pickers,,es,2024-01-01,2026-11-01\n"
    bring_in(organisation, left, at=now, leavers_confirmed=True)
    assert actions.end_access_of_leavers(at=now) == 0
    account.refresh_from_db()
    assert account.is_active
    busy.clear()
    assert actions.end_access_of_leavers(at=now) == 1
    account.refresh_from_db()
    assert not account.is_active
    assert actions.end_access_of_leavers(at=now) == 0


def test_a_last_day_in_the_future_ends_access_when_it_is_past(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    person: Callable[..., Account],
    now: datetime,
) -> None:
    ends = (now + 5 * DAY).date()
    text = HEAD + f"1,Person 1,Harbour,Pickers,,es,2024-01-01,{ends}\n"
    bring_in(organisation, text, at=now)
    line = Membership.objects.get()
    account = person("worker")
    with action("tests.line", organisation=organisation, by=operator(), at=now) as act:
        act.change(line, account_id=account.pk)
    assert actions.end_access_of_leavers(at=now + 5 * DAY) == 0
    assert actions.end_access_of_leavers(at=now + 6 * DAY) == 1
    account.refresh_from_db()
    assert not account.is_active


def test_a_plan_that_is_no_longer_true_is_refused_with_what_changed(
    organisation: Organisation, groups: dict[str, WorkerGroup], now: datetime
) -> None:
    text = HEAD + rows(1, 2)
    seen = queries.plan_import(organisation, roster=file_of(text), on=now.date()).digest
    bring_in(organisation, HEAD + rows(1), at=now)
    with pytest.raises(Conflict, match="1 join") as stale:
        bring_in(organisation, text, at=now, expected=seen)
    assert stale.value.code == "roster_changed"
    assert Membership.objects.count() == 1


def test_new_sites_and_groups_are_made_when_that_was_ticked(
    organisation: Organisation, now: datetime
) -> None:
    text = "id,name,site,group,contract,country\n1,Ana,Moon,Divers,agency,ES\n2,Bo,Moon,Divers,,\n"
    with pytest.raises(actions.RosterRefused):
        bring_in(organisation, text, at=now)
    bring_in(organisation, text, at=now, may_make=True)
    group = WorkerGroup.objects.get(organisation=organisation, name="Divers")
    assert (group.contract, group.headcount, group.site.country) == ("agency", 2, "ES")
    assert Site.objects.of(organisation).count() == 1


def test_one_number_has_one_open_line_in_the_database_too(
    organisation: Organisation, groups: dict[str, WorkerGroup], now: datetime
) -> None:
    bring_in(organisation, HEAD + rows(1), at=now)
    with (
        pytest.raises(IntegrityError, match=r"one_open_line_per_number|number"),
        transaction.atomic(),
        action("tests.twin", organisation=organisation, by=operator(), at=now) as act,
    ):
        act.create(
            Membership(
                organisation=organisation, group=groups["packers"], number="1", since=now.date()
            )
        )
