"""Which signals are asked first, and why, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonweal.practices import Signal, catalogue
from commonweal.systems.classification import likely_signals
from commonweal_web.systems.queries import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from commonweal_web.systems.models import Use


def likely_of(use: Use, *, on: date) -> dict[str, tuple[str, ...]]:
    """The likely signals of a use with their reasons, in the catalogue's order."""
    facts = facts_of(use, on=on)
    found = likely_signals(facts.classification, facts=facts.facts, catalogue=catalogue())
    return {each.signal: each.reasons for each in found}


def likely_first(signals: Iterable[str], *, likely: Iterable[str]) -> list[Signal]:
    """These signals in the order in which they are asked: the likely ones first."""
    wanted, first = set(signals), set(likely)
    found = [signal for signal in catalogue().signals if signal.id in wanted]
    return sorted(found, key=lambda signal: signal.id not in first)
