"""A "present" that was closed still reads as said, with the reason and who closed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commonweal_web.job_impact import actions
from commonweal_web.job_impact.models import Assessment
from commonweal_web.job_impact.queries import all_signals, assessment_page
from commonweal_web.job_impact.queries.house import where_sides_differ
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import Use
from commonweal_web.workplaces.models import WorkerGroup
from factories import job_impact as make
from factories.job_impact import desk, text_of

Browse = Callable[..., Client]
REASON = "Plans now come a week ahead."
CLOSED_BY = f"closed by Representatives: “{REASON}”"


@pytest.fixture
def closed(use: Use, say: Any, driver: Actor, actor: Any, now: datetime) -> None:
    """A driver's "present" that a representative closed."""
    say(driver, "RS10", "present", words="The plan came late.")
    actions.close_present(
        organisation=use.organisation,
        by=actor("worker_representative"),
        at=now + timedelta(minutes=5),
        use=use,
        signal="RS10",
        side="workers",
        reason=REASON,
    )


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("more", ["assessment", "signal", "outcome"])
def test_at_the_desk_a_closed_present_never_reads_not_present(
    browse: Browse, use: Use, more: str
) -> None:
    url = desk(more, use, "RS10") if more == "signal" else desk(more, use)
    page = text_of(browse("people_lead").get(url))
    assert "present, closed" in page
    assert CLOSED_BY in page
    assert "“The plan came late.”" in page
    assert "not present" not in page


@pytest.mark.usefixtures("closed")
def test_by_group_a_closed_present_reads_as_closed(browse: Browse, use: Use) -> None:
    page = text_of(browse("people_lead").get(desk("assessment", use) + "?by=group"))
    assert "present, closed: " in page
    assert "not present" not in page


@pytest.mark.usefixtures("closed")
def test_a_closed_present_is_not_told_as_agreement_with_management(
    use: Use, say: Any, actor: Any, now: datetime
) -> None:
    say(actor("people_lead"), "RS10", "not_present")
    page = assessment_page(use, on=now.date())
    assert page
    assert [row.signal.id for row in page.only_closed] == ["RS10"]
    assert page.agreeing == []


@pytest.mark.usefixtures("closed")
def test_what_others_of_the_side_say_stands_beside_what_was_closed(
    organisation: Organisation,
    drivers: WorkerGroup,
    browse: Browse,
    use: Use,
    say: Any,
    now: datetime,
) -> None:
    say(make.a_worker_actor(organisation, drivers, at=now), "RS10", "not_present")
    page = text_of(browse("people_lead").get(desk("signal", use, "RS10")))
    assert "present, closed; some here say: not present" in page


@pytest.mark.usefixtures("closed")
def test_the_panel_of_a_use_tells_what_was_closed(use: Use, actor: Any, now: datetime) -> None:
    assert "present, closed" in panel(use, actor=actor("people_lead"), at=now)
    assert CLOSED_BY in panel(use, actor=actor("people_lead"), at=now)


@pytest.mark.usefixtures("closed")
def test_a_representatives_own_closed_view_reads_as_closed_beside_their_name(
    browse: Browse, use: Use, say: Any, actor: Any, now: datetime
) -> None:
    representative = actor("worker_representative")
    say(representative, "RS13", "present")
    actions.close_present(
        organisation=use.organisation,
        by=representative,
        at=now + timedelta(minutes=5),
        use=use,
        signal="RS13",
        side="representatives",
        reason="It counts no scans now.",
    )
    page = text_of(browse("people_lead").get(desk("signal", use, "RS13")))
    assert page.count("present, closed") == 2
    assert page.count("closed by Representatives: “It counts no scans now.”") == 2


def test_what_was_closed_after_its_run_is_told_beside_what_stood_then(
    browse: Browse, use: Use, assessment: Assessment, say: Any, driver: Actor, now: datetime
) -> None:
    from commonweal_web.record.action import action

    say(driver, "RS10", "present")
    with action("tests.close", organisation=use.organisation, by=driver, at=now) as act:
        act.change(assessment, closed_at=now)
    actions.close_present(
        organisation=use.organisation,
        by=make.an_actor(use.organisation, "worker_representative", at=now),
        at=now + timedelta(minutes=5),
        use=use,
        signal="RS10",
        side="workers",
        reason=REASON,
    )
    for page in (desk("signal", use, "RS10"), desk("assessment", use)):
        told = text_of(browse("people_lead").get(page))
        assert f"closed since by Representatives: “{REASON}”" in told


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("group", ["drivers", "pickers"])
def test_every_worker_of_an_affected_group_reads_what_was_closed_and_why(
    request: pytest.FixtureRequest,
    browse: Browse,
    organisation: Organisation,
    assessment: Assessment,
    now: datetime,
    group: str,
) -> None:
    colleague = make.a_worker(organisation, request.getfixturevalue(group), at=now)
    url = reverse("my:job_impact:outcome", args=[assessment.pk])
    page = text_of(browse(account=colleague).get(url))
    assert "Less predictable schedules" in page
    assert "present, closed" in page
    assert CLOSED_BY in page
    assert "not present" not in page


