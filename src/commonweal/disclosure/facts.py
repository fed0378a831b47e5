"""The facts about uses and years that the thresholds of a commitment look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from commonweal.disclosure.commitment import refuse_inexact
from commonweal.shared.language import _
from commonweal.shared.money import Money
from commonweal.shared.severity import Severity
from commonweal.shared.source import Source


@dataclass(frozen=True)
class PresentRisk:
    """A risk signal that counts as present for a group (None for all), by any side's view.

    `present_since` is the first day of a "present" of any side that still stands, or the day
    after an "uncertain" ran out. `severity_since` is the day on which the severity was judged so;
    when it is graver than before, the day of the rise. Opportunities are never risks.
    """

    id: str
    signal: str
    group: str | None
    present_since: date
    severity: Severity
    severity_since: date


@dataclass(frozen=True)
class MarketedClaim:
    """What a vendor advertises for the system of a use, as a quote with its source."""

    measure: str
    value: Fraction
    quote: str
    source: Source
    known_since: date

    def __post_init__(self) -> None:
        refuse_inexact(self.value, name=_("advertised value"))


@dataclass(frozen=True)
class ExpectedReturn:
    """The expected return of a use, as a multiple of what is invested."""

    multiple: Fraction
    known_since: date

    def __post_init__(self) -> None:
        refuse_inexact(self.multiple, name=_("expected return multiple"))


@dataclass(frozen=True)
class FinancialChange:
    """What a use changed on a day: a decrease of costs, an increase of revenue.

    A rise of costs or a fall of revenue is given as a negative amount and counts as nothing, so
    that one use's loss never hides what another use brought.
    """

    on: date
    cost_decrease: Money | None = None
    revenue_increase: Money | None = None


@dataclass(frozen=True)
class UseFacts:
    """The facts about one use that thresholds look at."""

    id: str
    risks: tuple[PresentRisk, ...] = ()
    claims: tuple[MarketedClaim, ...] = ()
    expected_return: ExpectedReturn | None = None
    changes: tuple[FinancialChange, ...] = ()


@dataclass(frozen=True)
class YearFigures:
    """Annual costs and revenue of the organisation; None while not entered."""

    costs: Money | None = None
    revenue: Money | None = None
