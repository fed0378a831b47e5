"""From rows to uses of AI: fields filled, facts and hints found, odd values reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from commonweal.shared.language import _, marked
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

MISSING = marked("“%(field)s” is missing. Fill it in.")
TAKEN_AS = marked("“%(field)s” is missing; it was taken as “%(taken)s”. Fill it in.")
UNKNOWN = marked(
    "The format does not know this value, so “%(field)s” was left open. "
    "Add the value to the format, or set the field by hand."
)
UNKNOWN_TAKEN_AS = marked(
    "The format does not know this value, so “%(field)s” was taken as “%(taken)s”. "
    "Add the value to the format, or set the field by hand."
)
NO_DATE = marked(
    "This is no date of the kind %(patterns)s; it was left open. Correct it in the register."
)
YEAR_UNTRUE = marked(
    "The year %(year)s cannot be true; the date was left open. Correct it in the register."
)
YEAR_AS_DAY = marked(
    "The year %(year)s cannot be true; the date was left open. A spreadsheet shows the bare "
    "number %(meant)s so: perhaps the year %(meant)s was meant. Correct it in the register."
)
WIDTH_DIFFERS = marked(
    "The row has %(cells)s cells where the header has %(width)s. All were kept; missing ones "
    "count as empty, further ones have no header. Check its delimiters."
)
TWIN = marked("Every cell equals row %(row)s. Both were kept; remove one if it is twice.")
FIELD_NAMES = {
    "name": marked("name"),
    "purpose": marked("purpose"),
    "outputs": marked("outputs"),
    "organisation_unit": marked("organisation unit"),
    "topic": marked("topic"),
    "system_name": marked("system name"),
    "vendor": marked("vendor"),
    "stage": marked("stage"),
    "rights_or_safety_impact": marked("rights or safety impact"),
    "autonomy": marked("autonomy"),
    "personal_data": marked("personal data"),
    "date_initiated": marked("date initiated"),
    "date_acquired": marked("date acquired"),
    "date_in_use": marked("date in use"),
    "date_retired": marked("date retired"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """An odd value: the row as a spreadsheet numbers it, the column (None for the whole row).

    `said` is the message as it stands in the code, `names` what is put into it: so one reader
    can keep a problem and another read it in a language of their own.
    """

    row: int
    column: Column | None
    value: str
    said: str
    names: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is odd and what to do, in the reader's language."""
        return problem_words(self.said, names=self.names)

    def as_record(self) -> dict[str, Any]:
        """The problem as plain values for JSON; the column's text tells equal headers apart."""
        column = str(self.column) if self.column else ""
        return {"row": self.row, "column": column, "value": self.value, "message": self.message}

    def as_kept(self) -> dict[str, Any]:
        """The same to be kept, so that `problem_words` tells it to each reader."""
        return self.as_record() | {"message": self.said, "names": dict(self.names)}


def problem_words(said: str, *, names: Mapping[str, int | str]) -> str:
    """The message of a problem that was kept, in the reader's language."""
    told = {key: _(str(each)) if key == "field" else each for key, each in names.items()}
    return _(said) % told


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
            said = TAKEN_AS if rule.default else MISSING
            self._report(rule.columns[0], said, field=FIELD_NAMES[name], taken=rule.default or "")
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
                said = UNKNOWN_TAKEN_AS if rule.default else UNKNOWN
                self._report(position, said, field=FIELD_NAMES[name], taken=rule.default or "")
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
                self._report(position, NO_DATE, patterns=", ".join(dates.patterns))
            elif not dates.earliest_year <= int(value[:4]) <= dates.latest_year:
                meant = _year_typed_as_day(value)
                said = YEAR_AS_DAY if meant else YEAR_UNTRUE
                self._report(position, said, year=value[:4], meant=meant)
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

    def _report(self, position: int, said: str, **names: int | str) -> None:
        column = self.columns.get(position)
        value = _cell(self.cells, self.places.get(position))
        told = {key: each for key, each in names.items() if f"%({key})s" in said}
        self.problems.append(Problem(self.number, column, value, said, told))

    def report_width(self, width: int) -> None:
        if len(self.cells) != width:
            names = {"cells": len(self.cells), "width": width}
            self.problems.append(Problem(self.number, None, "", WIDTH_DIFFERS, names))

    def report_twin(self, first: int) -> None:
        if first != self.number:
            self.problems.append(Problem(self.number, None, "", TWIN, {"row": first}))


def _year_typed_as_day(value: str) -> int:
    """Spreadsheets show the bare number of a year, such as 2024, as a day in July 1905.

    The year that was meant, or 0.
    """
    if len(value) != 10:
        return 0
    serial = (date.fromisoformat(value) - date(1899, 12, 30)).days
    return serial if 1950 <= serial <= 2100 else 0
