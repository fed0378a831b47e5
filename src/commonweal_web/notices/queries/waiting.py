"""What waits for a person in all rooms together, by due day, and the days themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Text, Waiting
from commonweal_web.house.rooms import rooms
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """What is overdue, due this week, due later, or without a day."""

    title: Text
    waiting: tuple[Waiting, ...]


def everything_waiting(*, actor: Actor, organisation: Organisation, at: datetime) -> list[Waiting]:
    """What waits for this person in any room, the earliest day first, without a day last."""
    found = _in_all_rooms(actor=actor, organisation=organisation, at=at)
    return [each for each in found if not each.is_done]


def days_waiting(*, actor: Actor, organisation: Organisation, at: datetime) -> list[Waiting]:
    """What has a day, for this person's calendar.

    The day of what is private stays when it is done: a calendar that others can see would
    otherwise show who has answered.
    """
    found = _in_all_rooms(actor=actor, organisation=organisation, at=at)
    return [each for each in found if each.due is not None]


def _in_all_rooms(*, actor: Actor, organisation: Organisation, at: datetime) -> list[Waiting]:
    found = [
        each
        for room in rooms()
        for waiting in room.waiting
        for each in waiting(actor=actor, organisation=organisation, at=at)
    ]
    return sorted(found, key=lambda each: (each.due is None, each.due or date.max))


def in_groups(waiting: list[Waiting], *, on: date) -> list[WaitingGroup]:
    """What waits, by how near its day is; a group that would be empty is left out."""
    titles = (_("Overdue"), _("This week"), _("Later"), _("Without a day"))
    groups: list[list[Waiting]] = [[], [], [], []]
    for each in waiting:
        groups[_place(each.due, on=on)].append(each)
    return [
        WaitingGroup(title, tuple(found))
        for title, found in zip(titles, groups, strict=True)
        if found
    ]


def _place(due: date | None, *, on: date) -> int:
    if due is None:
        return 3
    if due < on:
        return 0
    return 1 if due < on + WEEK else 2
