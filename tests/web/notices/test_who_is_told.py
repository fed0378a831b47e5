"""Who is told of what in the rooms above: everyone it concerns, and nobody for having acted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from commonweal_web.job_impact.actions import open_assessment
from commonweal_web.notices.models import Notice
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import actions as people_actions
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of
from commonweal_web.systems.actions import stop_use
from commonweal_web.systems.models import Use
from commonweal_web.workplaces.models import WorkerGroup
from factories import mitigations as risks
from factories.job_impact import an_assessable_use
from factories.workplaces import a_group, a_member

PersonOf = Callable[..., Account]


@pytest.fixture
def pickers(organisation: Organisation, now: datetime) -> WorkerGroup:
    return a_group(organisation, at=now, name="Pickers")


@pytest.fixture
def use(organisation: Organisation, pickers: WorkerGroup, now: datetime) -> Use:
    return an_assessable_use(organisation, pickers, at=now)


@pytest.fixture
def workers(person: PersonOf, pickers: WorkerGroup, now: datetime) -> list[Account]:
    """Three workers whose work the use touches, and a fourth elsewhere."""
    found = [person("worker") for _each in range(4)]
    for each in found[:3]:
        a_member(pickers, each, at=now)
    return found


def told(kind: str) -> set[Account]:
    """Whom a kind was told to."""
    return {each.account for each in Notice.objects.filter(kind=kind).select_related("account")}


def test_questions_are_told_to_the_whole_group_and_views_to_the_sides(
    organisation: Organisation, use: Use, workers: list[Account], person: PersonOf, now: datetime
) -> None:
    lead, representative = person("people_lead"), person("worker_representative")
    open_assessment(
        organisation=organisation, by=actor_of(lead, on=now.date()), at=now, use=use, scope="whole"
    )
    assert told("job_impact.questions") == set(workers[:3])
    assert {lead, representative} <= told("job_impact.views")
    assert not told("job_impact.views") & set(workers)
    urls = set(Notice.objects.filter(account__in=workers).values_list("url", flat=True))
    assert all(url.startswith("/my/") for url in urls)


def test_who_opens_the_questions_is_told_as_everyone_of_the_group_is(
    organisation: Organisation, use: Use, workers: list[Account], person: PersonOf, now: datetime
) -> None:
    both = person("people_lead", "worker")
    a_member(use_group(use), both, at=now)
    open_assessment(
        organisation=organisation, by=actor_of(both, on=now.date()), at=now, use=use, scope="whole"
    )
    assert told("job_impact.questions") == {*workers[:3], both}


def use_group(use: Use) -> WorkerGroup:
    return use.affected_groups.select_related("group").first().group


def test_that_a_use_ends_is_told_to_those_it_touches_and_their_representatives(
    organisation: Organisation, use: Use, workers: list[Account], person: PersonOf, now: datetime
) -> None:
    representative, expert = person("worker_representative"), person("expert")
    stop_use(
        organisation=organisation,
        by=actor_of(person("people_lead"), on=now.date()),
        at=now,
        use=use,
        reason="Harm",
        stopping_on=now.date() + timedelta(days=3),
    )
    assert told("systems.ending") == {*workers[:3], representative}
    assert expert not in told("systems.ending")


def test_a_proposed_handler_is_told_to_the_side_whose_word_is_missing(
    organisation: Organisation, person: PersonOf, now: datetime
) -> None:
    lead, representative, chosen = (
        person("people_lead"),
        person("worker_representative"),
        person("worker"),
    )
    for by, waiting in ((lead, representative), (representative, lead)):
        Notice.objects.all().delete()
        people_actions.appoint(
            organisation=organisation,
            by=actor_of(by, on=now.date()),
            at=now,
            account=person() if by is representative else chosen,
            role="case_handler",
            since=now.date(),
        )
        assert told("people.handler_waits") == {waiting}


def test_a_new_sheet_of_codes_is_told_to_its_holder(
    organisation: Organisation, person: PersonOf, now: datetime
) -> None:
    worker = person("worker")
    people_actions.issue_sheets(
        organisation=organisation,
        by=actor_of(person("registrar"), on=now.date()),
        at=now,
        accounts=[worker],
    )
    assert told("people.codes_issued") == {worker}


def test_an_answer_that_is_proposed_waits_for_all_who_speak_for_the_groups(
    organisation: Organisation, now: datetime
) -> None:
    place = risks.a_workplace(organisation, at=now)
    risk = risks.a_judged_risk(place)
    risks.an_answer(place, risk)
    found = told("mitigations.answer_waits")
    assert found
    assert all("worker_representative" in actor_of(each, on=now.date()).roles for each in found)


def test_a_worker_reads_of_it_under_my_notices(
    organisation: Organisation,
    use: Use,
    workers: list[Account],
    person: PersonOf,
    now: datetime,
    browse: Callable[..., object],
) -> None:
    open_assessment(
        organisation=organisation,
        by=actor_of(person("people_lead"), on=now.date()),
        at=now,
        use=use,
        scope="whole",
    )
    html = browse(account=workers[0]).get("/my/notices/").content.decode()  # type: ignore[attr-defined]
    assert "Questions about your work" in html
    assert use.name not in html
