"""The pages at the desk: they work, keep what was typed, and show nobody what is not theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from commonweal_web.job_impact import actions
from commonweal_web.job_impact.models import Assessment, View, ViewClosing
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import Use
from factories import job_impact as make
from factories.job_impact import day_of, desk, text_of
from factories.people import a_person

Browse = Callable[..., Client]
READ = ("assessment", "outcome", "contributors", "tasks")


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("role", ["people_lead", "worker_representative", "expert"])
def test_the_desk_may_read_an_assessment(
    browse: Browse, assessment: Assessment, name: str, role: str
) -> None:
    assert browse(role).get(desk(name, assessment.use)).status_code == 200


@pytest.mark.parametrize("name", READ)
def test_a_worker_may_not_read_the_desk_and_a_stranger_is_sent_to_sign_in(
    browse: Browse, assessment: Assessment, name: str
) -> None:
    assert browse("worker").get(desk(name, assessment.use)).status_code == 403
    assert Client().get(desk(name, assessment.use)).status_code == 302


@pytest.mark.parametrize("name", [*READ, "open", "data", "tell", "close", "invite", "compare"])
def test_another_organisation_finds_nothing_here(
    other_organisation: Organisation,
    browse: Browse,
    assessment: Assessment,
    now: datetime,
    name: str,
) -> None:
    stranger = a_person(other_organisation, "people_lead", at=now)
    assert browse(account=stranger).get(desk(name, assessment.use)).status_code == 404


def test_a_use_nobody_assessed_teaches_what_an_assessment_is(browse: Browse, use: Use) -> None:
    page = browse("people_lead").get(desk("assessment", use))
    assert "Open the first assessment" in text_of(page)
    assert "Hours may change" in text_of(page)


def test_the_list_page_names_open_runs_and_tasks(
    browse: Browse, assessment: Assessment, organisation: Organisation, now: datetime
) -> None:
    other = make.an_assessable_use(organisation, at=now, name="Hiring screen")
    actions.reopen_answers(
        organisation=organisation,
        by=make.an_actor(organisation, "people_lead", at=now),
        at=now,
        use=other,
        trigger="model_changed",
        detail="New model.",
    )
    page = text_of(browse("people_lead").get("/desk/assessments/"))
    assert "Shift planner" in page
    assert "Hiring screen" in page
    assert "The model changed" in page


def test_the_people_lead_opens_a_run(browse: Browse, use: Use) -> None:
    lead = browse("people_lead")
    url = desk("open", use)
    assert "Scheduling" in text_of(lead.get(desk("assessment", use)))
    page = lead.post(url, {"scope": "whole", "paid_minutes": "2", "due_on_day": "1"})
    assert page.status_code == 200
    assert not Assessment.objects.exists()
    due = day_of("due_on", date(2028, 1, 1))
    page = lead.post(url, {"scope": "whole", "paid_minutes": "30", **due})
    assert "at most 120 days ahead" in text_of(page)
    due = day_of("due_on", date(2026, 12, 18))
    assert lead.post(url, {"scope": "whole", "paid_minutes": "30", **due}).status_code == 302
    assert Assessment.objects.get().due_on == date(2026, 12, 18)


def test_a_divergence_is_shown_with_each_sides_own_words(
    browse: Browse, say: Any, use: Use, driver: Actor, actor: Callable[..., Actor]
) -> None:
    say(driver, "RS10", "present", words="Tuesday’s plan came on Monday night.")
    say(actor("people_lead"), "RS10", "not_present", words="Plans go out on Thursdays.")
    page = browse("worker_representative").get(desk("assessment", use))
    assert 'class="apart"' in page.content.decode()
    told = text_of(page)
    assert "Tuesday’s plan came on Monday night." in told
    assert "Plans go out on Thursdays." in told
    assert "26 signals are not yet assessed" in told
    by_group = text_of(browse("expert").get(desk("assessment", use) + "?by=group"))
    assert "Drivers" in by_group
    assert "Pickers" in by_group


def test_no_page_shows_how_many_workers_answered_or_when(
    browse: Browse, say: Any, use: Use, drivers: Any, organisation: Organisation, now: datetime
) -> None:
    pages = []
    for _each in range(3):
        say(make.a_worker_actor(organisation, drivers, at=now), "RS10", "present")
        lead = browse("people_lead")
        urls = (desk("assessment", use), desk("signal", use, "RS10"), desk("outcome", use))
        pages.append([_without_forms(lead.get(url)) for url in urls])
    assert pages[0] == pages[1] == pages[2]


def _without_forms(response: Any) -> str:
    return re.sub(r"csrfmiddlewaretoken.*?>", "", text_of(response))


def test_one_signal_shows_question_sides_and_who_spoke_for_an_office(
    browse: Browse, say: Any, use: Use, driver_account: Account, person: Any, actor: Any
) -> None:
    lead = person("people_lead", name="Ida Holm")
    from commonweal_web.people.queries import actor_of

    say(actor_of(lead, on=date(2026, 11, 23)), "RS10", "present", link="https://example.org/plan")
    say(actor_of(driver_account, on=date(2026, 11, 23)), "RS10", "not_present")
    page = text_of(browse("expert").get(desk("signal", use, "RS10")))
    assert "Could it make your working hours harder to plan?" in page
    assert "Ida Holm" in page
    assert driver_account.name not in page
    assert browse("expert").get(desk("signal", use, "RS99")).status_code == 404


def test_a_refused_answer_keeps_what_was_typed(
    browse: Browse, assessment: Assessment, use: Use
) -> None:
    lead = browse("people_lead")
    url = desk("answer", use, "RS10")
    said = {"side": "management", "group": "", "answer": "uncertain", "words": "We do not know."}
    page = lead.post(url, said)
    assert page.status_code == 200
    assert "Name who finds out." in text_of(page)
    assert "We do not know." in page.content.decode()
    assert not View.objects.exists()
    page = lead.post(url, {**said, "answer": "present"})
    assert page.status_code == 302
    assert "/answer/" in page["Location"]
    assert View.objects.get().words == "We do not know."


def test_a_representative_closes_a_present_on_its_page_and_management_cannot(
    browse: Browse, say: Any, use: Use, driver: Actor
) -> None:
    say(driver, "RS10", "present")
    url = desk("close_present", use, "RS10")
    closing = {"side": "workers", "group": "", "reason": "Plans come a week ahead."}
    assert "Select a valid choice" in text_of(browse("people_lead").post(url, closing))
    assert not ViewClosing.objects.exists()
    assert browse("worker_representative").post(url, closing).status_code == 302
    told = text_of(browse("people_lead").get(desk("signal", use, "RS10")))
    assert "closed by Representatives: “Plans come a week ahead.”" in told


def test_the_facts_of_a_stage_are_stated_line_by_line(
    browse: Browse, assessment: Assessment, use: Use
) -> None:
    lead = browse("people_lead")
    page = lead.post(desk("data", use), {"available": "Brochure\nRotas\n", "missing": "Rotas"})
    assert "stands in both lists" in text_of(page)
    assert (
        lead.post(desk("data", use), {"available": "Brochure\n", "missing": ""}).status_code == 302
    )
    assessment.refresh_from_db()
    assert (assessment.data_available, assessment.data_missing) == (["Brochure"], [])


def test_a_run_that_lacks_something_says_so_on_the_closing_page(
    browse: Browse, assessment: Assessment, use: Use
) -> None:
    page = text_of(browse("people_lead").post(desk("close", use), {"outcome": "Done."}))
    assert "Not yet:" in page
    assert "The workers’ side has not spoken yet." in page


def test_two_runs_are_compared(
    browse: Browse,
    organisation: Organisation,
    use: Use,
    assessment: Assessment,
    driver: Actor,
    now: datetime,
) -> None:
    from commonweal_web.record.action import action

    lead = browse("people_lead")
    assert lead.get(desk("compare", use)).status_code == 404
    with action("tests.close", organisation=organisation, by=driver, at=now) as act:
        act.change(assessment, closed_at=now)
    second = make.an_assessment(organisation, at=now + timedelta(minutes=1), use=use)
    make.a_view(second, by=driver, at=now + timedelta(minutes=2))
    page = text_of(lead.get(desk("compare", use)))
    assert "What changed from run 1 to run 2" in page
    assert "Less predictable schedules" in page
    assert lead.get(desk("compare", use) + "?before=1&after=9").status_code == 404


@pytest.mark.parametrize("name", ["assessment", "outcome"])
def test_a_page_costs_the_same_however_much_was_said(
    browse: Browse,
    assessment: Assessment,
    actor: Any,
    now: datetime,
    name: str,
    django_assert_max_num_queries: Any,
) -> None:
    make.every_signal_answered(assessment, by=actor("people_lead"), at=now)
    lead = browse("people_lead")
    with django_assert_max_num_queries(20):
        assert lead.get(desk(name, assessment.use)).status_code == 200
