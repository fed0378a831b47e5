"""What a roster changes: who joins, changes, moves and leaves; nothing else.

`change_of` decides for one person, whoever says it: a row of a file, a form, or a program. A plan
is that decision for everybody in a file, and for those whom a whole list no longer names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from commonweal.workplaces.people import Person
from commonweal.workplaces.places import Place

Kind = Literal["joined", "changed", "moved", "left"]
Lists = Literal["some", "sites", "everyone"]
KINDS: tuple[Kind, ...] = ("joined", "changed", "moved", "left")
DAY = timedelta(days=1)
MANY_LEAVE = 5
"""One in so many may leave by one file; beyond that a person must say that it is meant."""


@dataclass(frozen=True, slots=True)
class Line:
    """The latest line of one number, as it stands. `is_first` where the person had no other."""

    id: UUID
    number: str
    name: str
    email: str
    language: str
    place: Place
    since: date
    until: date | None
    is_first: bool = True

    def has_ended(self, day: date) -> bool:
        """Whether the last day lies before this day."""
        return self.until is not None and self.until < day


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one person: the columns to set, on the line that stands or on a new one.

    A move ends the line that stands on the day `ends` and begins a new one.
    """

    kind: Kind
    number: str
    name: str
    place: Place
    line: UUID | None = None
    sets: Mapping[str, Any] = field(default_factory=dict)
    ends: date | None = None


def change_of(person: Person, *, line: Line | None, on: date) -> Change | None:
    """What one statement about a person changes on a day; None where all is as it says.

    Somebody whose last day is past leaves; somebody without a line, or with an ended one, joins.
    """
    has_left = person.until is not None and person.until < on
    if line is None or line.has_ended(on):
        return None if has_left else _joining(person, line=line, on=on)
    if has_left:
        return leaving(line, until=person.until)
    if person.place != line.place:
        return _moving(person, line=line, on=on)
    sets = dict(_differences(person, line=line))
    if not sets:
        return None
    return Change("changed", line.number, person.name, line.place, line.id, sets)


def leaving(line: Line, *, until: date | None) -> Change:
    """That somebody leaves, with the last day."""
    return Change("left", line.number, line.name, line.place, line.id, {"until": until})


def _joining(person: Person, *, line: Line | None, on: date) -> Change:
    since = person.since or on
    if line is not None and line.until is not None:
        since = max(since, line.until + DAY)
    sets = {**_details(person), "since": since, "until": person.until}
    return Change(
        "joined", person.number, person.name, person.place, line.id if line else None, sets
    )


def _moving(person: Person, *, line: Line, on: date) -> Change:
    kept = {"email": line.email, "language": line.language}
    until = person.until if person.says_until else line.until
    since = max(on, line.since)
    sets = {**kept, **_said(person), "name": person.name, "since": since, "until": until}
    return Change("moved", line.number, person.name, person.place, line.id, sets, since - DAY)


def _said(person: Person) -> dict[str, Any]:
    said = {"email": person.email, "language": person.language}
    return {name: value for name, value in said.items() if value is not None}


def _details(person: Person) -> dict[str, Any]:
    return {"name": person.name, "email": "", "language": "", **_said(person)}


def _differences(person: Person, *, line: Line) -> Iterator[tuple[str, Any]]:
    """The columns that differ; the start is corrected only on the first line of a person."""
    stated: dict[str, Any] = {"name": person.name, **_said(person)}
    if person.says_until:
        stated["until"] = person.until
    if person.since is not None and line.is_first:
        stated["since"] = person.since
    for name, value in stated.items():
        if getattr(line, name) != value:
            yield name, value


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a roster changes, and how many lines stay as they are."""

    changes: tuple[Change, ...]
    unchanged: int
    current: int

    def of(self, kind: Kind) -> list[Change]:
        """The changes of one kind."""
        return [each for each in self.changes if each.kind == kind]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        found: dict[str, int] = dict.fromkeys(KINDS, 0)
        for each in self.changes:
            found[each.kind] += 1
        return {**found, "unchanged": self.unchanged}

    @property
    def many_leave(self) -> bool:
        """Whether more than a fifth of the people whom the file speaks of would leave."""
        return self.counts["left"] * MANY_LEAVE > self.current

    @property
    def digest(self) -> str:
        """What tells this plan from another one; equal plans have equal digests."""
        seen = hashlib.sha256()
        for each in sorted(self.changes, key=lambda change: change.number):
            sets = sorted((name, str(value)) for name, value in each.sets.items())
            seen.update(repr((each.kind, each.number, each.line, each.place, sets)).encode())
        return seen.hexdigest()


def plan_roster(
    people: Iterable[Person],
    *,
    lines: Mapping[str, Line],
    lists: Lists,
    on: date,
) -> Plan:
    """What a roster changes, given the latest line of each number.

    `lists` says whom the file names: "some" people, everyone at the "sites" it names, or
    "everyone". Only in the last two does anybody leave by not being named; their last day is the
    day before.
    """
    changes: list[Change] = []
    named: set[str] = set()
    sites: set[str] = set()
    unchanged = 0
    for person in people:
        named.add(person.number)
        sites.add(person.place.site)
        change = change_of(person, line=lines.get(person.number), on=on)
        if change is None:
            unchanged += 1
        else:
            changes.append(change)
    spoken_of = [each for each in lines.values() if not each.has_ended(on)]
    if lists == "sites":
        spoken_of = [each for each in spoken_of if each.place.site in sites]
    if lists != "some":
        gone = [each for each in spoken_of if each.number not in named]
        changes += [leaving(each, until=on - DAY) for each in gone]
    return Plan(tuple(changes), unchanged, len(spoken_of))
