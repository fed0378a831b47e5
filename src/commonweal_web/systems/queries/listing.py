"""The list of uses: lean rows for a page of fifty, and for a file of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, QuerySet

from commonweal_web.house.paging import Page
from commonweal_web.organisations.models import Organisation
from commonweal_web.systems.models import Standing, Use
from commonweal_web.systems.queries.filters import Asked, uses_asked
from commonweal_web.systems.queries.standings import stale_on

MOST_IN_A_FILE = 10_000
CHUNK = 500
PAGE = 50


class ListedUse(NamedTuple):
    """One use as the list shows it: where it stands, what is open, and what comes next."""

    pk: UUID
    name: str
    system: str
    unit: str
    owner: str | None
    stage: str
    since: date
    without_gate: bool
    review_on: date | None
    gate: str | None
    gaps: int | None
    first_move: str | None
    next_on: date | None
    next_what: str | None
    differ: int | None
    open_risks: int | None
    unjudged: int | None
    gravest: int | None
    touches: str | None
    counted_on: date | None


COLUMNS = (
    "pk",
    "name",
    "system__name",
    "unit",
    "owner__name",
    "stage",
    "stage_since",
    "entered_without_gate",
    "review_on",
    "standing__gate",
    "standing__gaps",
    "standing__first_move",
    "standing__next_on",
    "standing__next_what",
    "standing__sides_differ",
    "standing__open_risks",
    "standing__unjudged_risks",
    "standing__gravest",
    "standing__touches",
    "standing__counted_on",
)


@dataclass(frozen=True, slots=True)
class UsesPage(Page[ListedUse]):
    """A page of the list; `is_behind` when lines must be counted anew before they are shown."""

    is_behind: bool = False


def uses_listed(
    organisation: Organisation, *, asked: Asked, at: datetime, number: int = 1, size: int = PAGE
) -> UsesPage:
    """One page of the list, in two statements; a page beyond the last is the last."""
    on = at.date()
    rows = uses_asked(organisation, asked=asked, on=on)
    start = (max(1, number) - 1) * size
    found = _read(rows, organisation=organisation, on=on, start=start, size=size)
    if not found and number > 1:
        last = max(1, -(-rows.count() // size))
        return uses_listed(organisation, asked=asked, at=at, number=last, size=size)
    if not found:
        behind = lines_behind(organisation, on=on)
        return UsesPage([], 1, size, 0, is_behind=behind)
    listed = [ListedUse(*row[:-1]) for row in found]
    behind = found[0][-1] or any(each.counted_on != on for each in listed)
    return UsesPage(listed, max(1, number), size, rows.count(), is_behind=behind)


def _read(
    rows: QuerySet[Use], *, organisation: Organisation, on: date, start: int, size: int
) -> list[Any]:
    """The rows of a page with all they show; only their keys are sorted among all that fit."""
    stale = Standing.objects.of(organisation).filter(stale_on(on))
    keys = rows.values("pk")[start : start + size]
    shown = Use.objects.filter(pk__in=keys).order_by(*rows.query.order_by)
    return list(shown.annotate(behind=Exists(stale)).values_list(*COLUMNS, "behind"))


def lines_behind(organisation: Organisation, *, on: date) -> bool:
    """Whether any line must be counted anew before it is shown on this day."""
    return Standing.objects.of(organisation).filter(stale_on(on)).exists()


def lines_left(organisation: Organisation, *, on: date) -> int:
    """How many lines still wait to be counted anew."""
    return Standing.objects.of(organisation).filter(stale_on(on)).count()


def uses_for_file(
    organisation: Organisation, *, asked: Asked, at: datetime
) -> Iterator[ListedUse]:
    """The same rows for a file, at most `MOST_IN_A_FILE`, read piece by piece."""
    rows = uses_asked(organisation, asked=asked, on=at.date()).values_list(*COLUMNS)
    for start in range(0, MOST_IN_A_FILE, CHUNK):
        chunk = [ListedUse(*row) for row in rows[start : start + CHUNK]]
        yield from chunk
        if len(chunk) < CHUNK:
            return
