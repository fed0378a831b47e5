"""What was closed with a written reason, and what could still be closed; never whose it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from commonweal.job_impact.standing import standing_views
from commonweal.job_impact.views import Answer, Side
from commonweal.practices import Signal, catalogue
from commonweal_web.job_impact.models import View
from commonweal_web.job_impact.queries.files import domain_view
from commonweal_web.job_impact.queries.groups import group_name
from commonweal_web.job_impact.queries.table import SideColumn, side_column, view_words

if TYPE_CHECKING:
    from commonweal_web.job_impact.queries.files import UseFile

CLOSABLE = frozenset({Answer.PRESENT.value, Answer.UNCERTAIN.value})


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """What a side calls present or uncertain for a group, however many people say so."""

    side: SideColumn
    group: str
    answer: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosedAnswer:
    """What a side called present or uncertain, which side closed it, when, and why."""

    signal: Signal
    side: SideColumn
    group: str
    answer: str
    quotes: tuple[str, ...]
    by: SideColumn
    reason: str
    at: datetime


def closable_views(
    file: UseFile, *, signal: str, side: str, on: date, group: UUID | None = None
) -> list[View]:
    """The standing answers of a side that say present or uncertain, of all groups without one."""
    said = {str(row.pk): row for row in file.said_of(signal) if row.side == side}
    known = [domain_view(row) for row in said.values()]
    groups = [str(group)] if group else [None, *(str(one.key) for one in file.columns)]
    standing = {
        one.view.id
        for each in groups
        for one in standing_views(known, group=each, on=on)
        if not one.view.is_closed(on)
    }
    return [row for key, row in said.items() if key in standing and row.answer in CLOSABLE]


def open_answers(
    file: UseFile, *, signal: str, sides: Iterable[Side], on: date
) -> list[OpenAnswer]:
    """What of these sides could be closed about a signal, with their own words."""
    found: dict[Any, list[View]] = {}
    for side in sides:
        for row in closable_views(file, signal=signal, side=side.value, on=on):
            found.setdefault((side, row.group, row.answer), []).append(row)
    return [
        OpenAnswer(
            side=side_column(side),
            group=group_name(file.columns, key=group),
            answer=view_words(Answer(answer), is_closed=False),
            quotes=_quotes(rows),
        )
        for (side, group, answer), rows in found.items()
    ]


def closed_answers(file: UseFile) -> list[ClosedAnswer]:
    """Every closing with its reason, latest first; answers closed together are told once."""
    found: dict[Any, list[View]] = {}
    for row in file.views:
        for closing in row.closings.all():
            what = (row.signal, row.side, row.group, row.answer)
            found.setdefault((*what, closing.by_side, closing.reason, closing.at), []).append(row)
    told = [_closed(file, key, rows) for key, rows in found.items()]
    return sorted(told, key=lambda one: one.at, reverse=True)


def _closed(file: UseFile, key: Any, rows: list[View]) -> ClosedAnswer:
    signal, side, group, answer, by, reason, at = key
    return ClosedAnswer(
        signal=catalogue().signal(signal),
        side=side_column(Side(side)),
        group=group_name(file.columns, key=group),
        answer=view_words(Answer(answer), is_closed=True),
        quotes=_quotes(rows),
        by=side_column(Side(by)),
        reason=reason,
        at=at,
    )


def _quotes(rows: Iterable[View]) -> tuple[str, ...]:
    return tuple(sorted({row.words for row in rows if row.words}))
