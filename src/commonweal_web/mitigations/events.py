"""What the room of risks tells the rooms above it. Each names a use whose risks changed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RiskOpened:
    """A risk came onto the list, or came back."""

    use: UUID
    risk: UUID


@dataclass(frozen=True, slots=True)
class RiskChanged:
    """How grave or likely a risk is, or what is done about it, changed."""

    use: UUID
    risk: UUID


@dataclass(frozen=True, slots=True)
class RiskClosed:
    """A risk is no longer present."""

    use: UUID
    risk: UUID
