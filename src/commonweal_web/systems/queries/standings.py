"""Where each use stands, worked out from what every room answers, for many uses at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db.models import Q

from commonweal.systems.gates import GATES, Gate
from commonweal.systems.stages import Stage as DomainStage
from commonweal_web.house.declaration import Text, UseLine
from commonweal_web.house.rooms import rooms
from commonweal_web.systems.models import Incident, Stage, Standing, Use
from commonweal_web.systems.queries.gates import requirements_of
from commonweal_web.systems.queries.touched import touched_in_words

OVER = (Stage.RETIRED, Stage.STOPPED)


@dataclass(frozen=True, slots=True)
class Line:
    """The columns of a `Standing` that are worked out."""

    gate: str = ""
    gaps: int = 0
    first_move: str = ""
    moves: str = ""
    next_on: date | None = None
    next_what: str = ""
    sides_differ: int = 0
    open_risks: int = 0
    unjudged_risks: int = 0
    gravest: int | None = None
    touches: str = ""

    @classmethod
    def of(cls, standing: Standing) -> Line:
        """What a row says now."""
        return cls(**{name: getattr(standing, name) for name in COLUMNS})


COLUMNS = tuple(field.name for field in fields(Line))


def stale_on(on: date) -> Q:
    """The lines that do not hold on this day: marked, or counted on another day."""
    return Q(is_stale=True) | Q(counted_on__isnull=True) | ~Q(counted_on=on)


def lines_of(uses: Sequence[Use], *, at: datetime) -> dict[UUID, Line]:
    """The line of each of these uses of one organisation, in a constant number of statements."""
    touched = touched_in_words(uses)
    lines = {use.pk: Line(touches="; ".join(touched.get(use.pk, ()))) for use in uses}
    for gate in GATES:
        waiting = [use for use in uses if DomainStage(use.stage) is gate.leaving]
        for pk, roles in _open_at(waiting, gate=gate, at=at).items():
            lines[pk] = _before(gate, roles=roles, line=lines[pk])
    for pk, told in _told(uses, at=at).items():
        lines[pk] = _joined(lines[pk], told=told)
    return lines


def _open_at(uses: Sequence[Use], *, gate: Gate, at: datetime) -> Mapping[UUID, list[str]]:
    """Whose move each open requirement is, in the order of the rooms."""
    asked = requirements_of(uses, gate=gate, at=at) if uses else {}
    return {
        pk: [each.role.value for each in each_of if each.is_open] for pk, each_of in asked.items()
    }


def _before(gate: Gate, *, roles: Sequence[str], line: Line) -> Line:
    """What is open before this gate; where nothing is, those who sign are to move."""
    movers = list(dict.fromkeys(roles)) or [role.value for role in gate.passed_by]
    moves = f" {' '.join(movers)} "
    return replace(
        line, gate=gate.entering.value, gaps=len(roles), first_move=movers[0], moves=moves
    )


def _told(uses: Sequence[Use], *, at: datetime) -> Mapping[UUID, list[tuple[str, UseLine]]]:
    found: dict[UUID, list[tuple[str, UseLine]]] = {}
    for room in rooms():
        for lines in room.portfolio:
            for pk, line in lines(uses, at=at).items():
                found.setdefault(pk, []).append((room.name, line))
    return found


def _joined(line: Line, *, told: Sequence[tuple[str, UseLine]]) -> Line:
    days = sorted((day, f"{room}.{code}") for room, each in told for day, code in each.dates)
    day, what = days[0] if days else (None, "")
    classes = [each.gravest for _room, each in told if each.gravest is not None]
    return replace(
        line,
        next_on=day,
        next_what=what,
        sides_differ=sum(each.sides_differ for _room, each in told),
        open_risks=sum(each.open_risks for _room, each in told),
        unjudged_risks=sum(each.unjudged_risks for _room, each in told),
        gravest=max(classes, default=None),
    )


@cache
def _words() -> dict[str, Text]:
    return {
        f"{room.name}.{code}": text
        for room in rooms()
        for code, text in room.portfolio_words.items()
    }


def date_in_words(what: str) -> str:
    """What is due on a day, by the code that a line keeps; empty for none."""
    return str(_words().get(what, ""))


def class_in_words(severity_class: int | None) -> str:
    """The words of a severity class, by whichever room judges risks; empty for none."""
    code = f"class:{severity_class}"
    return next((str(text) for key, text in _words().items() if key.endswith(f".{code}")), "")


def classes_in_words() -> list[tuple[int, str]]:
    """Every severity class with its words, the gravest first."""
    found = {key.rpartition(":")[2]: text for key, text in _words().items() if ".class:" in key}
    return sorted(((int(key), str(text)) for key, text in found.items()), reverse=True)


def own_line(uses: Sequence[Use], *, at: datetime) -> dict[UUID, UseLine]:
    """The days that this room knows: the review, the day of stopping, open incidents."""
    days: dict[UUID, list[tuple[date, str]]] = {use.pk: _days(use) for use in uses}
    owners = {use.organisation_id for use in uses}
    incidents = Incident.objects.filter(
        organisation_id__in=owners,
        use__in=list(days),
        closed_on__isnull=True,
        follow_up_due__isnull=False,
    )
    for pk, due in incidents.values_list("use_id", "follow_up_due"):
        days[pk].append((due, "follow_up"))
    return {pk: UseLine(dates=tuple(each)) for pk, each in days.items() if each}


def _days(use: Use) -> list[tuple[date, str]]:
    if use.stage in OVER:
        return []
    days = ((use.review_on, "review"), (use.stopping_on, "stopping"))
    return [(day, code) for day, code in days if day is not None and _stands(use, code=code)]


def _stands(use: Use, *, code: str) -> bool:
    """A use that is being stopped is reviewed no more."""
    return (code == "stopping") == (use.stage == Stage.STOPPING)
