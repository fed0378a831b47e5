"""How grave a harm to people is: three facets beside each other, never one number.

After UN Guiding Principles 14 and 24: scale (how grave), scope (how many) and irremediability
(how hard to restore). Any one of them can be enough. Likelihood comes second and is never
multiplied with severity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum

HIGHEST = 5
FACETS = ("scale", "irremediability", "scope")
"""The facets in the order in which they break a tie."""

SortKey = tuple[int, int, int, int, int, int]


class SeverityError(ValueError):
    """A facet or threshold out of range, with the value and what to do."""


class SeverityClass(IntEnum):
    """The rough class that orders the queue; it never drops a risk and opens no disclosure."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2
    CRITICAL = 3


class Likelihood(Enum):
    """How likely a harm is, in words, from the first in the queue to the last.

    "Not judged" stands just after "very likely": what nobody has looked at must not sink.
    """

    ALREADY_OCCURRING = "already_occurring"
    VERY_LIKELY = "very_likely"
    NOT_JUDGED = "not_judged"
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"

    @property
    def place(self) -> int:
        """Its place in the queue among equals in severity; 0 comes first."""
        return list(Likelihood).index(self)


@dataclass(frozen=True)
class Severity:
    """Scale, scope and irremediability, each 0 to 5; None means nobody has judged it yet."""

    scale: int | None = None
    scope: int | None = None
    irremediability: int | None = None

    def __post_init__(self) -> None:
        for name in FACETS:
            value = getattr(self, name)
            if value is not None and not is_score(value):
                raise SeverityError(
                    f"{name} is {value!r}: give a whole number from 0 to {HIGHEST}, "
                    "or nothing while it is not judged."
                )

    @property
    def is_judged(self) -> bool:
        """Whether all three facets have been judged."""
        return not self.unjudged

    @property
    def unjudged(self) -> tuple[str, ...]:
        """The facets that nobody has judged yet."""
        return tuple(name for name in FACETS if getattr(self, name) is None)

    @property
    def highest(self) -> int | None:
        """The highest judged facet; None when none is judged."""
        return max(
            (value for name in FACETS if (value := getattr(self, name)) is not None), default=None
        )

    def reaching(self, threshold: int) -> tuple[str, ...]:
        """The facets that are at or above the threshold."""
        if not is_score(threshold) or threshold == 0:
            raise SeverityError(
                f"The threshold is {threshold!r}: give a whole number from 1 to {HIGHEST}."
            )
        return tuple(name for name in FACETS if (getattr(self, name) or 0) >= threshold)

    def reaches(self, threshold: int) -> bool:
        """Whether any one facet is at or above the threshold; an unjudged facet never is."""
        return bool(self.reaching(threshold))

    def could_reach(self, threshold: int) -> bool:
        """Whether it reaches the threshold, or might once the unjudged facets are judged."""
        return self.reaches(threshold) or not self.is_judged

    def at_worst(self) -> Severity:
        """The same harm with each unjudged facet taken at its highest, for placing in a queue."""
        scale, irremediability, scope = (
            HIGHEST if (value := getattr(self, name)) is None else value for name in FACETS
        )
        return Severity(scale=scale, scope=scope, irremediability=irremediability)


def is_score(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= HIGHEST


def joined(severities: Iterable[Severity]) -> Severity:
    """The worst of several harms, facet by facet: by maximum, so that none softens another."""
    found = list(severities)

    def worst(name: str) -> int | None:
        judged = [value for one in found if (value := getattr(one, name)) is not None]
        return max(judged, default=None)

    return Severity(
        scale=worst("scale"), scope=worst("scope"), irremediability=worst("irremediability")
    )


def sort_key(
    severity: Severity, *, severity_class: SeverityClass, likelihood: Likelihood
) -> SortKey:
    """The place in the queue, smallest first: class, highest facet, the others, likelihood.

    The facets break ties in the order scale, irremediability, scope. Unjudged facets count at
    their worst here, so that a risk cannot sink by being left unjudged.
    """
    worst = severity.at_worst()
    scale, irremediability, scope = (int(getattr(worst, name)) for name in FACETS)
    return (
        -int(severity_class),
        -max(scale, irremediability, scope),
        -scale,
        -irremediability,
        -scope,
        likelihood.place,
    )
