"""The pages of evidence, for staff, workers and everyone."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from commonweal_web.disclosure.actions import withdraw_use_page
from commonweal_web.evidence import actions, storage
from commonweal_web.evidence.models import Evidence
from commonweal_web.evidence.queries import public_file
from commonweal_web.house.refusals import NotHere
from factories import files
from factories.disclosure import a_commitment, publish
from factories.evidence import a_file, a_link, a_note
from factories.mitigations import Workplace, a_risk
from factories.people import a_person
from factories.workplaces import a_member

Browse = Callable[..., Client]


def address(audience: str, page: str, *arguments: Any) -> str:
    return reverse(f"{audience}:evidence:{page}", args=arguments)


def about(audience: str, place: Workplace, page: str = "about", *more: str) -> str:
    return address(audience, page, "systems.use", place.use.pk, *more)


def filled_in(**details: Any) -> dict[str, Any]:
    usual = {"title": "Audit", "text": "", "language": "", "seen_by": "everyone"}
    return {**usual, "form": "document", **details}


def upload(name: str = "audit.pdf", content: bytes = files.KEPT["pdf"][1]) -> SimpleUploadedFile:
    """What a browser sends; the type it claims is never looked at."""
    return SimpleUploadedFile(name, content, content_type="image/png")


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(("audience", "who"), [("desk", "lead"), ("my", "worker")])
def test_a_file_is_attached_listed_saved_and_taken_back(
    audience: str, who: str, place: Workplace, browse: Browse
) -> None:
    client = browse(account=getattr(place, who))
    sent = client.post(about(audience, place, "attach", "file"), filled_in(file=upload()))
    assert sent.status_code == 302
    assert sent["Location"] == about(audience, place)
    listed = client.get(about(audience, place)).content.decode()
    assert "Audit" in listed
    row = Evidence.objects.get()
    shown = client.get(address(audience, "piece", row.pk)).content.decode()
    assert row.sha256[:16] in shown
    saved = client.get(address(audience, "download", row.pk))
    assert body(saved) == files.KEPT["pdf"][1]
    gone = client.post(address(audience, "withdraw", row.pk), {"reason": "The wrong year."})
    assert gone.status_code == 302
    assert "The wrong year." in client.get(about(audience, place)).content.decode()


@pytest.mark.parametrize("kind", ["link", "note"])
def test_links_and_notes_are_attached_too(kind: str, place: Workplace, browse: Browse) -> None:
    client = browse(account=place.worker)
    more = {"address": "https://union.example/test"} if kind == "link" else {"text": "I saw it."}
    sent = client.post(about("my", place, "attach", kind), filled_in(**more))
    assert sent.status_code == 302
    row = Evidence.objects.get()
    assert (row.kind, row.side) == (kind, "workers")
    shown = client.get(address("my", "piece", row.pk)).content.decode()
    assert next(iter(more.values())) in shown
    assert "only you see this" in shown


def test_a_download_can_be_saved_and_can_do_nothing_else(
    place: Workplace, browse: Browse, now: datetime
) -> None:
    row = a_file(place.lead, place.use, at=now, name="../Jahresbericht „Ä\r\nX: y“.pdf")
    response = browse(account=place.lead).get(address("desk", "download", row.pk))
    said = response["Content-Disposition"]
    assert said.startswith("attachment; filename*=utf-8''Jahresbericht")
    assert "%0D" not in said
    assert "/" not in said
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(row.size)
    body(response)


def test_no_page_shows_a_file_inside_itself(
    place: Workplace, browse: Browse, now: datetime
) -> None:
    row = a_file(place.lead, place.use, at=now, content=files.png(), name="a.png")
    client = browse(account=place.lead)
    for page in (address("desk", "piece", row.pk), about("desk", place)):
        text = client.get(page).content.decode()
        assert "<img" not in text
        assert "<iframe" not in text
        assert "<embed" not in text


def test_what_people_typed_is_shown_and_never_run(
    place: Workplace, browse: Browse, now: datetime
) -> None:
    row = a_note(place.lead, place.use, at=now, title="<script>a</script>", text="<img src=x>")
    text = browse(account=place.lead).get(address("desk", "piece", row.pk)).content.decode()
    assert "<script>a" not in text
    assert "<img src=x>" not in text
    assert "&lt;script&gt;a" in text


def test_a_refused_file_says_why_and_keeps_what_was_typed(
    place: Workplace, browse: Browse
) -> None:
    client = browse(account=place.worker)
    bad = upload("photo.png", b"<svg onload=alert(1)>")
    response = client.post(about("my", place, "attach", "file"), filled_in(file=bad, title="Mine"))
    text = response.content.decode()
    assert "can run scripts" in text
    assert 'value="Mine"' in text
    assert not Evidence.objects.exists()


def test_an_empty_file_is_refused_in_plain_words(place: Workplace, browse: Browse) -> None:
    client = browse(account=place.worker)
    empty = upload("empty.pdf", b"")
    response = client.post(about("my", place, "attach", "file"), filled_in(file=empty))
    assert "This file is empty" in response.content.decode()


def test_a_body_beyond_the_limit_is_refused_by_its_length(
    place: Workplace, browse: Browse, settings: Any
) -> None:
    settings.EVIDENCE_FILE_MB = 1
    client = browse(account=place.worker)
    large = upload("large.txt", b"a" * (2 * 1024 * 1024 + 1))
    response = client.post(about("my", place, "attach", "file"), filled_in(file=large))
    assert response.status_code == 413
    assert "larger than 1 MB" in response.content.decode()


def test_a_file_is_not_attached_without_the_token_of_the_form(place: Workplace) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(place.worker)
    response = client.post(about("my", place, "attach", "file"), filled_in(file=upload()))
    assert response.status_code == 403
    assert not Evidence.objects.exists()


def test_a_damaged_file_is_not_given_out(place: Workplace, browse: Browse, now: datetime) -> None:
    row = a_file(place.lead, place.use, at=now)
    storage.remove(row.stored_as)
    storage.put(row.stored_as, [os.urandom(200)])
    response = browse(account=place.lead).get(address("desk", "download", row.pk))
    assert response.status_code == 409
    assert "record verify" in response.content.decode()


def test_strangers_find_nothing(place: Workplace, browse: Browse, now: datetime) -> None:
    row = a_file(place.lead, place.use, at=now)
    stranger = browse("worker")
    pages = [address("my", page, row.pk) for page in ("piece", "download", "withdraw")]
    for page in [about("my", place), about("my", place, "attach", "file"), *pages]:
        assert stranger.get(page).status_code == 404, page
    nobody = Client()
    assert nobody.get(address("desk", "download", row.pk)).status_code == 302
    assert browse("administrator").get(address("desk", "download", row.pk)).status_code == 403


def test_another_organisation_finds_nothing(
    place: Workplace, other_organisation: Any, browse: Browse, now: datetime
) -> None:
    row = a_file(place.lead, place.use, at=now)
    elsewhere = browse(account=a_person(other_organisation, "people_lead", at=now))
    for page in (about("desk", place), address("desk", "download", row.pk)):
        assert elsewhere.get(page).status_code == 404


def test_what_is_for_workers_is_closed_to_management(
    place: Workplace, browse: Browse, now: datetime
) -> None:
    row = a_file(place.representative, place.use, at=now, seen_by="workers_side", title="Ours")
    lead = browse(account=place.lead)
    assert lead.get(address("desk", "piece", row.pk)).status_code == 404
    assert lead.get(address("desk", "download", row.pk)).status_code == 404
    assert "Ours" not in lead.get(about("desk", place)).content.decode()
    assert (
        "Ours" not in lead.get(reverse("desk:systems:use", args=[place.use.pk])).content.decode()
    )


def test_management_reads_nothing_of_the_workers_by_making_itself_a_worker(
    place: Workplace, browse: Browse, person: Callable[..., Any], now: datetime
) -> None:
    row = a_note(
        place.worker, place.use, at=now, seen_by=Evidence.SeenBy.WORKERS, title="Among us"
    )
    both = person("people_lead", "worker")
    a_member(place.group, both, at=now)
    client = browse(account=both)
    for audience in ("desk", "my"):
        assert "Among us" not in client.get(about(audience, place)).content.decode()
        assert client.get(address(audience, "piece", row.pk)).status_code == 404
    sent = client.post(about("my", place, "attach", "note"), filled_in(text="All is well."))
    assert sent.status_code == 302
    assert Evidence.objects.get(title="Audit").side == "management"


def test_only_its_own_side_is_offered_to_take_it_back(
    place: Workplace, browse: Browse, now: datetime
) -> None:
    row = a_note(place.worker, place.use, at=now)
    client = browse(account=place.lead)
    assert "Take it back" not in client.get(address("desk", "piece", row.pk)).content.decode()
    assert client.get(address("desk", "withdraw", row.pk)).status_code == 403
    assert client.post(address("desk", "withdraw", row.pk), {"reason": "x"}).status_code == 403


def test_the_pages_around_show_what_is_attached(
    place: Workplace, browse: Browse, now: datetime
) -> None:
    risk = a_risk(place)
    a_note(place.worker, place.use, at=now, title="Seen at night")
    a_link(place.lead, risk, at=now, title="What the vendor says")
    lead, worker = browse(account=place.lead), browse(account=place.worker)
    pages = {
        reverse("desk:systems:use", args=[place.use.pk]): (lead, "Seen at night"),
        reverse("my:systems:use", args=[place.use.pk]): (worker, "Seen at night"),
        reverse("desk:mitigations:risk", args=[risk.pk]): (lead, "What the vendor says"),
        reverse("my:mitigations:risk", args=[risk.pk]): (worker, "What the vendor says"),
    }
    for page, (client, title) in pages.items():
        assert title in client.get(page).content.decode(), page


def test_a_list_costs_the_same_for_one_piece_and_for_many(
    place: Workplace, browse: Browse, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        a_note(place.lead, place.use, at=now, title=f"Note {number}")
    client = browse(account=place.lead)
    with django_assert_max_num_queries(8):
        assert client.get(about("desk", place)).status_code == 200


def test_an_unknown_kind_and_a_foreign_subject_are_not_there(
    place: Workplace, browse: Browse
) -> None:
    client = browse(account=place.lead)
    assert client.get(about("desk", place, "attach", "virus")).status_code == 404
    foreign = address("desk", "about", "people.account", place.worker.pk)
    assert client.get(foreign).status_code == 404


class TestPublic:
    """What everyone may have: what a published page shows, as long as it shows it."""

    def publish(self, place: Workplace) -> None:
        a_commitment(place.organisation, at=place.at)
        publish(place.use, at=place.at)

    def test_a_file_is_public_once_its_page_is_published_and_no_longer(
        self, place: Workplace, now: datetime
    ) -> None:
        row = a_file(place.lead, place.use, at=now, seen_by="public", title="The audit")
        url = reverse("public:evidence:file", args=[place.organisation.slug, row.pk])
        client = Client()
        assert client.get(url).status_code == 404
        self.publish(place)
        page = reverse("public:disclosure:use", args=[place.organisation.slug, place.use.pk])
        text = client.get(page).content.decode()
        assert "The audit" in text
        assert url in text
        saved = client.get(url)
        assert body(saved) == files.KEPT["pdf"][1]
        assert saved["Content-Disposition"].startswith("attachment")
        withdraw_use_page(**place.by(place.lead), use=place.use, reason="It is over.")
        assert client.get(url).status_code == 404

    def test_a_file_for_those_inside_is_never_public(
        self, place: Workplace, now: datetime
    ) -> None:
        row = a_file(place.lead, place.use, at=now)
        self.publish(place)
        url = reverse("public:evidence:file", args=[place.organisation.slug, row.pk])
        assert Client().get(url).status_code == 404

    def test_a_public_file_that_was_taken_back_is_gone_at_once(
        self, place: Workplace, now: datetime
    ) -> None:
        row = a_file(place.lead, place.use, at=now, seen_by="public")
        self.publish(place)
        actions.withdraw(**place.by(place.lead), evidence=row, reason="Outdated.")
        url = reverse("public:evidence:file", args=[place.organisation.slug, row.pk])
        assert Client().get(url).status_code == 404


def test_nothing_is_public_that_no_page_shows(place: Workplace, now: datetime) -> None:
    row = a_file(place.lead, place.use, at=now, seen_by="public")
    with pytest.raises(NotHere):
        public_file(place.organisation, pk=row.pk)
