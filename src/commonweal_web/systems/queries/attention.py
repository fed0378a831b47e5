"""Which uses to look at first, and why, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from commonweal.practices import Dimension, catalogue
from commonweal.systems.attention import Attention, AttentionReason, UseFacts, by_attention
from commonweal.systems.classification import (
    Classification,
    DeclaredFacts,
    likely_signals,
)
from commonweal.systems.stages import Stage
from commonweal_web.house.paging import Page
from commonweal_web.house.rooms import rooms
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import log_root
from commonweal_web.systems.models import Use

COLUMNS = (
    "pk",
    "name",
    "stage",
    "classification",
    "suggested",
    "facts_yes",
    "facts_no",
    "entered_without_gate",
    "review_on",
)


@dataclass(frozen=True, slots=True)
class AttentionPage:
    """One page of uses in the order in which to look at them, each with its reasons."""

    page: Page[tuple[Use, tuple[AttentionReason, ...]]]


def classification_of(codes: Sequence[str]) -> Classification:
    """The stored codes as the value the domain reads; codes of older catalogues are left out."""
    dimensions = _dimensions()
    return Classification(
        forms=_of(codes, dimensions, Dimension.FORM_OF_INTEGRATION),
        instances=_of(codes, dimensions, Dimension.INSTANCE),
        aspects=_of(codes, dimensions, Dimension.TECHNOLOGICAL_ASPECT),
    )


@lru_cache(maxsize=1)
def _dimensions() -> dict[str, Dimension]:
    return {choice.id: choice.dimension for choice in catalogue().choices}


def _of(codes: Sequence[str], known: dict[str, Dimension], wanted: Dimension) -> frozenset[str]:
    return frozenset(code for code in codes if known.get(code) is wanted)


def declared_of(use: Use) -> DeclaredFacts:
    """What is declared true and untrue of a use."""
    return DeclaredFacts(yes=frozenset(use.facts_yes), no=frozenset(use.facts_no))


@lru_cache(maxsize=4096)
def _likely(codes: tuple[str, ...], yes: tuple[str, ...]) -> frozenset[str]:
    found = likely_signals(
        classification_of(codes), facts=DeclaredFacts(yes=frozenset(yes)), catalogue=catalogue()
    )
    return frozenset(each.signal for each in found)


def facts_of(use: Use, *, on: date, present: frozenset[str] | None = None) -> UseFacts:
    """What is declared of a use, as far as it says whether to look at it first.

    `present` are the signals that any side called present; None when nothing was assessed.
    """
    codes, yes = (*use.classification, *use.suggested), tuple(use.facts_yes)
    return UseFacts(
        use=str(use.pk),
        name=use.name,
        stage=Stage(use.stage),
        classification=classification_of(use.classification),
        facts=declared_of(use),
        likely_signals=_likely(codes, yes),
        present_signals=present or frozenset(),
        assessed=present is not None,
        entered_without_gate=use.entered_without_gate,
        review_overdue=use.review_on is not None and use.review_on < on,
    )


def attention_page(
    organisation: Organisation, *, on: date, number: int = 1, size: int = 50
) -> AttentionPage:
    """The uses that need attention first, with the reasons.

    The order is kept in memory until the organisation's record grows or the day changes.
    """
    order = _order(organisation.pk, log_root(organisation), on)
    last = max(1, -(-len(order) // size))
    number = max(1, min(number, last))
    wanted = dict(order[(number - 1) * size : number * size])
    rows = Use.objects.of(organisation).select_related("system").filter(pk__in=wanted)
    found = {use.pk: use for use in rows}
    shown = [(found[pk], reasons) for pk, reasons in wanted.items() if pk in found]
    return AttentionPage(Page(shown, number, size, len(order)))


@lru_cache(maxsize=32)
def _order(
    organisation: UUID, record_root: bytes, on: date
) -> tuple[tuple[UUID, tuple[AttentionReason, ...]], ...]:
    present = present_signals(organisation)
    weighed: Sequence[Attention] = by_attention(
        facts_of(use, on=on, present=present.get(use.pk))
        for use in Use.objects.of(organisation).only(*COLUMNS)
    )
    return tuple((UUID(each.use.use), each.reasons) for each in weighed if each.reasons)


def present_signals(organisation: UUID) -> dict[UUID, frozenset[str]]:
    """For each assessed use the signals that any side called present, as the rooms above know."""
    found: dict[UUID, frozenset[str]] = {}
    for room in rooms():
        for known in room.signals_present:
            for use, signals in known(organisation).items():
                found[use] = found.get(use, frozenset()) | signals
    return found
