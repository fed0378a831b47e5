"""Gates by their pages: who signs, what a jump or a second click meets, what nobody overrides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.systems import actions, queries
from commonweal_web.systems.models import GateSignature, Override, PaperVote, StageChange, Use
from commonweal_web.workplaces.models import WorkerGroup
from factories.systems import a_use

Browse = Callable[..., Client]
Given = Callable[[], dict[str, Any]]


def gate(use: Use, entering: str = "selecting") -> str:
    return reverse("desk:systems:gate", args=[use.pk, entering])


@pytest.fixture
def representative(browse: Browse) -> Client:
    return browse("worker_representative")


@pytest.fixture
def lacking(organisation: Organisation, owner: Account, as_lead: Given, now: datetime) -> Use:
    use = a_use(organisation, at=now, owner=owner)
    return actions.declare_facts(
        **as_lead(), use=use, yes=(), no=("infers_emotion", "predicts_union_activity")
    )


def test_both_sides_sign_by_the_page_and_the_use_goes_on(
    browse: Browse, owner: Account, representative: Client, use: Use
) -> None:
    first = browse("use_owner", account=owner)
    assert "Let it pass, as Use owner" in first.get(gate(use)).content.decode()
    first.post(gate(use), {"role": "use_owner"})
    html = representative.get(gate(use)).content.decode()
    assert "Marta Lindqvist" in html
    representative.post(gate(use), {"role": "worker_representative"})
    use.refresh_from_db()
    assert use.stage == "selecting"


def test_each_gap_says_whose_move_it_is_and_leads_there(lead: Client, lacking: Use) -> None:
    html = lead.get(gate(lacking)).content.decode()
    assert "3 things hold the gate." in html
    assert reverse("desk:systems:describe", args=[lacking.pk]) in html
    assert "Use owner" in html
    assert "Let it pass, as" not in html


@pytest.mark.parametrize("entering", ["piloting", "in_use", "retired", "identified", "moon"])
def test_a_stage_jump_by_address_is_refused_and_changes_nothing(
    browse: Browse, owner: Account, use: Use, entering: str
) -> None:
    browser = browse("use_owner", account=owner)
    for answer in (
        browser.get(gate(use, entering)),
        browser.post(gate(use, entering), {"role": "use_owner"}),
    ):
        assert answer.status_code == 409
        html = answer.content.decode()
        assert "This step was not taken" in html
        assert "now stands at: Identified" in html
    use.refresh_from_db()
    assert use.stage == "identified"
    assert GateSignature.objects.count() == 0
    assert StageChange.objects.filter(way="passed").count() == 0


def test_the_second_of_two_who_pass_at_once_sees_the_new_state(
    browse: Browse, owner: Account, use: Use
) -> None:
    one, two = browse("worker_representative"), browse("worker_representative")
    browse("use_owner", account=owner).post(gate(use), {"role": "use_owner"})
    assert one.post(gate(use), {"role": "worker_representative"}).status_code == 302
    late = two.post(gate(use), {"role": "worker_representative"})
    assert late.status_code == 409
    html = late.content.decode()
    assert "now stands at: Selecting" in html
    assert gate(use, "procuring") in html
    assert StageChange.objects.filter(use=use, way="passed").count() == 1


def test_somebody_without_the_asked_role_cannot_sign(browse: Browse, use: Use) -> None:
    page = browse("executive").post(gate(use), {"role": "executive"})
    assert page.status_code == 403
    assert browse("expert").post(gate(use), {"role": "expert"}).status_code == 403
    assert browse("use_owner").post(gate(use), {"role": "use_owner"}).status_code == 403
    assert GateSignature.objects.count() == 0


def test_a_role_that_does_not_exist_is_refused(representative: Client, use: Use) -> None:
    assert representative.post(gate(use), {"role": "emperor"}).status_code == 403
    assert representative.post(gate(use)).status_code == 403


def test_nobody_signs_while_a_gap_is_open(browse: Browse, owner: Account, lacking: Use) -> None:
    page = browse("use_owner", account=owner).post(gate(lacking), {"role": "use_owner"})
    assert page.status_code == 409
    assert "The use is described" in page.content.decode()


def test_two_executives_override_by_the_pages_and_workers_sign_all_the_same(
    browse: Browse, representative: Client, lacking: Use
) -> None:
    first, second = browse("executive", name="Jonas"), browse("executive", name="Amal")
    ask = reverse("desk:systems:override", args=[lacking.pk, "selecting"])
    assert "What would be passed over" in first.get(ask).content.decode()
    assert "Write the reason" in first.post(ask, {"reason": " "}).content.decode()
    first.post(ask, {"reason": "The vendor is late."})
    row = Override.objects.get()
    agree = reverse("desk:systems:agree_override", args=[lacking.pk, row.pk])
    assert first.post(agree).status_code == 403
    assert "Agree, in my name" not in first.get(gate(lacking)).content.decode()
    assert "Agree, in my name" in second.get(gate(lacking)).content.decode()
    second.post(agree)
    lacking.refresh_from_db()
    assert lacking.stage == "identified"
    representative.post(gate(lacking), {"role": "worker_representative"})
    lacking.refresh_from_db()
    assert lacking.stage == "selecting"
    assert second.post(agree).status_code == 409


def test_an_override_is_taken_back(browse: Browse, lacking: Use) -> None:
    executive = browse("executive")
    ask = reverse("desk:systems:override", args=[lacking.pk, "selecting"])
    executive.post(ask, {"reason": "The vendor is late."})
    row = Override.objects.get()
    executive.post(reverse("desk:systems:withdraw_override", args=[lacking.pk, row.pk]))
    row.refresh_from_db()
    assert row.withdrawn_at is not None


def test_an_override_that_counted_cannot_be_taken_back(
    browse: Browse, representative: Client, lacking: Use
) -> None:
    first, second = browse("executive"), browse("executive")
    ask = reverse("desk:systems:override", args=[lacking.pk, "selecting"])
    first.post(ask, {"reason": "The vendor is late."})
    row = Override.objects.get()
    second.post(reverse("desk:systems:agree_override", args=[lacking.pk, row.pk]))
    representative.post(gate(lacking), {"role": "worker_representative"})
    late = first.post(reverse("desk:systems:withdraw_override", args=[lacking.pk, row.pk]))
    assert late.status_code == 409
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_what_is_never_allowed_has_no_override(
    browse: Browse, lacking: Use, as_lead: Given
) -> None:
    actions.declare_facts(
        **as_lead(), use=lacking, yes=("infers_emotion",), no=("predicts_union_activity",)
    )
    executive = browse("executive")
    html = executive.get(gate(lacking)).content.decode()
    assert "Nobody can let this pass" in html
    assert "Ask for an override" not in html
    ask = reverse("desk:systems:override", args=[lacking.pk, "selecting"])
    assert "This can never be overridden" in executive.get(ask).content.decode()
    assert "Nobody can override this" in executive.post(ask, {"reason": "x"}).content.decode()
    assert Override.objects.count() == 0


@pytest.mark.parametrize("role", ["people_lead", "use_owner", "worker_representative"])
def test_only_executives_ask_for_an_override(browse: Browse, lacking: Use, role: str) -> None:
    ask = reverse("desk:systems:override", args=[lacking.pk, "selecting"])
    assert browse(role).post(ask, {"reason": "x"}).status_code == 403


VOTE = {
    "held_on_day": "20",
    "held_on_month": "11",
    "held_on_year": "2026",
    "electorate": "212",
    "yes": "120",
    "no": "30",
    "abstain": "1",
    "counted_by": "Depot council",
}


@pytest.fixture
def piloted(as_lead: Given, pickers: WorkerGroup) -> Use:
    """A use that 212 pickers try out."""
    use = actions.register_use(**as_lead(), name="Pace", system_name="Pulse", stage="piloting")
    actions.touch_group(**as_lead(), use=use, group=pickers)
    return use


def test_the_workers_side_enters_a_paper_vote(browse: Browse, piloted: Use) -> None:
    page = reverse("desk:systems:vote", args=[piloted.pk])
    browse("registrar").post(page, VOTE)
    assert PaperVote.objects.get().is_adopted
    assert browse("people_lead").post(page, VOTE).status_code == 403
    assert PaperVote.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"yes": "290"}, "more votes than people"),
        ({"electorate": "211"}, "touches 212 workers"),
        ({"yes": "many"}, "whole number"),
        ({"no": "-1"}, "greater than or equal to 0"),
        ({"held_on_year": "2099"}, "in the future"),
        ({"held_on_day": "31"}, "not a day of the calendar"),
        ({"electorate": "9" * 12}, "less than or equal to"),
    ],
)
def test_a_vote_that_cannot_be_is_explained(
    browse: Browse, piloted: Use, wrong: dict[str, str], said: str
) -> None:
    page = browse("registrar").post(reverse("desk:systems:vote", args=[piloted.pk]), VOTE | wrong)
    assert said in page.content.decode()
    assert PaperVote.objects.count() == 0


def test_a_vote_before_anybody_tried_it_is_explained(browse: Browse, use: Use) -> None:
    page = browse("registrar").post(reverse("desk:systems:vote", args=[use.pk]), VOTE)
    assert "while a use is tried out" in page.content.decode()
    assert PaperVote.objects.count() == 0


def stop(use: Use, browser: Client, year: str = "2026") -> Any:
    data = {"reason": "It hurts people.", "stopping_on_day": "30", "stopping_on_month": "11"}
    page = reverse("desk:systems:stop", args=[use.pk])
    return browser.post(page, {**data, "stopping_on_year": year})


def test_a_use_is_stopped_and_then_has_stopped(lead: Client, use: Use) -> None:
    assert "today or a later day" in stop(use, lead, year="2020").content.decode()
    stop(use, lead)
    use.refresh_from_db()
    assert use.stage == "stopping"
    finish = reverse("desk:systems:finish_stopping", args=[use.pk])
    lead.post(finish)
    use.refresh_from_db()
    assert use.stage == "stopped"
    assert lead.post(finish).status_code == 409
    html = lead.get(reverse("desk:systems:use", args=[use.pk])).content.decode()
    assert "This use is over" in html


def test_a_representative_stops_nothing_alone(representative: Client, use: Use) -> None:
    assert stop(use, representative).status_code == 403


def test_retiring_tells_first_what_stays_and_which_promises_remain_open(
    lead: Client, use: Use, as_lead: Given, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.report_incident(
        **as_lead(), use=use, kind="harm", occurred_on=now.date(), harm="A fall"
    )
    page = reverse("desk:systems:retire", args=[use.pk])
    html = lead.get(page).content.decode()
    assert "1 group it touches" in html
    assert "An incident of 23 November 2026 is not closed." in html
    assert "reason" in lead.post(page, {"reason": ""}).content.decode()
    lead.post(page, {"reason": "Replaced."})
    use.refresh_from_db()
    assert use.stage == "retired"
    assert queries.promises_open(use, at=now)
