"""Keeps the line of each use in the list: marked when something changes, worked out when asked.

Lines are derived, so no step of the record is theirs. They are marked in the same transaction as
the change, and counted anew before anybody reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from commonweal_web.house.rooms import rooms
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.record.events import RowsWritten
from commonweal_web.systems.models import Standing, Use
from commonweal_web.systems.queries.standings import COLUMNS, lines_of, stale_on
from commonweal_web.systems.queries.touched import uses_of_rows

PART = 250
MOST_WHILE_READING = 500
Read = TypeVar("Read")


def follow_rows(
    event: RowsWritten, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """Mark the lines of all uses that the rows of an action are about."""
    if any(row._meta.label_lower in _of_every_use() for row in event.rows):
        Standing.objects.of(organisation).filter(is_stale=False).update(is_stale=True)
    mark(organisation, uses=uses_of_rows(event.rows))


@cache
def _of_every_use() -> frozenset[str]:
    return frozenset(label for room in rooms() for label in room.asks_anew)


def mark(organisation: Organisation, *, uses: Iterable[UUID]) -> None:
    """Say that these lines must be counted anew; a use without a line gets one."""
    Standing.objects.bulk_create(
        [Standing(organisation=organisation, use_id=use) for use in sorted(uses)],
        update_conflicts=True,
        update_fields=["is_stale"],
        unique_fields=["use"],
        batch_size=PART,
    )


def bring_up_to_date(
    organisation: Organisation, *, at: datetime, most: int = MOST_WHILE_READING
) -> int:
    """Count anew what changed or was counted on another day, at most so many; says how many."""
    done = 0
    while done < most:
        part = _next_part(organisation, at=at, size=min(PART, most - done))
        done += part
        if part < PART:
            break
    return done


@transaction.atomic
def _next_part(organisation: Organisation, *, at: datetime, size: int) -> int:
    """The rows are held first, so that a change that comes meanwhile marks them again.

    Rows that somebody else is just writing are passed by; they are still marked afterwards.
    """
    rows = Standing.objects.of(organisation).filter(stale_on(at.date()))
    locked = rows.select_for_update(skip_locked=True, of=("self",))
    held = list(locked.order_by("pk")[:size])
    uses = Use.objects.of(organisation).filter(pk__in=[row.use_id for row in held])
    lines = lines_of(list(uses.select_related("organisation", "system")), at=at)
    for row in held:
        for name in COLUMNS:
            setattr(row, name, getattr(lines[row.use_id], name))
        row.is_stale, row.counted_on = False, at.date()
    _store(held)
    return len(held)


def _store(rows: list[Standing]) -> None:
    """Write whole rows over those that are there, which costs far less than an update by cases."""
    Standing.objects.bulk_create(
        rows,
        update_conflicts=True,
        update_fields=[*COLUMNS, "is_stale", "counted_on"],
        unique_fields=["use"],
        batch_size=PART,
    )


def count_anew(*, at: datetime) -> int:
    """Bring every line of every organisation up to date; what time alone changes comes daily."""
    done = 0
    for organisation in Organisation.objects.all():
        _add_missing(organisation)
        done += bring_up_to_date(organisation, at=at, most=1_000_000)
    return done


def _add_missing(organisation: Organisation) -> None:
    """Uses whose line was thrown away."""
    lacking = Use.objects.of(organisation).filter(standing__isnull=True)
    mark(organisation, uses=lacking.values_list("pk", flat=True))


def counted(organisation: Organisation, *, at: datetime, read: Callable[[], Read]) -> Read:
    """What `read` finds once no line is behind; it is read twice only where one was."""
    found = read()
    if not getattr(found, "is_behind", True):
        return found
    _add_missing(organisation)
    bring_up_to_date(organisation, at=at)
    return read()
