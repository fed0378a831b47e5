"""One version of the public commitment and the thresholds it switches on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from commonweal.shared.language import _
from commonweal.shared.severity import HIGHEST, is_score
from commonweal.shared.source import Source


class CommitmentError(ValueError):
    """A commitment that may not be published like this, with the reason and what to do."""


class Reader(Enum):
    """For whom a public page is written; every page names its readers."""

    PEOPLE_WHO_WORK_HERE = "people_who_work_here"
    PEOPLE_THINKING_OF_APPLYING = "people_thinking_of_applying"
    INVESTORS = "investors"
    EVERYONE = "everyone"


class ThresholdKind(Enum):
    SEVERITY = "severity"
    MARKETED_CAPABILITY = "marketed_capability"
    RETURN_MULTIPLE = "return_multiple"
    COST_OR_REVENUE = "cost_or_revenue"


@dataclass(frozen=True)
class SeverityThreshold:
    """Disclose each present risk of which any one facet is at least this."""

    at_least: int
    kind = ThresholdKind.SEVERITY

    def __post_init__(self) -> None:
        if not is_score(self.at_least) or self.at_least == 0:
            raise CommitmentError(
                _(
                    "The severity threshold is %(at_least)r: give a whole number from 1 to "
                    "%(highest)s."
                )
                % {"at_least": self.at_least, "highest": HIGHEST}
            )


@dataclass(frozen=True)
class MarketedCapability:
    """Disclose every present risk of a use whose vendor advertises at least this much.

    `quote` and `source` are the advertisement that the value was taken from; `measure` names
    what is counted, in the same words as the claims of uses.
    """

    measure: str
    at_least: Fraction
    quote: str
    source: Source
    kind = ThresholdKind.MARKETED_CAPABILITY

    def __post_init__(self) -> None:
        refuse_inexact(self.at_least, name=_("value to reach"))
        for name in ("measure", "quote"):
            if not getattr(self, name).strip():
                raise CommitmentError(
                    _(
                        "The threshold on marketed capability lacks a part: quote the vendor and "
                        "say what is counted."
                    )
                )


@dataclass(frozen=True)
class ReturnMultiple:
    """Disclose every present risk of a use whose expected return is more than this many times."""

    above: Fraction = Fraction(10)
    kind = ThresholdKind.RETURN_MULTIPLE

    def __post_init__(self) -> None:
        refuse_inexact(self.above, name=_("return multiple"))


@dataclass(frozen=True)
class CostOrRevenue:
    """Disclose every present risk of every use once all uses together change costs or revenue.

    The sum of cost decreases since `counting_from` is compared with the annual costs of
    `base_year`, the sum of revenue increases with its annual revenue; more than `above` of
    either is enough. `counting_from` is the day of the first commitment.
    """

    base_year: int
    counting_from: date
    next_review: date
    above: Fraction = Fraction(5, 100)
    kind = ThresholdKind.COST_OR_REVENUE

    def __post_init__(self) -> None:
        refuse_inexact(self.above, name=_("share of costs or revenue"))


Threshold = SeverityThreshold | MarketedCapability | ReturnMultiple | CostOrRevenue


@dataclass(frozen=True)
class Commitment:
    """One published version, in force from a day on; `consulted` are the outside parties asked."""

    version: str
    in_force_from: date
    thresholds: tuple[Threshold, ...]
    why: str
    consulted: tuple[str, ...]
    readers: tuple[Reader, ...] = (Reader.EVERYONE,)

    def __post_init__(self) -> None:
        if not self.thresholds:
            raise CommitmentError(
                _(
                    "The commitment has no threshold and would disclose nothing: "
                    "choose one or more."
                )
            )
        if not self.why.strip():
            raise CommitmentError(
                _("The commitment does not say why: explain the threshold chosen.")
            )
        if not self.readers:
            raise CommitmentError(_("The page names no reader: say for whom it is written."))
        self._refuse_repeats()

    def _refuse_repeats(self) -> None:
        once = [one.kind for one in self.thresholds if not isinstance(one, MarketedCapability)]
        for kind in ThresholdKind:
            if once.count(kind) > 1:
                raise CommitmentError(
                    _("One kind of threshold is switched on twice: keep one of them.")
                )


def refuse_inexact(value: Fraction, *, name: str) -> None:
    """Thresholds decide in exact arithmetic: whole numbers and fractions of at least 0 only."""
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise CommitmentError(
            f"The {name} is {value!r}, a {type(value).__name__}: give an exact Fraction or int."
        )
    if value < 0:
        raise CommitmentError(
            _("“%(name)s” is %(value)s, below nothing: give 0 or more.")
            % {"name": name, "value": value}
        )
