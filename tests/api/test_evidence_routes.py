"""Evidence for programs: the same rules as on the pages, with files as multipart."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commonweal_web.house.file_storage import evidence_storage
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.fields import subject_of
from factories import files
from factories.evidence import a_note
from factories.mitigations import Workplace, a_workplace
from factories.programs import Program, a_program

PDF = files.KEPT["pdf"][1]


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    """Files of a test stay in its own folder."""
    in_folder = {**evidence_storage(""), "OPTIONS": {"location": tmp_path / "evidence"}}
    settings.STORAGES = {**settings.STORAGES, "evidence": in_folder}


@pytest.fixture
def place(organisation: Organisation, now: datetime) -> Workplace:
    return a_workplace(organisation, at=now)


def send(
    program: Program,
    place: Workplace,
    *,
    name: str = "audit.pdf",
    content: bytes = PDF,
    **more: Any,
) -> Any:
    given = {"subject": subject_of(place.use), "title": "Audit", **more}
    return program.client.post(
        "/api/v1/evidence/files",
        {"file": SimpleUploadedFile(name, content), **given},
        headers={"Authorization": f"Bearer {program.secret}"},
    )


def test_a_program_attaches_lists_saves_and_takes_back_a_file(place: Workplace) -> None:
    lead = a_program(place.lead)
    made = send(lead, place, language="en")
    assert made.status_code == 201, made.content
    kept = made.json()
    listed = lead.get(f"/evidence?subject={subject_of(place.use)}").json()["items"]
    assert [each["id"] for each in listed] == [kept["id"]]
    assert lead.get(f"/evidence/{kept['id']}").json()["sha256"] == kept["sha256"]
    saved = lead.get(f"/evidence/{kept['id']}/file")
    assert b"".join(saved.streaming_content) == PDF
    assert saved["Content-Disposition"].startswith("attachment")
    gone = lead.post(f"/evidence/{kept['id']}/withdraw", {"reason": "Wrong.", "delete_now": True})
    assert gone.json()["withdrawn_because"] == "Wrong."
    assert lead.get(f"/evidence/{kept['id']}/file").status_code == 404


def test_a_program_attaches_links_and_notes(place: Workplace) -> None:
    lead, subject = a_program(place.lead), subject_of(place.use)
    note = lead.post("/evidence/notes", {"subject": subject, "title": "A", "text": "B"})
    link = lead.post(
        "/evidence/links", {"subject": subject, "title": "A", "address": "https://a.example"}
    )
    assert (note.status_code, link.status_code) == (201, 201)
    bad = lead.post("/evidence/links", {"subject": subject, "title": "A", "address": "ftp://a"})
    assert (bad.status_code, bad.json()["error"]["where"]) == (422, "address")


def test_a_file_that_is_not_kept_is_refused_in_the_one_shape(place: Workplace) -> None:
    answer = send(a_program(place.lead), place, name="a.png", content=b"<svg onload=alert(1)>")
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "file_is_web_page"
    assert answer.json()["error"]["where"] == "file"


def test_a_program_finds_only_what_its_person_may_see(
    place: Workplace, other_program: Program, now: datetime
) -> None:
    row = a_note(place.representative, place.use, at=now, seen_by="workers_side")
    lead, speaker = a_program(place.lead), a_program(place.representative)
    assert speaker.get(f"/evidence/{row.pk}").status_code == 200
    assert lead.get(f"/evidence/{row.pk}").status_code == 404
    assert lead.get(f"/evidence?subject={subject_of(place.use)}").json()["items"] == []
    assert other_program.get(f"/evidence/{row.pk}").status_code == 404
    elsewhere = other_program.get(f"/evidence?subject={subject_of(place.use)}")
    assert elsewhere.json()["error"]["code"] == "subject_unknown"
    assert lead.post(f"/evidence/{row.pk}/withdraw", {"reason": "x"}).status_code == 404
