"""What the record tells the rooms above it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class SubjectErased:
    """The personal data of a recorded row were erased."""

    subject: str


@dataclass(frozen=True, slots=True)
class RowsWritten:
    """All rows that one whole action stored, changed or removed; told once, at its end.

    For what is derived from rows and kept beside them. Whoever reacts writes unrecorded rows only.
    """

    rows: tuple[Model, ...]