def test_answers_closed_together_are_told_once_so_that_nobody_can_count_them(
    browse: Browse,
    organisation: Organisation,
    assessment: Assessment,
    drivers: WorkerGroup,
    say: Any,
    now: datetime,
) -> None:
    for _each in range(3):
        say(make.a_worker_actor(organisation, drivers, at=now), "RS10", "present")
    actions.close_present(
        organisation=organisation,
        by=make.an_actor(organisation, "worker_representative", at=now),
        at=now + timedelta(minutes=5),
        use=assessment.use,
        signal="RS10",
        side="workers",
        reason=REASON,
    )
    reader = make.a_worker(organisation, drivers, at=now)
    url = reverse("my:job_impact:outcome", args=[assessment.pk])
    assert text_of(browse(account=reader).get(url)).count(REASON) == 1


def test_the_form_shows_which_answers_it_closes(
    browse: Browse, use: Use, say: Any, driver: Actor, actor: Any
) -> None:
    representative, url = browse("worker_representative"), desk("close_present", use, "RS10")
    assert "There is nothing here that could be closed." in text_of(representative.get(url))
    say(driver, "RS10", "present", words="The plan came late.")
    say(actor("people_lead"), "RS10", "not_present", words="We plan early.")
    page = text_of(representative.get(url))
    assert "present, for Drivers" in page
    assert "“The plan came late.”" in page
    assert "We plan early." not in page
    assert "The plan came late." not in text_of(browse("people_lead").get(url))


def panel(use: Use, *, actor: Actor, at: datetime) -> str:
    """The panel on the page of a use, as text."""
    from django.http import HttpResponse
    from django.template.loader import render_to_string

    found = where_sides_differ(use, actor=actor, at=at)
    assert found
    return text_of(HttpResponse(render_to_string(found.template, dict(found.context))))


@pytest.mark.usefixtures("assessment")
def test_while_nobody_has_spoken_no_page_says_that_the_sides_agree(
    browse: Browse, use: Use, actor: Any, now: datetime
) -> None:
    page = text_of(browse("people_lead").get(desk("assessment", use)))
    for told in (page, panel(use, actor=actor("people_lead"), at=now)):
        assert "Nobody has spoken yet." in told
        assert "say the same" not in told


def test_old_answers_that_are_asked_again_are_told_as_such(
    browse: Browse, use: Use, assessment: Assessment, actor: Any, now: datetime
) -> None:
    lead = actor("people_lead")
    make.every_signal_answered(assessment, by=lead, at=now)
    assert "are from before" not in panel(use, actor=lead, at=now)
    actions.reopen_answers(
        organisation=use.organisation,
        by=lead,
        at=now + timedelta(minutes=1),
        use=use,
        trigger="model_changed",
        detail="New model.",
    )
    again = f"The answers to {len(all_signals())} signals are from before."
    told = panel(use, actor=lead, at=now)
    assert again in told
    assert "asked again" in told
    assert "not yet assessed" not in told.split(again)[1].split("All 27 signals")[1]
    assert again in text_of(browse("people_lead").get(desk("assessment", use)))


@pytest.mark.parametrize(
    ("earlier", "is_needed"), [("present", True), ("uncertain", True), ("not_present", False)]
)
def test_a_worker_is_told_beforehand_when_a_change_needs_a_reason(
    browse: Browse, assessment: Assessment, driver_account: Any, earlier: str, is_needed: bool
) -> None:
    mine = browse(account=driver_account)
    url = reverse("my:job_impact:question", args=[assessment.pk, "RS10"])
    mine.post(url, {"answer": earlier})
    page = text_of(mine.get(url))
    assert ("What has changed? (needed if you change your answer)" in page) is is_needed
    assert ("What has changed? (optional)" in page) is not is_needed
    assert mine.post(url, {"answer": earlier}).status_code == 302
