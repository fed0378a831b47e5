"""Packs to print, their PDF, and the first steps of a new people lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from commonweal_web.organisations.models import Organisation
from commonweal_web.systems import actions, pdf
from commonweal_web.systems.actions.packs import forget_old_packs
from commonweal_web.systems.models import Pack, SetupDismissed, Use
from commonweal_web.systems.tasks import drawn
from factories.populated import populate

Given = Callable[[], dict[str, Any]]


def test_the_pack_of_a_use_has_everything_a_meeting_needs(
    lead: Client, organisation: Organisation, now: datetime
) -> None:
    place = populate(organisation, at=now)
    html = lead.get(f"/desk/uses/{place.ids['use_id']}/pack/").content.decode()
    for heading in (
        "Whom it touches",
        "What is needed next, and whose move it is",
        "What each side says",
        "Risks and what is done about them",
        "What was decided",
        "Days ahead",
        "Check it yourself",
    ):
        assert heading in html
    assert "score" not in html


def test_the_pack_for_a_board_tells_severe_risks_first(
    lead: Client, organisation: Organisation, now: datetime
) -> None:
    populate(organisation, at=now)
    html = lead.get("/desk/uses/pack/?since=2026-01-01").content.decode()
    assert html.index("Severe risks first") < html.index("By stage") < html.index("Days ahead")
    assert "1 January 2026" in html


def test_a_board_pack_of_a_filter_says_so(lead: Client, use: Use) -> None:
    html = lead.get("/desk/uses/pack/?stage=in_use").content.decode()
    assert "Only those that fit a filter" in html
    assert "0 uses of AI" in html


def test_a_pdf_is_asked_for_made_and_taken(
    lead: Client, use: Use, organisation: Organisation
) -> None:
    answer = lead.post("/desk/uses/packs/", {"use": use.pk})
    pack = Pack.objects.get()
    assert "being made" in lead.get(answer.headers["Location"]).content.decode()
    assert lead.get(f"{answer.headers['Location']}file/").status_code == 404
    actions.finish_pack(pk=pack.pk, make=drawn)
    pack.refresh_from_db()
    assert "ready" in lead.get(answer.headers["Location"]).content.decode()
    made = b"".join(lead.get(f"{answer.headers['Location']}file/").streaming_content)
    assert made.startswith(b"%PDF-")
    assert pack.size == len(made)


def test_a_pdf_belongs_to_whoever_asked(
    lead: Client, browse: Callable[..., Client], use: Use
) -> None:
    address = lead.post("/desk/uses/packs/", {"filters": "gaps=yes"}).headers["Location"]
    assert browse("executive").get(address).status_code == 404


def test_a_pdf_that_cannot_be_made_says_why(as_lead: Given, use: Use) -> None:
    by = {**as_lead(), "use": use}
    pack = actions.ask_pack(**by)

    def too_long(_pack: Pack) -> bytes:
        return pdf.pdf_of("x" * (pdf.LARGEST_SHEET + 1))

    actions.finish_pack(pk=pack.pk, make=too_long)
    pack.refresh_from_db()
    assert (pack.state, "too long" in pack.said) == ("failed", True)


def test_only_five_packs_wait_at_a_time(lead: Client, use: Use) -> None:
    for _each in range(5):
        lead.post("/desk/uses/packs/", {"use": use.pk})
    assert lead.post("/desk/uses/packs/", {"use": use.pk}).status_code == 409
    assert lead.post("/desk/uses/packs/", {"use": "nonsense"}).status_code == 404


def test_packs_are_forgotten_after_a_week(as_lead: Given, use: Use, now: datetime) -> None:
    pack = actions.ask_pack(**as_lead(), use=use)
    actions.finish_pack(pk=pack.pk, make=lambda _pack: b"%PDF-")
    assert actions.path_of(pack).exists()
    assert forget_old_packs(at=now + timedelta(days=6)) == 0
    assert forget_old_packs(at=now + timedelta(days=8)) == 1
    assert not actions.path_of(pack).exists()


def test_a_sheet_opens_no_address() -> None:
    plain = '<html lang="en"><title>x</title><body>x<a rel="attachment" href="{}">y</a></html>'
    named = pdf.pdf_of(plain.format("file:///etc/passwd"))
    assert named.startswith(b"%PDF-")
    assert b"EmbeddedFile" not in named


def test_the_first_page_leads_a_new_people_lead_through_the_steps(
    lead: Client, organisation: Organisation
) -> None:
    html = lead.get("/desk/").content.decode()
    assert "Set up in half an hour" in html
    assert "Next: Say whom people ask for help." in html
    steps = lead.get("/desk/first-steps/").content.decode()
    assert steps.count("govuk-task-list__item ") == 15
    assert steps.index("Name the first place of work") < steps.index("the first use of AI")


def test_a_step_is_done_by_what_is_on_file(
    lead: Client, organisation: Organisation, use: Use
) -> None:
    steps = lead.get("/desk/first-steps/").content.decode()
    assert steps.count("on file</strong>") >= 4


def test_the_steps_can_be_set_aside_and_come_back(lead: Client) -> None:
    lead.post("/desk/first-steps/set-aside/")
    assert "Set up in half an hour" not in lead.get("/desk/").content.decode()
    lead.post("/desk/first-steps/set-aside/", {"show": "yes"})
    assert not SetupDismissed.objects.exists()


def test_others_are_not_shown_the_steps(browse: Callable[..., Client]) -> None:
    assert "Set up in half an hour" not in browse("executive").get("/desk/").content.decode()
