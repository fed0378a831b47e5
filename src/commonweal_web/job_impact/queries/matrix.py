"""The signals as rows and the groups as columns: in each cell who says what, never a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonweal.job_impact.runs import Run
from commonweal.job_impact.standing import Cell
from commonweal.practices import Signal
from commonweal_web.job_impact.queries.groups import group_name
from commonweal_web.job_impact.queries.likely import likely_first
from commonweal_web.job_impact.queries.table import (
    SideColumn,
    answer_words,
    side_column,
    words_in_order,
)

if TYPE_CHECKING:
    from commonweal_web.job_impact.queries.files import UseFile


@dataclass(frozen=True, slots=True)
class GroupCell:
    """One signal for one group: each answer with the sides that give it."""

    group: str
    said: tuple[tuple[str, tuple[SideColumn, ...]], ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One signal for every group."""

    signal: Signal
    cells: tuple[GroupCell, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """All signals of a run against all groups."""

    columns: tuple[str, ...]
    rows: Sequence[MatrixRow]


def matrix_of(file: UseFile, run: Run, *, likely: Iterable[str]) -> Matrix:
    """The matrix of a run, likely signals first."""
    names = tuple(group_name(file.columns, key=group).capitalize() for group in run.columns)
    rows = []
    for signal in likely_first(run.signals, likely=likely):
        cells = [run.cells[signal.id, group] for group in run.columns]
        shown = tuple(
            GroupCell(name, _said(cell)) for name, cell in zip(names, cells, strict=True)
        )
        rows.append(MatrixRow(signal, shown, any(cell.differs for cell in cells)))
    return Matrix(names, rows)


def _said(cell: Cell) -> tuple[tuple[str, tuple[SideColumn, ...]], ...]:
    found = []
    for words in words_in_order():
        sides = tuple(
            side_column(side) for side, said in cell.sides.items() if answer_words(said) == words
        )
        if sides:
            found.append((words, sides))
    return tuple(found)
