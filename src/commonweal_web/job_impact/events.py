"""What the assessment tells the rooms above it.

`group` is the id of a worker group, or of the row of affected people outside the roster; None
means all affected groups. Handlers run as the operator: nobody's authorship is passed on.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SignalBecamePresent:
    """A side's "present" stands from now on, or an "uncertain" ran past its date."""

    use: UUID
    signal: str
    group: UUID | None
    side: str


@dataclass(frozen=True, slots=True)
class SignalNoLongerPresent:
    """A side's "present" was taken back or closed, each with a reason."""

    use: UUID
    signal: str
    group: UUID | None
    side: str


@dataclass(frozen=True, slots=True)
class AssessmentOpened:
    """A run began."""

    use: UUID
    assessment: UUID


@dataclass(frozen=True, slots=True)
class AssessmentClosed:
    """A run was closed with nothing missing."""

    use: UUID
    assessment: UUID


@dataclass(frozen=True, slots=True)
class ReassessmentDue:
    """Something asked answers anew: a dated task was opened."""

    use: UUID
    task: UUID
    trigger: str
