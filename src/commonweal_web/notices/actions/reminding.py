"""Reminders of days that come near or have passed: once each, for staff, a few people a minute.

Nobody is reminded of what is private: a reminder that only those get who have not answered would
show, in any mailbox, who they are. Such days are told to the whole group by their own room.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from commonweal_web.house.declaration import Waiting
from commonweal_web.notices.actions.telling import tell
from commonweal_web.notices.models import Reminded, ReminderRound
from commonweal_web.notices.queries.waiting import everything_waiting
from commonweal_web.organisations.models import Organisation
from commonweal_web.organisations.queries import all_organisations
from commonweal_web.people.queries import actor_of, people
from commonweal_web.people.roles import STAFF
from commonweal_web.record.actor import Actor

A_MINUTE = 50
SOON = timedelta(days=7)
KEPT_FOR = timedelta(days=400)
DUE_SOON, OVERDUE = "notices.due_soon", "notices.overdue"


def remind(*, at: datetime) -> int:
    """The tick: remind the next few staff of each organisation; how many days were told."""
    Reminded.objects.filter(day__lt=at.date() - KEPT_FOR).delete()
    return sum(_remind_some(each, at=at) for each in all_organisations())


def _remind_some(organisation: Organisation, *, at: datetime) -> int:
    """Go on with the day's round where it stands; once it is over, nothing is read any more."""
    today = at.date()
    turn, _made = ReminderRound.objects.get_or_create(
        organisation=organisation, defaults={"day": today}
    )
    if turn.day != today:
        turn.day, turn.after, turn.is_over = today, None, False
    if turn.is_over:
        return 0
    staff = _next_staff(organisation, turn=turn, on=today)
    told = 0
    for actor in staff:
        with transaction.atomic():
            told += _remind(actor, organisation=organisation, at=at)
            turn.after = actor.account_id
            turn.save()
    if len(staff) < A_MINUTE:
        turn.is_over = True
        turn.save()
    return told


def remind_group(
    *,
    organisation: Organisation,
    at: datetime,
    about: str,
    group: Callable[[], Iterable[UUID]],
    url: str,
    kind: str,
    due: date,
) -> bool:
    """Tell a whole group once that a day of theirs comes near; true when that was now.

    `group` gives the ids of all of its accounts, and is only asked when it is time.
    """
    mark = hashlib.sha256(f"{kind} {about} {due}".encode()).hexdigest()
    if Reminded.objects.filter(pk=mark).exists():
        return False
    with transaction.atomic():
        Reminded.objects.create(digest=mark, day=at.date())
        tell(
            organisation=organisation,
            at=at,
            about=about,
            accounts=group(),
            url=url,
            kind=kind,
            whole_group=True,
            due=due,
        )
    return True


def _next_staff(organisation: Organisation, *, turn: ReminderRound, on: date) -> list[Actor]:
    rows = people(organisation, on=on).filter(is_active=True).order_by("pk")
    if turn.after is not None:
        rows = rows.filter(pk__gt=turn.after)
    staff = rows.filter(appointments__role__in=STAFF).distinct()
    read = staff.prefetch_related("appointments")[:A_MINUTE]
    return [actor_of(each, on=on) for each in read]


def _remind(actor: Actor, *, organisation: Organisation, at: datetime) -> int:
    """Tell one person of the days of theirs that are near or past and were not told yet."""
    near = [
        each
        for each in everything_waiting(actor=actor, organisation=organisation, at=at)
        if each.due is not None and each.due <= at.date() + SOON and not each.is_private
    ]
    new = _not_told_yet(near, actor=actor, on=at.date())
    for each in new:
        tell(
            organisation=organisation,
            at=at,
            about=each.key,
            accounts=[actor.account_id] if actor.account_id else [],
            url=each.url,
            kind=_kind(each, on=at.date()),
            due=each.due,
        )
    return len(new)


def _not_told_yet(near: list[Waiting], *, actor: Actor, on: date) -> list[Waiting]:
    """Those of which this person was not reminded yet, marked as told from now on."""
    marks = {_mark(each, actor=actor, on=on): each for each in near}
    known = set(Reminded.objects.filter(pk__in=marks).values_list("pk", flat=True))
    new = [mark for mark in marks if mark not in known]
    Reminded.objects.bulk_create(
        [Reminded(digest=mark, day=on) for mark in new], ignore_conflicts=True
    )
    return [marks[mark] for mark in new]


def _kind(waiting: Waiting, *, on: date) -> str:
    return OVERDUE if waiting.due is not None and waiting.due < on else DUE_SOON


def _mark(waiting: Waiting, *, actor: Actor, on: date) -> str:
    words = f"{actor.account_id} {waiting.key} {waiting.due} {_kind(waiting, on=on)}"
    return hashlib.sha256(words.encode()).hexdigest()
