"""What a printed pack tells: everything a meeting about one use needs, or a board about all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from commonweal_web.house.declaration import Panel, Text
from commonweal_web.house.refusals import NotHere
from commonweal_web.house.rooms import rooms
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import Pack, Stage, StageChange, Standing, Use
from commonweal_web.systems.queries.filters import Asked, uses_asked
from commonweal_web.systems.queries.listing import ListedUse, uses_for_file
from commonweal_web.systems.queries.standings import date_in_words
from commonweal_web.systems.queries.whole_file import UseFile, file_of

MOST_LISTED = 300
MOST_CHANGES = 200
AHEAD = timedelta(days=90)
LOOKING_BACK = timedelta(days=91)


@dataclass(frozen=True, slots=True)
class UsePack:
    """The file of a use for a meeting, with the parts that each room adds, in their order."""

    file: UseFile
    parts: Sequence[Panel]
    dates: Sequence[tuple[date, str]]


def use_pack(use: Use, *, actor: Actor, at: datetime) -> UsePack:
    """Everything about one use that this reader may see."""
    found: list[Panel] = []
    for room in rooms():
        for part in room.pack_parts or room.use_panels:
            shown = part(use, actor=actor, at=at)
            found.extend([shown] if shown else [])
    parts = sorted(found, key=lambda each: (each.place == "margin", each.order))
    return UsePack(file_of(use, at=at), parts, dates_of(use, at=at))


def dates_of(use: Use, *, at: datetime) -> list[tuple[date, str]]:
    """Every day on which something is due, the earliest first, in words."""
    days = {
        (day, f"{room.name}.{code}")
        for room in rooms()
        for lines in room.portfolio
        for line in lines([use], at=at).values()
        for day, code in line.dates
    }
    return [(day, date_in_words(what)) for day, what in sorted(days)]


@dataclass(frozen=True, slots=True)
class BoardPack:
    """All uses, or those of a filter, for people who see them four times a year."""

    total: int
    stages: Sequence[tuple[Text, int]]
    changes: Sequence[StageChange]
    movers: Sequence[tuple[str, int]]
    gaps: Sequence[ListedUse]
    differing: Sequence[ListedUse]
    ahead: Sequence[ListedUse]
    overrides: Sequence[StageChange]
    parts: Sequence[Panel]
    since: date


def board_pack(
    organisation: Organisation, *, asked: Asked, actor: Actor, at: datetime, since: date
) -> BoardPack:
    """Counts by stage, what changed since a day, and what is open, in words and never a score.

    Every list is bounded; what is beyond it stands in the list of uses.
    """
    today = at.date()
    uses = uses_asked(organisation, asked=asked, on=today)
    keys = uses.order_by().values("pk")
    changes = StageChange.objects.of(organisation).filter(use__in=keys)
    lines = list(uses_for_file(organisation, asked=asked, at=at))
    shown = [line for line in lines if line.gaps]
    return BoardPack(
        total=len(lines),
        stages=_stages(uses),
        changes=_steps(changes.filter(changed_at__date__gte=since)),
        movers=_movers(organisation, keys=keys),
        gaps=sorted(shown, key=lambda each: -(each.gaps or 0))[:MOST_LISTED],
        differing=[each for each in lines if each.differ][:MOST_LISTED],
        ahead=_ahead(lines, until=today + AHEAD),
        overrides=_steps(changes.filter(way=StageChange.Way.OVERRIDDEN)),
        parts=_parts(organisation, uses=list(uses), actor=actor, at=at),
        since=since,
    )


def _stages(uses: Any) -> list[tuple[Text, int]]:
    counted = Counter(uses.order_by().values_list("stage", flat=True))
    return [(stage.label, counted[stage.value]) for stage in Stage if counted[stage.value]]


def _steps(changes: Any) -> list[StageChange]:
    related = changes.select_related("use", "first_executive", "second_executive")
    return list(related.order_by("-changed_at", "id")[:MOST_CHANGES])


def _movers(organisation: Organisation, *, keys: Any) -> list[tuple[str, int]]:
    """In how many uses the first gap waits for each role, the most first."""
    rows = Standing.objects.of(organisation).filter(use__in=keys, gaps__gt=0)
    return Counter(rows.values_list("first_move", flat=True)).most_common()


def _ahead(lines: Sequence[ListedUse], *, until: date) -> list[ListedUse]:
    dated = [each for each in lines if each.next_on is not None and each.next_on <= until]
    return sorted(dated, key=lambda each: (each.next_on or date.max, each.name))[:MOST_LISTED]


def _parts(
    organisation: Organisation, *, uses: Sequence[Use], actor: Actor, at: datetime
) -> list[Panel]:
    found: list[Panel] = []
    for room in rooms():
        for part in room.board_parts:
            shown = part(organisation, uses=uses, actor=actor, at=at)
            found.extend([shown] if shown else [])
    return sorted(found, key=lambda each: each.order)


def pack_of(actor: Actor, *, organisation: Organisation, pk: UUID) -> Pack:
    """A pack that this person asked for. Raises `NotHere` for anybody else's."""
    rows = Pack.objects.of(organisation).select_related("use", "organisation", "account")
    found: Pack | None = rows.filter(account_id=actor.account_id, pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such pack here; files are kept for a week.")
    return found
