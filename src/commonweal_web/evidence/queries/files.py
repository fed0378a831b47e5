"""Reads of the files themselves: decrypted piece by piece, and held against their hash."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonweal_web.evidence import storage
from commonweal_web.evidence.keys import file_key
from commonweal_web.evidence.models import Evidence
from commonweal_web.evidence.sealed import FileDamaged, unseal
from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.fields import subject_of

logger = logging.getLogger("commonweal.evidence")


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A kept file that is not as the record says: a code, which piece, and what is wrong."""

    code: str
    subject: str
    message: str


def plain_pieces(row: Evidence) -> Iterator[bytes]:
    """The bytes of a file as they were attached.

    The last piece is given out only once the hash over all is right. Raises `FileDamaged` or
    `FileNotFoundError`.
    """
    key = file_key(row.organisation_id)
    digest, held = hashlib.sha256(), b""
    with storage.open_stored(row.stored_as) as stored:
        for piece in unseal(stored, key=key, name=row.stored_as):
            digest.update(piece)
            if held:
                yield held
            held = piece
    if digest.hexdigest() != row.sha256:
        raise FileDamaged(row.stored_as)
    yield held


def to_send(row: Evidence) -> Iterator[bytes]:
    """The same for a download: a file that is not there or does not begin rightly is refused.

    One that turns out damaged on the way is cut off, so that nobody takes it for whole.
    Raises `Conflict`.
    """
    pieces = plain_pieces(row)
    try:
        first = next(pieces)
    except (FileDamaged, FileNotFoundError) as broken:
        logger.error("A kept file is not as it was stored.")
        raise Conflict(
            "file_not_as_kept",
            _(
                "This file is no longer as it was attached, so it is not given out. "
                "Tell whoever runs Commonweal to run `commonweal record verify`."
            ),
        ) from broken
    return _cut_where_damaged(first, pieces=pieces)


def _cut_where_damaged(first: bytes, *, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    try:
        yield from pieces
    except FileDamaged:
        logger.error("A kept file is not as it was stored; its download was cut off.")
        raise


def kept_files(organisation: Organisation) -> Iterator[Evidence]:
    """Every row whose file is kept, those that were taken back too."""
    rows = Evidence.objects.of(organisation).filter(
        kind=Evidence.Kind.FILE, file_removed_at__isnull=True
    )
    yield from rows.order_by("id").iterator(chunk_size=500)


def check_files(organisation: Organisation) -> list[FileProblem]:
    """Open every kept file and hold it against its hash; what is wrong, by row."""
    return [
        FileProblem(code, subject_of(row), message)
        for row in kept_files(organisation)
        for code, message in _problems_of(row)
    ]


def _problems_of(row: Evidence) -> Iterator[tuple[str, str]]:
    try:
        for _piece in plain_pieces(row):
            pass
    except FileNotFoundError:
        yield "evidence_missing", f"The file {row.stored_as} ({row.sha256}) is not there."
    except FileDamaged:
        yield (
            "evidence_changed",
            f"The file {row.stored_as} is not the one whose hash is recorded ({row.sha256}).",
        )
    except Refused as refusal:
        yield "evidence_unreadable", f"The file {row.stored_as} cannot be read: {refusal.message}"


def for_export(organisation: Organisation) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Every kept file for the organisation's export: a name of its own, and its plain bytes."""
    for row in kept_files(organisation):
        yield f"evidence/{row.pk}/{row.file_name}", plain_pieces(row)
