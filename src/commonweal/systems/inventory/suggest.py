"""A first draft of a mapping, guessed from headers and the first rows, for a person to correct."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commonweal.shared.language import _
from commonweal.systems.inventory.dates import read_date
from commonweal.systems.inventory.mapping import (
    CHOICES,
    TARGET_FIELDS,
    USUAL_ABSENT,
    DateRule,
    FieldRule,
    RegisterFormat,
    fold,
)
from commonweal.systems.inventory.suggestion_words import (
    DATE_PATTERNS,
    HEADER_WORDS,
    VALUE_WORDS,
)
from commonweal.systems.inventory.table import Column, Table

SAMPLE_ROWS = 200
# A word that is a tenth of a long question says nothing of what the question is about.
LEAST_COVERAGE = 0.12
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """Why a column was taken for a field."""

    column: Column
    target: str
    because: str


@dataclass(frozen=True, slots=True)
class DraftMapping:
    """A format that can be used at once, and the guesses behind it."""

    register_format: RegisterFormat
    guesses: tuple[Guess, ...]


def suggest_mapping(table: Table, *, name: str, sample_rows: int = SAMPLE_ROWS) -> DraftMapping:
    """Guess which column fills which field of a use, from its header and its first values.

    A field no column fits is left out; a use's name is always guessed. JSON registers are mapped
    by header, since their columns have no fixed place.
    """
    samples = _samples(table, rows=sample_rows)
    patterns = _date_patterns(samples)
    repeating = _repeating(table, samples=samples, rows=sample_rows)
    guesses = _guesses(table, samples=samples, patterns=patterns, repeating=repeating)
    fields = {guess.target: _rule(guess, samples=samples) for guess in guesses}
    identity = [fields[key].columns[0] for key in ("name", "organisation_unit") if key in fields]
    draft = RegisterFormat(
        name=name,
        version="1",
        description=_("Draft guessed from the first %(rows)s rows")
        % {"rows": min(len(table.rows), sample_rows)},
        columns=table.columns,
        columns_by="header" if table.kind == "json" else "position",
        identity=tuple(identity),
        fields=fields,
        dates=DateRule(patterns=patterns),
    )
    return DraftMapping(draft, guesses)


Samples = Mapping[int, tuple[str, ...]]


def _samples(table: Table, *, rows: int) -> Samples:
    """The distinct texts of each column's first rows that say something, by position."""
    found: dict[int, dict[str, None]] = {column.position: {} for column in table.columns}
    for cells in table.rows[:rows]:
        for position, cell in zip(found, cells, strict=False):
            if fold(cell) and fold(cell) not in USUAL_ABSENT:
                found[position].setdefault(cell.strip())
    return {position: tuple(texts) for position, texts in found.items()}


def _repeating(table: Table, *, samples: Samples, rows: int) -> frozenset[int]:
    """The columns whose texts mostly occur more than once, so that they hardly name a use."""
    filled = dict.fromkeys(samples, 0)
    for cells in table.rows[:rows]:
        for position, cell in zip(filled, cells, strict=False):
            filled[position] += fold(cell) not in ("", *USUAL_ABSENT)
    return frozenset(place for place, count in filled.items() if count > 2 * len(samples[place]))


def _guesses(
    table: Table, *, samples: Samples, patterns: tuple[str, ...], repeating: frozenset[int]
) -> tuple[Guess, ...]:
    candidates = sorted(
        (
            (-coverage, target_place, column.position, target, word)
            for column in table.columns
            for target_place, target in enumerate(TARGET_FIELDS)
            if (word := _longest_word(fold(column.name), HEADER_WORDS[target]))
            and (coverage := len(word) / len(fold(column.name))) >= LEAST_COVERAGE
            and _values_fit(target, samples[column.position], patterns=patterns)
            and not (target == "name" and column.position in repeating)
        ),
    )
    taken: dict[str, Guess] = {}
    used: set[int] = set()
    for *_place, position, target, word in candidates:
        if target not in taken and position not in used:
            because = _("The header holds %(word)r.") % {"word": word}
            taken[target] = Guess(table.columns[position - 1], target, because)
            used.add(position)
    if "name" not in taken:
        taken["name"] = _most_telling(table, samples=samples, used=used)
    return tuple(taken[target] for target in TARGET_FIELDS if target in taken)


def _longest_word(text: str, words: Iterable[str]) -> str:
    padded = f" {' '.join(_WORD.findall(text))} "
    return max((word for word in words if f" {word} " in padded), key=len, default="")


def _values_fit(target: str, values: tuple[str, ...], *, patterns: tuple[str, ...]) -> bool:
    """Choices and dates must be told by at least half of the values; texts always fit."""
    if TARGET_FIELDS[target] == "text":
        return True
    told = sum(
        bool(
            _longest_word(fold(value), VALUE_WORDS[target])
            if target in CHOICES
            else read_date(value, patterns=patterns)
        )
        for value in values
    )
    return bool(values) and 2 * told >= len(values)


def _most_telling(table: Table, *, samples: Samples, used: set[int]) -> Guess:
    """Without a telling header, the free column with the most different texts names the use."""
    free = [column for column in table.columns if column.position not in used]
    best = max(free or table.columns, key=lambda column: len(samples[column.position]))
    return Guess(best, "name", _("It has the most different values."))


def _date_patterns(samples: Samples) -> tuple[str, ...]:
    """The patterns that fit the samples, the one that fits more of them first.

    Day and month are told apart by the values over 12; where none is, month first stays first.
    """
    texts = [text for values in samples.values() for text in values if len(text) <= 10]
    fits = {
        pattern: sum(read_date(text, patterns=(pattern,)) is not None for text in texts)
        for pattern in DATE_PATTERNS
    }
    found = sorted((p for p in DATE_PATTERNS if fits[p]), key=lambda p: -fits[p])
    return tuple(found) or DateRule().patterns


def _rule(guess: Guess, *, samples: Samples) -> FieldRule:
    position = guess.column.position
    if guess.target not in CHOICES:
        return FieldRule(columns=(position,), required=guess.target == "name")
    words = VALUE_WORDS[guess.target]
    values = {
        fold(value): words[word]
        for value in samples[position]
        if (word := _longest_word(fold(value), words))
    }
    default = "identified" if guess.target == "stage" else None
    return FieldRule(columns=(position,), values=values, default=default)
