"""The desk: what must be public and why, the editor, publishing with its difference."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from commonweal_web.disclosure.models import CommitmentVersion, ConsultedParty, PublishedPage
from factories.disclosure import a_commitment, a_risk, publish

DESK = "/desk/disclosure/"
LOOSER = {"kind": "severity", "at_least": 5}


def day(name: str, text: str) -> dict[str, str]:
    """A day as its three fields."""
    year, month, number = text.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


WRITTEN = {
    "text": "We publish every severe risk.",
    "severity_on": "on",
    "severity_at_least": "4",
    "cost_on": "on",
    "cost_above": "5",
    "cost_base_year": "2025",
    "source_of_share": "About a quarter reached it.",
    "why": "A four is grave.",
    "readers": ["everyone", "investors"],
    **day("in_force_from", "2199-01-01"),
    **day("next_review", "2199-12-31"),
}


def pages(use: Any) -> list[str]:
    """Every page of the desk that is read."""
    return [
        DESK,
        f"{DESK}commitment/",
        f"{DESK}commitment/new/",
        f"{DESK}commitment/consulted/",
        f"{DESK}uses/{use.pk}/",
        f"{DESK}uses/{use.pk}/publish/",
        f"{DESK}uses/{use.pk}/withdraw/",
    ]


def test_every_page_works_before_and_after_publishing(
    organisation: Any, use: Any, now: Any, browse: Any
) -> None:
    browser = browse("people_lead")
    for page in pages(use):
        assert browser.get(page).status_code == 200, page
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    publish(use, at=now)
    a_risk(use, at=now, title="Break time shrinks")
    for page in pages(use):
        assert browser.get(page).status_code == 200, page


def test_pages_cost_a_constant_number_of_statements(
    organisation: Any, use: Any, now: Any, browse: Any, django_assert_max_num_queries: Any
) -> None:
    a_commitment(organisation, at=now)
    for number in range(8):
        a_risk(use, at=now, title=f"Risk {number}")
    browser = browse("people_lead")
    for page in pages(use):
        with django_assert_max_num_queries(36):
            browser.get(page)


def test_nobody_is_sent_to_sign_in(use: Any, client: Any) -> None:
    for page in pages(use):
        assert client.get(page).status_code == 302


@pytest.mark.parametrize(
    ("role", "open_to"),
    [("worker", 0), ("administrator", 0), ("executive", 3), ("worker_representative", 4)],
)
def test_the_wrong_person_is_refused(use: Any, browse: Any, role: str, open_to: int) -> None:
    browser = browse(role)
    answers = [browser.get(page).status_code for page in pages(use)]
    assert answers.count(200) == open_to
    assert answers.count(403) == len(answers) - open_to


def test_what_belongs_to_another_organisation_is_not_here(
    other_organisation: Any, other_use: Any, now: Any, browse: Any
) -> None:
    a_commitment(other_organisation, at=now)
    looser = a_commitment(other_organisation, LOOSER, at=now)
    lead, worker_side = browse("people_lead"), browse("registrar")
    for page in pages(other_use)[4:]:
        assert lead.get(page).status_code == 404
    assert lead.post(f"{DESK}uses/{other_use.pk}/publish/").status_code == 404
    assert lead.post(f"{DESK}commitment/{looser.pk}/withdraw/").status_code == 404
    assert worker_side.post(f"{DESK}commitment/{looser.pk}/sign/").status_code == 404
    assert lead.get(f"{DESK}uses/{uuid4()}/").status_code == 404


def test_the_editor_publishes_a_commitment(organisation: Any, browse: Any) -> None:
    response = browse("people_lead").post(f"{DESK}commitment/new/", WRITTEN)
    assert response.status_code == 302
    version = CommitmentVersion.objects.of(organisation).get()
    assert (version.number, version.readers) == (1, ["everyone", "investors"])
    assert version.thresholds == [
        {"kind": "severity", "at_least": 4},
        {
            "kind": "cost_or_revenue",
            "above_percent_hundredths": 500,
            "base_year": 2025,
            "counting_from": "2199-01-01",
            "next_review": "2199-12-31",
        },
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"severity_on": "", "cost_on": ""}, "would disclose nothing"),
        ({"severity_at_least": ""}, "switch this threshold off"),
        ({"capability_on": "on"}, "switch this threshold off"),
        ({"readers": []}, "at least one kind of reader"),
        (day("in_force_from", "2001-01-01"), "today or a later day"),
        (day("next_review", "2199-13-41"), "not a day of the calendar"),
        ({"why": ""}, "Write something here"),
    ],
)
def test_the_editor_says_what_is_wrong_and_keeps_what_was_typed(
    organisation: Any, browse: Any, change: Any, words: str
) -> None:
    response = browse("people_lead").post(f"{DESK}commitment/new/", {**WRITTEN, **change})
    assert response.status_code == 200
    assert words in response.content.decode()
    assert "We publish every severe risk." in response.content.decode()
    assert not CommitmentVersion.objects.of(organisation).exists()


def test_somebody_outside_is_noted(organisation: Any, browse: Any) -> None:
    given = {"name": "Transport union", "said": "Choose three.", **day("consulted_on", "2026-1-2")}
    response = browse("worker_representative").post(f"{DESK}commitment/consulted/", given)
    assert response.status_code == 302
    assert ConsultedParty.objects.of(organisation).get().said == "Choose three."


def test_the_worker_side_declines_with_a_reason_or_signs(
    organisation: Any, now: Any, browse: Any
) -> None:
    a_commitment(organisation, at=now)
    looser = a_commitment(organisation, LOOSER, at=now)
    browser = browse("worker_representative")
    address = f"{DESK}commitment/{looser.pk}/"
    assert b"mark was raised" in browser.get(f"{DESK}commitment/").content
    assert b"Write something here" in browser.post(f"{address}decline/").content
    assert browse("people_lead").post(f"{address}sign/").status_code == 403
    assert browser.post(f"{address}sign/").status_code == 302
    assert browser.post(f"{address}decline/", {"reason": "No."}).status_code == 200
    looser.refresh_from_db()
    assert looser.number == 2


def test_publishing_shows_the_difference_first(
    organisation: Any, use: Any, now: Any, browse: Any
) -> None:
    a_commitment(organisation, at=now)
    browser, address = browse("people_lead"), f"{DESK}uses/{use.pk}/publish/"
    assert browser.post(address).status_code == 302
    a_risk(use, at=now)
    text = browser.get(address).content.decode()
    assert "This would change in public" in text
    assert "Less notice for shift changes" in text
    browser.post(address)
    answer = browser.post(address, follow=True)
    assert "Nothing changed since the last version" in answer.content.decode()
    assert PublishedPage.objects.of(organisation).filter(use=use).count() == 2


def test_a_page_is_not_published_without_a_commitment(use: Any, browse: Any) -> None:
    response = browse("people_lead").post(f"{DESK}uses/{use.pk}/publish/")
    assert response.status_code == 422


def test_withdrawing_while_a_mark_is_met_is_refused_in_the_form(
    organisation: Any, use: Any, now: Any, browse: Any
) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    publish(use, at=now)
    address = f"{DESK}uses/{use.pk}/withdraw/"
    response = browse("people_lead").post(address, {"reason": "We would rather not."})
    assert "stays public" in response.content.decode()
    assert "We would rather not." in response.content.decode()
