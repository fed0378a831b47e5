"""The views side by side: one row per signal, one line per group that differs, never averaged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.job_impact.runs import Run
from commonweal.job_impact.standing import Cell, SideAnswer, Standing, standing_views
from commonweal.job_impact.views import Answer, Side
from commonweal.practices import Signal
from commonweal_web.house.declaration import Text
from commonweal_web.house.texts import day_text
from commonweal_web.job_impact.queries.groups import Column, group_name
from commonweal_web.job_impact.queries.likely import likely_first

if TYPE_CHECKING:
    from commonweal_web.job_impact.queries.files import UseFile

ANSWER_WORDS: dict[Answer, Text] = {
    Answer.NOT_YET_ASSESSED: gettext_lazy("not yet assessed"),
    Answer.PRESENT: gettext_lazy("present"),
    Answer.NOT_PRESENT: gettext_lazy("not present"),
    Answer.UNCERTAIN: gettext_lazy("uncertain"),
    Answer.NOT_APPLICABLE: gettext_lazy("does not apply"),
}
CLOSED_WORDS: dict[Answer, Text] = {
    Answer.PRESENT: gettext_lazy("present, closed"),
    Answer.UNCERTAIN: gettext_lazy("uncertain, closed"),
}
SIDE_WORDS: dict[Side, Text] = {
    Side.WORKERS: gettext_lazy("Workers"),
    Side.REPRESENTATIVES: gettext_lazy("Representatives"),
    Side.MANAGEMENT: gettext_lazy("Management"),
    Side.EXPERTS: gettext_lazy("Experts"),
    Side.CONTRIBUTORS: gettext_lazy("Other people"),
}
MARK_OF_SIDE: dict[Side, str] = {
    Side.WORKERS: "workers",
    Side.REPRESENTATIVES: "workers",
    Side.MANAGEMENT: "management",
    Side.EXPERTS: "experts",
    Side.CONTRIBUTORS: "public",
}
USUAL_SIDES = (Side.WORKERS, Side.REPRESENTATIVES, Side.MANAGEMENT, Side.EXPERTS)


@dataclass(frozen=True, slots=True)
class SideColumn:
    """One side as the heading of a column: its mark and its word."""

    key: str
    mark: str
    word: str


@dataclass(frozen=True, slots=True)
class SideCell:
    """What one side says, in words; `quotes` are its own words, in no order of time."""

    column: SideColumn
    answer: str
    text: str
    quotes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One signal for the groups of which every side says the same."""

    groups: str
    cells: tuple[SideCell, ...]
    differs: bool
    is_present: bool
    is_assessed: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class SignalRow:
    """One signal with a line for each set of groups, and why it is asked first."""

    signal: Signal
    lines: tuple[Line, ...]
    reasons: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the sides, or people inside one side, say different things somewhere."""
        return any(line.differs for line in self.lines)

    @property
    def is_present(self) -> bool:
        """Whether any side's "present" stands somewhere."""
        return any(line.is_present for line in self.lines)

    @property
    def is_closed(self) -> bool:
        """Whether something that a side called present or uncertain was closed."""
        return any(line.is_closed for line in self.lines)

    @property
    def is_silent(self) -> bool:
        """Whether no side has said anything yet."""
        return not any(line.is_assessed for line in self.lines)


def side_columns(run: Run) -> tuple[SideColumn, ...]:
    """The sides of a table: the four that are always asked, and others once they spoke."""
    spoke = any(view.side is Side.CONTRIBUTORS for view in run.views)
    sides = (*USUAL_SIDES, Side.CONTRIBUTORS) if spoke else USUAL_SIDES
    return tuple(side_column(side) for side in sides)


def side_column(side: Side) -> SideColumn:
    """One side as a heading."""
    return SideColumn(side.value, MARK_OF_SIDE[side], str(SIDE_WORDS[side]))


def signal_rows(
    file: UseFile, run: Run, *, likely: Mapping[str, tuple[str, ...]]
) -> list[SignalRow]:
    """Every signal of a run in the order it is asked, the views of each side kept apart."""
    table = _Table(file, run)
    return [
        SignalRow(signal, tuple(table.lines(signal.id)), likely.get(signal.id, ()))
        for signal in likely_first(run.signals, likely=likely)
    ]


