"""Dates as registers write them, read without adding a precision they do not have."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_TOKENS = {
    "YYYY": r"(?P<year>\d{4})",
    "MM": r"(?P<month>\d{1,2})",
    "M": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{1,2})",
    "D": r"(?P<day>\d{1,2})",
}
_PATTERN = re.compile("(YYYY|MM?|DD?)")


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = _PATTERN.split(pattern)
    return re.compile("".join(_TOKENS.get(part) or re.escape(part) for part in parts))


def is_date_pattern(pattern: str) -> bool:
    """Whether a pattern has a year, no part twice, no day without a month, no stray letter."""
    parts = _PATTERN.findall(pattern)
    letters = "".join(sorted({part[0] for part in parts}))
    stray = re.search("[A-Za-z0-9]", _PATTERN.sub("", pattern))
    return len(parts) == len(letters) and letters in ("Y", "MY", "DMY") and not stray


@lru_cache(maxsize=8192)
def read_date(text: str, *, patterns: tuple[str, ...]) -> str | None:
    """Return the date as ISO 8601, as precise as it was written: `2024-10-01`, `2024-10`, `2024`.

    The first pattern that fits a date of the calendar counts. None where none does.

    >>> read_date("10/2024", patterns=("M/D/YYYY", "M/YYYY"))
    '2024-10'
    """
    for pattern in patterns:
        found = _compiled(pattern).fullmatch(text)
        if found:
            written = _iso(found.groupdict())
            if written:
                return written
    return None


def _iso(parts: dict[str, str]) -> str | None:
    try:
        whole = date(int(parts["year"]), int(parts.get("month", 1)), int(parts.get("day", 1)))
    except ValueError:
        return None
    return whole.isoformat()[: {1: 4, 2: 7, 3: 10}[len(parts)]]
