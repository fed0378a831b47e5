"""A register as it stands in its file: columns by position, cells as exact text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from commonweal.shared.language import _, digits
from commonweal.systems.inventory.refusal import RegisterRefused

Kind = Literal["csv", "xlsx", "json"]
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place, counted from 1, and its header exactly as written.

    Headers may repeat or be blank, so only the position identifies a column.
    """

    position: int
    name: str

    def __str__(self) -> str:
        return f"{' '.join(self.name.split()) or 'no header'} (column {self.position})"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a register may be before it is refused."""

    file_bytes: int = 64 * 1024 * 1024
    rows: int = 200_000
    columns: int = 1_000
    cell_characters: int = 100_000
    unpacked_bytes: int = 512 * 1024 * 1024
    unpacked_member_bytes: int = 256 * 1024 * 1024
    unpacked_ratio: int = 200
    members: int = 2_000


@dataclass(frozen=True, slots=True)
class Table:
    """A register read whole.

    `rows` hold every cell exactly; a row of a CSV file may be shorter or longer than the header.
    `row_numbers` are what a spreadsheet program shows beside each row (the header is row 1); in
    JSON they count the records from 1. Rows without any character are left out, and their numbers
    with them. `encoding` is the encoding found or declared; empty for XLSX.
    """

    columns: tuple[Column, ...]
    rows: tuple[Cells, ...]
    row_numbers: tuple[int, ...]
    encoding: str
    kind: Kind


def named_columns(headers: Iterable[str]) -> tuple[Column, ...]:
    """Number the headers from 1, keeping repeated and blank ones."""
    return tuple(Column(position, name) for position, name in enumerate(headers, start=1))


def build_table(
    numbered: Iterable[tuple[int, Cells]],
    *,
    limits: Limits,
    encoding: str,
    kind: Kind,
    headers: Cells | None = None,
) -> Table:
    """Collect numbered rows within the limits; the first row is the header unless one is given.

    Refuses an empty register, one with a header only, and one beyond a limit.
    """
    rows: list[Cells] = []
    numbers: list[int] = []
    if headers is not None:
        _check_row(headers, number=0, limits=limits)
    for number, cells in numbered:
        if not any(cells):
            continue
        _check_row(cells, number=number, limits=limits)
        if headers is None:
            headers = cells
            continue
        if len(rows) == limits.rows:
            raise RegisterRefused(
                "too-many-rows",
                _("The register has more than %(rows)s rows. Split it into smaller files.")
                % {"rows": digits(limits.rows)},
                where=_("row %(row)s") % {"row": number},
            )
        rows.append(cells)
        numbers.append(number)
    if not headers:
        raise RegisterRefused(
            "empty", _("The file holds no rows at all. Check that the right file was chosen.")
        )
    if not rows:
        raise RegisterRefused(
            "no-rows",
            _("The file has a header but no rows below it. Check that the export was complete."),
        )
    return Table(named_columns(headers), tuple(rows), tuple(numbers), encoding, kind)


def _check_row(cells: Cells, *, number: int, limits: Limits) -> None:
    if len(cells) > limits.columns:
        raise RegisterRefused(
            "too-many-columns",
            _(
                "Row %(number)s has %(cells)s cells; at most %(columns)s columns are read. "
                "Check the delimiter, or remove columns that hold no facts about a use."
            )
            % {"number": number, "cells": digits(len(cells)), "columns": digits(limits.columns)},
            where=_("row %(row)s") % {"row": number},
        )
    if max(map(len, cells), default=0) > limits.cell_characters:
        _refuse_long_cell(cells, number=number, limits=limits)


def _refuse_long_cell(cells: Cells, *, number: int, limits: Limits) -> None:
    """Refuse the first cell of a row that is longer than the limit, by its column."""
    for position, cell in enumerate(cells, start=1):
        if len(cell) > limits.cell_characters:
            raise RegisterRefused(
                "cell-too-long",
                _(
                    "A cell has %(cell)s characters; at most %(cell_characters)s are read. An "
                    "unclosed quote mark is the usual cause."
                )
                % {"cell": digits(len(cell)), "cell_characters": digits(limits.cell_characters)},
                where=_("row %(row)s, column %(column)s") % {"row": number, "column": position},
            )
