"""What the record tells the rooms above it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SubjectErased:
    """The personal data of a recorded row were erased."""

    subject: str
