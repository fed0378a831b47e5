"""From rows to uses of AI: fields filled, facts and hints found, odd values reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from commonweal.systems.inventory.dates import read_date
from commonweal.systems.inventory.identity import content_hash, identify
from commonweal.systems.inventory.mapping import (
    TARGET_FIELDS,
    FieldRule,
    HintRule,
    RegisterFormat,
    fold,
    locate_columns,
)
from commonweal.systems.inventory.table import Cells, Column, Table
from commonweal.systems.stages import Stage


@dataclass(frozen=True, slots=True)
class Problem:
    """An odd value: the row as a spreadsheet numbers it, the column (None for the whole row)."""

    row: int
    column: Column | None
    value: str
    message: str

    def as_record(self) -> dict[str, int | str]:
        """The problem as plain values for JSON; the column's text tells equal headers apart."""
        column = str(self.column) if self.column else ""
        return {"row": self.row, "column": column, "value": self.value, "message": self.message}


@dataclass(frozen=True, slots=True)
class DeclaredFact:
    """Something the register itself says of a use, with the cell that says it.

    `catalogue_yes` and `catalogue_no` are the declared facts of the catalogue it answers.
    """

    fact: str
    statement: str
    column: Column
    value: str
    catalogue_yes: tuple[str, ...] = ()
    catalogue_no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassificationHint:
    """A likely class of the use, for a person to confirm, with the words that suggest it."""

    classification: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class MappedUse:
    """The fields of a use. Empty text or None: the register says nothing, never "no".

    `system_name` None makes the use a system of its own. Dates are ISO 8601, as precise as
    written. `stage` may rest on the format's default; `stage_is_declared` is then false.
    """

    name: str = ""
    purpose: str = ""
    outputs: str = ""
    organisation_unit: str = ""
    topic: str = ""
    vendor: str = ""
    system_name: str | None = None
    stage: Stage = Stage.IDENTIFIED
    stage_is_declared: bool = False
    rights_or_safety_impact: str | None = None
    autonomy: str | None = None
    personal_data: str | None = None
    date_initiated: str | None = None
    date_acquired: str | None = None
    date_in_use: str | None = None
    date_retired: str | None = None
    declared_facts: tuple[DeclaredFact, ...] = ()
    hints: tuple[ClassificationHint, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedUse:
    """One row understood: where it stood, how it is recognised, its exact cells, its meaning."""

    row_number: int
    key: str
    ordinal: int
    content_hash: str
    cells: Cells
    mapped: MappedUse
    problems: tuple[Problem, ...]


def interpret(table: Table, *, register_format: RegisterFormat) -> Iterator[ImportedUse]:
    """Understand each row of a table by a format.

    Refuses a table whose headers do not fit before the first row; odd values never refuse a row.
    """
    places = locate_columns(table, register_format=register_format)
    return _uses(table, register_format=register_format, places=places)


def _uses(
    table: Table, *, register_format: RegisterFormat, places: dict[int, int]
) -> Iterator[ImportedUse]:
    columns = {position: table.columns[place] for position, place in places.items()}
    identity = [places[position] for position in register_format.identity]
    identities = identify([_cell(cells, place) for place in identity] for cells in table.rows)
    finders = tuple(map(_finder, register_format.hints))
    first_rows: dict[str, int] = {}
    for number, cells, (key, ordinal) in zip(
        table.row_numbers, table.rows, identities, strict=True
    ):
        row = _Row(number, cells, places=places, columns=columns, register_format=register_format)
        mapped = row.mapped(finders)
        row.report_width(len(table.columns))
        content = content_hash(cells)
        row.report_twin(first_rows.setdefault(content, number))
        yield ImportedUse(number, key, ordinal, content, cells, mapped, tuple(row.problems))


def _cell(cells: Cells, place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


@dataclass(frozen=True, slots=True)
class _HintFinder:
    """Finds whole words; a plain search comes first, since most rows hold none of them."""

    hint: HintRule
    words: tuple[str, ...]
    whole: re.Pattern[str]

    def found(self, text: str) -> tuple[str, ...]:
        if not any(word in text for word in self.words):
            return ()
        return tuple(dict.fromkeys(self.whole.findall(text)))


def _finder(hint: HintRule) -> _HintFinder:
    words = tuple(map(fold, hint.words))
    longest_first = sorted(words, key=len, reverse=True)
    whole = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return _HintFinder(hint, words, whole)


@dataclass(slots=True)
class _Row:
    """One row while it is being understood; collects its problems."""

    number: int
    cells: Cells
    places: dict[int, int] = field(kw_only=True)
    columns: dict[int, Column] = field(kw_only=True)
    register_format: RegisterFormat = field(kw_only=True)
    problems: list[Problem] = field(default_factory=list, kw_only=True)

    def mapped(self, finders: tuple[_HintFinder, ...]) -> MappedUse:
        rules = self.register_format.fields
        filled = {
            name: value
            for name, rule in rules.items()
            if (value := self._field(name, rule)) is not None
        }
        declared = "stage" in filled
        usual = rules["stage"].default if "stage" in rules else None
        stage = filled.pop("stage", usual or Stage.IDENTIFIED)
        return MappedUse(
            **filled,
            stage=Stage(stage),
            stage_is_declared=declared,
            declared_facts=tuple(self._facts()),
            hints=tuple(self._hints(finders)),
        )

    def _field(self, name: str, rule: FieldRule) -> str | None:
        read: dict[str, Callable[[FieldRule], str | None]] = {
            "text": self._text,
            "choice": partial(self._choice, name=name),
            "stage": partial(self._choice, name=name),
            "date": self._date,
        }
        value = read[TARGET_FIELDS[name]](rule)
        if value is None and rule.required and not self._said(rule.columns[0]):
            fallback = f"; it was taken as {rule.default!r}" if rule.default else ""
            self._report(rule.columns[0], f"The {_words(name)} is missing{fallback}. Fill it in.")
        return value

    def _text(self, rule: FieldRule) -> str | None:
        said = [text for place in rule.columns if (text := self._said(place))]
        told = [text for text in said if fold(text) not in rule.skip]
        if rule.combine == "first":
            told = told[:1]
        texts = [rule.values.get(fold(text), text) for text in told]
        return rule.joined_by.join(dict.fromkeys(texts)) or rule.default

    def _choice(self, rule: FieldRule, *, name: str) -> str | None:
        for position in rule.columns:
            said = self._said(position)
            if not said:
                continue
            value = rule.values.get(fold(said))
            if value is None:
                fallback = f"was taken as {rule.default!r}" if rule.default else "was left open"
                self._report(
                    position,
                    f"The format does not know this value, so the {_words(name)} {fallback}."
                    " Add the value to the format, or set the field by hand.",
                )
            return value
        return None

    def _date(self, rule: FieldRule) -> str | None:
        dates = self.register_format.dates
        for position in rule.columns:
            said = self._said(position)
            if not said:
                continue
            value = read_date(said, patterns=dates.patterns)
            if value is None:
                self._report(
                    position,
                    f"This is no date as {' or '.join(dates.patterns)}; it was left open."
                    " Correct it in the register.",
                )
            elif not dates.earliest_year <= int(value[:4]) <= dates.latest_year:
                self._report(
                    position,
                    f"The year {value[:4]} cannot be true; the date was left open."
                    f"{_year_typed_as_day(value)} Correct it in the register.",
                )
                value = None
            return value
        return None

    def _said(self, position: int) -> str:
        """The trimmed text of a cell, or nothing where it is blank or as good as blank."""
        text = _cell(self.cells, self.places.get(position)).strip()
        known = self.register_format
        if not text or (folded := fold(text)) in known.absent:
            return ""
        return "" if known.absent_starts and folded.startswith(known.absent_starts) else text

    def _facts(self) -> Iterator[DeclaredFact]:
        for rule in self.register_format.facts:
            raw = _cell(self.cells, self.places.get(rule.column))
            if raw and fold(raw) in rule.values:
                column = self.columns[rule.column]
                answers = rule.catalogue_yes, rule.catalogue_no
                yield DeclaredFact(rule.fact, rule.statement, column, raw, *answers)

    def _hints(self, finders: tuple[_HintFinder, ...]) -> Iterator[ClassificationHint]:
        texts: dict[tuple[int, ...], str] = {}
        for finder in finders:
            hint = finder.hint
            if hint.columns not in texts:
                cells = (_cell(self.cells, self.places.get(place)) for place in hint.columns)
                texts[hint.columns] = fold("\n".join(cells))
            found = finder.found(texts[hint.columns])
            if found:
                yield ClassificationHint(hint.classification, hint.code, ", ".join(found))

    def _report(self, position: int, message: str) -> None:
        column = self.columns.get(position)
        value = _cell(self.cells, self.places.get(position))
        self.problems.append(Problem(self.number, column, value, message))

    def report_width(self, width: int) -> None:
        if len(self.cells) != width:
            message = (
                f"The row has {len(self.cells)} cells where the header has {width}. All were kept;"
                " missing ones count as empty, further ones have no header. Check its delimiters."
            )
            self.problems.append(Problem(self.number, None, "", message))

    def report_twin(self, first: int) -> None:
        if first != self.number:
            message = f"Every cell equals row {first}. Both were kept; remove one if it is twice."
            self.problems.append(Problem(self.number, None, "", message))


def _words(name: str) -> str:
    return name.replace("_", " ")


def _year_typed_as_day(value: str) -> str:
    """Spreadsheets show the bare number of a year, such as 2024, as a day in July 1905."""
    if len(value) != 10:
        return ""
    serial = (date.fromisoformat(value) - date(1899, 12, 30)).days
    meant = (
        f" A spreadsheet shows the bare number {serial} so: perhaps the year {serial} was meant."
    )
    return meant if 1950 <= serial <= 2100 else ""
