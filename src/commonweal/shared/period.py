"""A stretch of days. Both its first and its last day belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


class PeriodError(ValueError):
    """Days that make no period, with the reason and what to do."""


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included; without `last` it goes on without end.

    >>> Period(date(2026, 1, 1), date(2026, 1, 31)).days
    31
    """

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        for day in (self.first, self.last):
            if isinstance(day, datetime):
                raise PeriodError(f"{day!r} has a time of day: give a date alone.")
        if self.last is not None and self.last < self.first:
            raise PeriodError(
                f"The last day {self.last} is before the first day {self.first}: swap them."
            )

    @classmethod
    def of_days(cls, first: date, *, days: int) -> Period:
        """The period of that many days which begins on `first`; one day begins and ends it."""
        if days < 1:
            raise PeriodError(f"A period has at least one day, not {days}.")
        return cls(first, first + timedelta(days=days - 1))

    @classmethod
    def of_year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def days(self) -> int | None:
        """How many days it has; None when it has no end."""
        return None if self.last is None else (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: Period) -> bool:
        """Whether at least one day belongs to both."""
        return not (self.is_over(other.first) or other.is_over(self.first))

    def is_over(self, on: date) -> bool:
        """Whether `on` is after the last day; on the last day it is not over yet."""
        return self.last is not None and on > self.last
