"""What the workplaces room tells the rooms above it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class YearStated:
    """An organisation stated what it spent and earned in a year."""

    year: int
