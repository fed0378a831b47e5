"""What the systems room tells the rooms above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class UseRegistered:
    """A use was registered; `without_gate` when it was already running."""

    use: UUID
    stage: str
    without_gate: bool


@dataclass(frozen=True, slots=True)
class UseDescribed:
    """What is declared about a use changed; `fields` names what."""

    use: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageEntered:
    """A use went to another stage, or passed its yearly gate."""

    use: UUID
    from_stage: str
    to_stage: str
    way: str


@dataclass(frozen=True, slots=True)
class IncidentUpheld:
    """An incident was confirmed."""

    use: UUID
    incident: UUID
    on: date


@dataclass(frozen=True, slots=True)
class ClaimsChanged:
    """What vendors claim for a use changed."""

    use: UUID


@dataclass(frozen=True, slots=True)
class UsesImported:
    """Uses came in with a register; one event for all of them."""

    uses: tuple[UUID, ...]
