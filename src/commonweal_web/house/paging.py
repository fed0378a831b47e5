"""Bounded pages of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

Entry = TypeVar("Entry")
LARGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[Entry]):
    """One page of a list: its rows, which page it is, and how many rows there are in all."""

    rows: Sequence[Entry]
    number: int
    size: int
    total: int

    @property
    def count_of_pages(self) -> int:
        """At least one, so that an empty list has a page to teach on."""
        return max(1, -(-self.total // self.size))

    @property
    def previous(self) -> int | None:
        """The page before, or None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after, or None on the last."""
        return self.number + 1 if self.number < self.count_of_pages else None


def page_of(rows: QuerySet[Any], *, number: int, size: int = 50) -> Page[Any]:
    """One page of a queryset, in two statements. A number past the end gives the last page."""
    size = max(1, min(size, LARGEST_PAGE))
    total = rows.count()
    last = max(1, -(-total // size))
    number = max(1, min(number, last))
    start = (number - 1) * size
    return Page(list(rows[start : start + size]), number, size, total)


def page_number(text: str | None) -> int:
    """The page asked for in an address; anything that is no page number means the first."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1
