"""Gives a file out: always to be saved, never to be shown or run inside a page of ours."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from commonweal.evidence import kind_named
from commonweal_web.evidence.models import Evidence
from commonweal_web.evidence.queries import to_send

NOTHING_RUNS = "default-src 'none'; sandbox"


def as_download(row: Evidence) -> StreamingHttpResponse:
    """The file, decrypted on the way. Raises `Conflict` where it is not as it was kept."""
    return _closed_to_browsers(to_send(row), row=row)


def _closed_to_browsers(pieces: Iterator[bytes], *, row: Evidence) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=kind_named(row.file_type).media_type)
    response["Content-Disposition"] = content_disposition_header(True, row.file_name) or ""
    response["Content-Length"] = str(row.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response