class _Table:
    def __init__(self, file: UseFile, run: Run) -> None:
        self.columns, self.run = file.columns, run
        self.rows = {str(row.pk): row for row in file.views}
        self.sides = side_columns(run)

    def lines(self, signal: str) -> Iterable[Line]:
        """Groups with the same cells share a line."""
        by_cells: dict[tuple[SideCell, ...], list[Cell]] = {}
        for group in self.run.columns:
            cell = self.run.cells[signal, group]
            by_cells.setdefault(self._cells(cell), []).append(cell)
        for cells, members in by_cells.items():
            yield Line(
                groups=_groups(members, columns=self.columns, all_of=len(self.run.columns)),
                cells=cells,
                differs=members[0].differs,
                is_present=members[0].is_present,
                is_assessed=members[0].is_assessed,
                is_closed=any(said.closed for said in members[0].sides.values()),
            )

    def _cells(self, cell: Cell) -> tuple[SideCell, ...]:
        return tuple(self._cell(cell, column) for column in self.sides)

    def _cell(self, cell: Cell, column: SideColumn) -> SideCell:
        said = cell.sides.get(Side(column.key))
        if said is None:
            empty = Answer.NOT_YET_ASSESSED
            return SideCell(column, empty.value, str(ANSWER_WORDS[empty]))
        about = [
            view
            for view in self.run.views
            if view.signal == cell.signal and view.side is said.side
        ]
        standing = standing_views(about, group=cell.group, on=self.run.on)
        quotes = {self.rows[one.view.id].words for one in standing} - {""}
        notes = [*_notes(said, standing, on=self.run.on), *self._closed_since(standing)]
        return SideCell(
            column=column,
            answer=said.answer.value,
            text=side_words(said, standing, on=self.run.on),
            quotes=tuple(sorted(quotes)),
            notes=tuple(dict.fromkeys(notes)),
        )

    def _closed_since(self, standing: Iterable[Standing]) -> Iterable[str]:
        """What was closed after a closed run, whose answers stay as they stood."""
        for one in standing:
            later = self.rows[one.view.id].closings.all() if one.view.closing is None else ()
            for closing in later:
                by = SIDE_WORDS[Side(closing.by_side)]
                told = {"side": by, "reason": closing.reason}
                yield _("closed since by %(side)s: “%(reason)s”") % told


def _groups(members: list[Cell], *, columns: Iterable[Column], all_of: int) -> str:
    if len(members) == all_of:
        return group_name((), key=None)
    return ", ".join(group_name(columns, key=cell.group) for cell in members)


def words_in_order() -> list[str]:
    """Everything a side can be shown to say, what weighs most first."""
    standing = (Answer.PRESENT, Answer.UNCERTAIN)
    words = [*(ANSWER_WORDS[each] for each in standing), *CLOSED_WORDS.values()]
    return [str(each) for each in dict.fromkeys([*words, *ANSWER_WORDS.values()])]


def view_words(answer: Answer, *, is_closed: bool) -> str:
    """One answer in words; closed it keeps saying what was said, and never the opposite."""
    return str(CLOSED_WORDS[answer] if is_closed else ANSWER_WORDS[answer])


def answer_words(said: SideAnswer) -> str:
    """What a side says; where its "present" was closed it reads as closed, not as absent."""
    closed = {view.answer for view in said.closed}
    if said.answer in CLOSED_WORDS or not closed:
        return str(ANSWER_WORDS[said.answer])
    return next(view_words(each, is_closed=True) for each in CLOSED_WORDS if each in closed)


def side_words(said: SideAnswer, standing: Iterable[Standing], *, on: date) -> str:
    """What a side says, with what else is said inside it; how many say so is never told."""
    own = answer_words(said)
    views = [one.view for one in standing]
    told = {view_words(view.answer, is_closed=view.is_closed(on)) for view in views}
    others = [each for each in words_in_order() if each in told and each != own]
    if not others:
        return own
    return _("%(answer)s; some here say: %(others)s") % {
        "answer": own,
        "others": ", ".join(others),
    }


def _notes(said: SideAnswer, standing: Iterable[Standing], *, on: date) -> Iterable[str]:
    for view in said.closed:
        if view.closing is not None:
            by = SIDE_WORDS[view.closing.by]
            yield _("closed by %(side)s: “%(reason)s”") % {
                "side": by,
                "reason": view.closing.reason,
            }
    for one in standing:
        if one.view.answer is Answer.UNCERTAIN and not one.view.is_closed(on):
            yield _uncertain(one, on=on)


def _uncertain(one: Standing, *, on: date) -> str:
    view = one.view
    if view.until is None or not view.person:
        return _("nobody is named yet to find out")
    told = {"person": view.person, "day": day_text(view.until)}
    if on > view.until:
        return _("%(person)s was to find out by %(day)s: counts as present") % told
    return _("%(person)s finds out by %(day)s") % told
