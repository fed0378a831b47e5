"""The people of a roster, row by row, and what is wrong with which row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from commonweal.shared.language import _
from commonweal.systems.inventory.table import Cells, Table
from commonweal.workplaces import cells
from commonweal.workplaces.cells import CellRefused
from commonweal.workplaces.headings import (
    CONTRACT,
    COUNTRY,
    EMAIL,
    FAMILY,
    GIVEN,
    GROUP,
    LANGUAGE,
    NAME,
    NUMBER,
    SINCE,
    SITE,
    UNTIL,
)
from commonweal.workplaces.places import Place, PlaceRefused, Places

Read = TypeVar("Read")
VALUE_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell, and what to do; the row as a spreadsheet program counts it."""

    row: int
    column: str
    value: str
    message: str

    def as_record(self) -> dict[str, Any]:
        """The problem as programs get it."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Person:
    """What a roster, or a program, says of one person.

    None means that nothing was said, so what stands stays; an empty text means that there is none.
    `says_until` tells an open end, which was said, from one that was not spoken of.
    """

    number: str
    name: str
    place: Place
    email: str | None = None
    language: str | None = None
    since: date | None = None
    until: date | None = None
    says_until: bool = False


@dataclass(slots=True)
class Reading:
    """A roster that was read: its people, or the problems that keep it from coming in."""

    places: Places
    rows: int = 0
    people: list[Person] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def sites(self) -> frozenset[str]:
        """The sites that the roster names."""
        return frozenset(each.place.site for each in self.people)


class RowRefused(ValueError):
    """A row that cannot be taken in, by the column that is at fault."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


def read_people(table: Table, *, columns: Mapping[str, int], places: Places) -> Reading:
    """Read every row of a roster; of a row with several faults the first is told.

    `columns` holds the position, counted from 1, of each column that is used. Two rows of one
    number are a problem of the later one.
    """
    reading = Reading(places, rows=len(table.rows))
    reader = _Rows(table, columns=columns, places=places)
    first_row: dict[str, int] = {}
    for row, given in zip(table.row_numbers, table.rows, strict=True):
        try:
            person = reader.person(given)
            _refuse_twice(person.number, known=first_row.setdefault(person.number, row), row=row)
        except RowRefused as refused:
            reading.problems.append(reader.problem(row, given=given, refused=refused))
        else:
            reading.people.append(person)
    return reading


def _refuse_twice(number: str, *, known: int, row: int) -> None:
    if known != row:
        raise RowRefused(
            NUMBER,
            _("Row %(row)s has this number too. Give every person a number of their own.")
            % {"row": known},
        )


class _Rows:
    """Reads the rows of one table, remembering what the same text meant before."""

    def __init__(self, table: Table, *, columns: Mapping[str, int], places: Places) -> None:
        self._at = {target: position - 1 for target, position in columns.items()}
        self._titles = {
            target: table.columns[position - 1].name for target, position in columns.items()
        }
        self._place = lru_cache(maxsize=None)(self._find_place)
        self._places = places
        self._language = lru_cache(maxsize=None)(cells.read_language)
        self._days = {
            target: self._reader_of_days(table, target=target)
            for target in (SINCE, UNTIL)
            if target in columns
        }

    def person(self, given: Cells) -> Person:
        until = self._day(given, target=UNTIL)
        since = self._day(given, target=SINCE)
        if until is not None and since is not None and until < since:
            raise RowRefused(UNTIL, _("The end lies before the start. Correct one of the two."))
        return Person(
            number=self._needed(given, target=NUMBER, longest=cells.LONGEST_NUMBER),
            name=self._name(given),
            place=self._place_of(given),
            email=self._read(given, target=EMAIL, by=cells.read_email),
            language=self._read(given, target=LANGUAGE, by=self._language),
            since=since,
            until=until,
            says_until=UNTIL in self._at,
        )

    def problem(self, row: int, *, given: Cells, refused: RowRefused) -> Problem:
        """A refused row as it is told: by the heading of its column and the cell as it stands."""
        column = self._titles.get(refused.column, "") or refused.column
        return Problem(
            row, column, self._cell(given, target=refused.column)[:VALUE_SHOWN], str(refused)
        )

    def _cell(self, given: Cells, *, target: str) -> str:
        place = self._at.get(target)
        if place is None or place >= len(given):
            return ""
        return cells.cleaned(given[place])

    def _needed(self, given: Cells, *, target: str, longest: int) -> str:
        text = self._cell(given, target=target)
        if not text:
            raise RowRefused(target, _("This is missing. Every person needs it."))
        return _checked(target, text, lambda value: cells.within(value, longest=longest))

    def _name(self, given: Cells) -> str:
        if NAME in self._at:
            return self._needed(given, target=NAME, longest=cells.LONGEST_NAME)
        parts = (self._cell(given, target=GIVEN), self._cell(given, target=FAMILY))
        name = " ".join(filter(None, parts))
        target = FAMILY if FAMILY in self._at else GIVEN
        if not name:
            raise RowRefused(target, _("This is missing. Every person needs it."))
        return _checked(
            target, name, lambda value: cells.within(value, longest=cells.LONGEST_NAME)
        )

    def _read(self, given: Cells, *, target: str, by: Callable[[str], str]) -> str | None:
        if target not in self._at:
            return None
        return _checked(target, self._cell(given, target=target), by)

    def _day(self, given: Cells, *, target: str) -> date | None:
        if target not in self._at:
            return None
        return _checked(target, self._cell(given, target=target), self._days[target])

    def _place_of(self, given: Cells) -> Place:
        site, group, contract, country = (
            self._cell(given, target=target) for target in (SITE, GROUP, CONTRACT, COUNTRY)
        )
        return self._place(site, group, contract, country)

    def _find_place(self, site: str, group: str, contract: str, country: str) -> Place:
        longest = cells.LONGEST_PLACE
        _checked(SITE, site, lambda value: cells.within(value, longest=longest))
        _checked(GROUP, group, lambda value: cells.within(value, longest=longest))
        try:
            return self._places.find(
                site=site,
                group=group,
                contract=_checked(CONTRACT, contract, cells.read_contract),
                country=_checked(COUNTRY, country, cells.read_country),
            )
        except PlaceRefused as refused:
            raise RowRefused(refused.column, str(refused)) from refused

    def _reader_of_days(self, table: Table, *, target: str) -> Callable[[str], date | None]:
        order = cells.order_of_days(self._cell(row, target=target) for row in table.rows)

        def read(text: str) -> date | None:
            return cells.read_day(text, order=order)

        return lru_cache(maxsize=None)(read)


def _checked(target: str, text: str, read: Callable[[str], Read]) -> Read:
    try:
        return read(text)
    except CellRefused as refused:
        raise RowRefused(target, str(refused)) from refused
