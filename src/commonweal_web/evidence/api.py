"""Evidence for programs: listed, attached, taken away and taken back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Query
from ninja.files import UploadedFile
from pydantic import Field

from commonweal.evidence import KINDS
from commonweal_web.evidence import actions, queries
from commonweal_web.evidence.models import Evidence
from commonweal_web.evidence.permissions import SEE_EVIDENCE
from commonweal_web.evidence.sending import as_download
from commonweal_web.house.api_pages import PageOf, Paging, page_by
from commonweal_web.house.api_routes import (
    CREATED,
    ApiRequest,
    Given,
    RoomRouter,
    Schema,
    deciding,
)
from commonweal_web.house.refusals import NotHere, Refused

router = RoomRouter("evidence")
PIECE = "/evidence/{uuid:evidence_id}"
SUBJECT = Field(
    max_length=150,
    description="What it is about: `room.model:id`.",
    examples=["systems.use:3f0c2a4e-6d1b-4c83-9a57-0b8f1d2e4c60"],
)
SeenBy = Literal["everyone", "workers_side", "own_side", "public"]
FormName = Literal["document", "audio", "large_print", "easy_language", "sign_language"]
ANY_FILE: dict[str, Any] = {
    "responses": {
        200: {
            "content": {
                kind.media_type: {"schema": {"type": "string", "format": "binary"}}
                for kind in KINDS
            },
        }
    }
}


class EvidenceFacts(Schema):
    """One piece. Of who attached it only the side is told."""

    id: UUID
    subject: str
    kind: Literal["file", "link", "note"]
    title: str
    text: str
    address: str
    file_name: str
    file_type: str
    size: int
    sha256: str
    language: str
    form: FormName
    seen_by: SeenBy
    side: Literal["workers", "management", "experts"]
    added_on: date
    withdrawn_at: datetime | None
    withdrawn_because: str
    file_removed_at: datetime | None


class About(Schema):
    """What the evidence is about."""

    subject: str = SUBJECT


class NewNote(Given):
    """What somebody saw or was told."""

    subject: str = SUBJECT
    title: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=10_000)
    language: str = Field("", max_length=15, examples=["en"])
    seen_by: SeenBy = "everyone"


class NewLink(Given):
    """A web address; it is shown and never fetched."""

    subject: str = SUBJECT
    title: str = Field(min_length=1, max_length=200)
    address: str = Field(max_length=2000, examples=["https://example.org/audit"])
    text: str = Field("", max_length=10_000)
    language: str = Field("", max_length=15, examples=["en"])
    form: FormName = "document"
    seen_by: SeenBy = "everyone"


class NewFile(Given):
    """What a file is, beside its bytes."""

    subject: str = SUBJECT
    title: str = Field(min_length=1, max_length=200)
    text: str = Field("", max_length=10_000)
    language: str = Field("", max_length=15, examples=["en"])
    form: FormName = "document"
    seen_by: SeenBy = "everyone"


class TakenBack(Given):
    """Why, and whether the file goes at once."""

    reason: str = Field(max_length=2000, examples=["It was the wrong year."])
    delete_now: bool = Field(False, description="Only where it shows what it must not.")


def _piece(request: ApiRequest, pk: UUID) -> queries.Piece:
    return queries.piece_of(request.organisation, pk=pk, actor=request.actor, at=request.now)


@router.route("GET /evidence", PageOf[EvidenceFacts], right=SEE_EVIDENCE)
def evidence_about(
    request: ApiRequest, *, asked: Query[About], paging: Query[Paging]
) -> dict[str, Any]:
    """What is attached to one subject, oldest first, of what its reader may see."""
    try:
        queries.subject_seen(
            asked.subject, actor=request.actor, organisation=request.organisation, at=request.now
        )
    except NotHere as unseen:
        raise Refused("subject_unknown", unseen.message, where="subject") from unseen
    rows = queries.attached_rows(request.organisation, subject=asked.subject, actor=request.actor)
    return page_by(request, rows, paging=paging, by=("id",))


@router.route(f"GET {PIECE}", EvidenceFacts, right=SEE_EVIDENCE)
def evidence(request: ApiRequest, *, evidence_id: UUID) -> Evidence:
    """One piece of evidence."""
    return _piece(request, evidence_id).evidence


@router.route(f"GET {PIECE}/file", None, right=SEE_EVIDENCE, **ANY_FILE)
def evidence_file(request: ApiRequest, *, evidence_id: UUID) -> HttpResponse:
    """The file of a piece, as it was attached."""
    row = _piece(request, evidence_id).evidence
    if not row.has_file:
        raise NotHere("no_file", "There is no file here, or it was deleted.")
    return as_download(row)  # type: ignore[return-value]


@router.route("POST /evidence/notes", EvidenceFacts, status=CREATED)
def attach_note(request: ApiRequest, *, note: NewNote) -> Evidence:
    """Attach a note."""
    return actions.attach_note(**deciding(request), **note.model_dump())


@router.route("POST /evidence/links", EvidenceFacts, status=CREATED)
def attach_link(request: ApiRequest, *, link: NewLink) -> Evidence:
    """Attach a link."""
    return actions.attach_link(**deciding(request), **link.model_dump())


@router.route("POST /evidence/files", EvidenceFacts, status=CREATED)
def attach_file(
    request: ApiRequest, *, file: File[UploadedFile], about: Form[NewFile]
) -> Evidence:
    """Attach a file. Its content tells its kind; what is not kept is refused with a reason."""
    sent = actions.SentFile(file.name or "", file.size or 0, file)  # type: ignore[arg-type]
    return actions.attach_file(**deciding(request), sent=sent, **about.model_dump())


@router.route(f"POST {PIECE}/withdraw", EvidenceFacts)
def withdraw_evidence(request: ApiRequest, *, evidence_id: UUID, why: TakenBack) -> Evidence:
    """Take a piece back. Its row, the reason and the hash stay."""
    row = _piece(request, evidence_id).evidence
    return actions.withdraw(
        **deciding(request), evidence=row, reason=why.reason, delete_now=why.delete_now
    )
