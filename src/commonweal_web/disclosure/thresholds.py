"""Thresholds as they are stored, as the rules read them, and in words; and what loosens them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.disclosure.commitment import (
    Commitment,
    CostOrRevenue,
    MarketedCapability,
    Reader,
    ReturnMultiple,
    SeverityThreshold,
    Threshold,
    ThresholdKind,
)
from commonweal.shared.source import Source
from commonweal_web.house.declaration import Text
from commonweal_web.house.texts import day_text

Stored = Mapping[str, Any]

READERS: dict[str, Text] = {
    Reader.PEOPLE_WHO_WORK_HERE.value: gettext_lazy("people who work here"),
    Reader.PEOPLE_THINKING_OF_APPLYING.value: gettext_lazy("people thinking of applying"),
    Reader.INVESTORS.value: gettext_lazy("investors"),
    Reader.EVERYONE.value: gettext_lazy("anyone who asks"),
}
KINDS: dict[str, Text] = {
    ThresholdKind.SEVERITY.value: gettext_lazy("A risk is severe"),
    ThresholdKind.MARKETED_CAPABILITY.value: gettext_lazy("The vendor advertises a lot"),
    ThresholdKind.RETURN_MULTIPLE.value: gettext_lazy("A use brings back many times its cost"),
    ThresholdKind.COST_OR_REVENUE.value: gettext_lazy("All uses together move costs or revenue"),
}
FACETS: dict[str, Text] = {
    "scale": gettext_lazy("how grave it is"),
    "scope": gettext_lazy("how many people it touches"),
    "irremediability": gettext_lazy("how hard it is to undo"),
    "costs": gettext_lazy("costs went down"),
    "revenue": gettext_lazy("revenue went up"),
}


def day_in_words(text: str) -> str:
    """A stored day as people write it."""
    return day_text(date.fromisoformat(text))


def hundredths(value: int) -> str:
    """Whole hundredths as people write them: 1050 is “10.5”, 500 is “5”."""
    whole, rest = divmod(value, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def _severity(stored: Stored) -> Threshold:
    return SeverityThreshold(stored["at_least"])


def _capability(stored: Stored) -> Threshold:
    source = Source(
        title=stored["source"],
        publisher=stored["publisher"],
        checked=date.fromisoformat(stored["checked"]),
    )
    value = Fraction(stored["at_least_hundredths"], 100)
    return MarketedCapability(stored["measure"], value, quote=stored["quote"], source=source)


def _multiple(stored: Stored) -> Threshold:
    return ReturnMultiple(Fraction(stored["above_hundredths"], 100))


def _cost_or_revenue(stored: Stored) -> Threshold:
    return CostOrRevenue(
        base_year=stored["base_year"],
        counting_from=date.fromisoformat(stored["counting_from"]),
        next_review=date.fromisoformat(stored["next_review"]),
        above=Fraction(stored["above_percent_hundredths"], 10_000),
    )


_READ: dict[str, Callable[[Stored], Threshold]] = {
    ThresholdKind.SEVERITY.value: _severity,
    ThresholdKind.MARKETED_CAPABILITY.value: _capability,
    ThresholdKind.RETURN_MULTIPLE.value: _multiple,
    ThresholdKind.COST_OR_REVENUE.value: _cost_or_revenue,
}


def threshold(stored: Stored) -> Threshold:
    """A stored threshold as the rules read it. Raises `ValueError` and `KeyError`."""
    return _READ[stored["kind"]](stored)


def commitment_value(
    *,
    version: str,
    in_force_from: date,
    thresholds: Iterable[Stored],
    why: str,
    consulted: Iterable[Stored],
    readers: Iterable[str],
) -> Commitment:
    """The commitment as the rules read it. Raises `CommitmentError`, which says what to do."""
    return Commitment(
        version=version,
        in_force_from=in_force_from,
        thresholds=tuple(threshold(each) for each in thresholds),
        why=why,
        consulted=tuple(each["name"] for each in consulted),
        readers=tuple(Reader(each) for each in readers),
    )


def in_words(stored: Stored) -> str:
    """A threshold as a sentence that a reader of twelve understands."""
    return _WORDS[stored["kind"]](stored)


def _severity_words(stored: Stored) -> str:
    return _(
        "We publish each risk that reaches %(at_least)s of 5 on any one of three questions: how "
        "grave it is, how many people it touches, how hard it is to undo."
    ) % {"at_least": stored["at_least"]}


def _capability_words(stored: Stored) -> str:
    return _(
        "We publish every risk of a use whose vendor advertises at least %(value)s "
        "(%(measure)s). We took this mark from %(publisher)s: “%(quote)s”"
    ) % {
        "value": hundredths(stored["at_least_hundredths"]),
        "measure": stored["measure"],
        "publisher": stored["publisher"],
        "quote": stored["quote"],
    }


def _multiple_words(stored: Stored) -> str:
    return _(
        "We publish every risk of a use that we expect to bring back more than %(above)s times "
        "what we put in."
    ) % {"above": hundredths(stored["above_hundredths"])}


def _cost_words(stored: Stored) -> str:
    return _(
        "We publish every risk of every use once all uses together have lowered costs, or raised "
        "revenue, by more than %(above)s %% of %(base_year)s, counted from %(day)s."
    ) % {
        "above": hundredths(stored["above_percent_hundredths"]),
        "base_year": stored["base_year"],
        "day": day_in_words(stored["counting_from"]),
    }


_WORDS: dict[str, Callable[[Stored], str]] = {
    ThresholdKind.SEVERITY.value: _severity_words,
    ThresholdKind.MARKETED_CAPABILITY.value: _capability_words,
    ThresholdKind.RETURN_MULTIPLE.value: _multiple_words,
    ThresholdKind.COST_OR_REVENUE.value: _cost_words,
}
_MARK = {
    ThresholdKind.SEVERITY.value: "at_least",
    ThresholdKind.MARKETED_CAPABILITY.value: "at_least_hundredths",
    ThresholdKind.RETURN_MULTIPLE.value: "above_hundredths",
    ThresholdKind.COST_OR_REVENUE.value: "above_percent_hundredths",
}


def threshold_key(stored: Stored) -> tuple[str, str]:
    """What makes two thresholds the same one at different marks: the kind and what is counted."""
    return (stored["kind"], str(stored.get("measure", "")).strip().casefold())


def loosened(old: Sequence[Stored], new: Sequence[Stored]) -> Iterator[str]:
    """What a new version no longer discloses that the old one did, as codes; nothing: stricter.

    A mark that rises, a threshold that is gone and another base year loosen: each can make fewer
    risks public.
    """
    kept = {threshold_key(each): each for each in new}
    for each in old:
        after = kept.get(threshold_key(each))
        if after is None:
            yield f"{each['kind']}.switched_off"
        elif after[_MARK[each["kind"]]] > each[_MARK[each["kind"]]]:
            yield f"{each['kind']}.raised"
        elif after.get("base_year") != each.get("base_year"):
            yield f"{each['kind']}.other_year"


LOOSENINGS: dict[str, Text] = {
    "switched_off": gettext_lazy("“%(name)s” is switched off."),
    "raised": gettext_lazy("“%(name)s” begins later: its mark was raised."),
    "other_year": gettext_lazy("“%(name)s” is measured against another year."),
}


def loosening_in_words(code: str) -> str:
    """What became looser, from the code that a version keeps."""
    kind, _dot, how = code.partition(".")
    return str(LOOSENINGS[how]) % {"name": KINDS[kind]} if how in LOOSENINGS else code
