"""What each column of a register means: a format, shipped or written by the user.

A format never throws a column away. It says which columns make a row recognisable and which ones
fill the fields of a use; all others are kept as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from commonweal.practices import Dimension, catalogue
from commonweal.shared.language import _
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Column, Table
from commonweal.systems.stages import Stage

FieldKind = Literal["text", "stage", "choice", "date"]

TARGET_FIELDS: Mapping[str, FieldKind] = {
    "name": "text",
    "purpose": "text",
    "outputs": "text",
    "organisation_unit": "text",
    "topic": "text",
    "system_name": "text",
    "vendor": "text",
    "stage": "stage",
    "rights_or_safety_impact": "choice",
    "autonomy": "choice",
    "personal_data": "choice",
    "date_initiated": "date",
    "date_acquired": "date",
    "date_in_use": "date",
    "date_retired": "date",
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "stage": tuple(Stage),
    "rights_or_safety_impact": ("rights", "safety", "both", "neither", "undecided"),
    "autonomy": ("acts_alone", "person_decides", "fail_safe"),
    "personal_data": ("yes", "no"),
}
DECLARED_FACT = "declared_fact"
CLASSIFICATIONS = (*Dimension, DECLARED_FACT)
USUAL_ABSENT = ("n/a", "na", "none", "not applicable", "-", "null")


def catalogue_codes(classification: str) -> tuple[str, ...]:
    """The ids a hint of this classification may name."""
    if classification == DECLARED_FACT:
        return tuple(fact.id for fact in catalogue().facts)
    return tuple(choice.id for choice in catalogue().choices_of(Dimension(classification)))


def fold(text: str) -> str:
    """Make texts comparable: blanks of any kind collapsed and trimmed, case ignored."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field of a use is filled.

    `columns` are positions; with `combine` "join" all their values are joined, with "first" the
    first that says something counts. `skip` holds folded values that say nothing in this field.
    `values` leads from folded raw values to ours; a value outside it is reported.
    """

    columns: tuple[int, ...]
    combine: Literal["join", "first"] = "join"
    joined_by: str = " / "
    skip: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class FactRule:
    """A statement that holds where a column has one of the folded values.

    Where it answers a declared fact of the catalogue, `catalogue_yes` or `catalogue_no` names it.
    """

    fact: str
    column: int
    values: frozenset[str]
    statement: str
    catalogue_yes: tuple[str, ...] = ()
    catalogue_no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HintRule:
    """A likely class of a use, told by words in any of the columns.

    `classification` is a dimension of the catalogue or "declared_fact", `code` an id in it.
    """

    classification: str
    code: str
    columns: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateRule:
    """How dates are written: patterns of D, M and YYYY, and the years that can be true."""

    patterns: tuple[str, ...] = ("YYYY-MM-DD", "YYYY-MM", "YYYY")
    earliest_year: int = 1950
    latest_year: int = 2100


@dataclass(frozen=True, slots=True)
class RegisterFormat:
    """Everything needed to understand one kind of register.

    `columns_by` "position" expects each header at its place; "header" finds columns by their
    headers, the second of two equal headers being the second in the file.
    """

    name: str
    version: str
    description: str
    columns: tuple[Column, ...]
    identity: tuple[int, ...]
    fields: Mapping[str, FieldRule]
    columns_by: Literal["position", "header"] = "position"
    source: str = ""
    absent: frozenset[str] = frozenset(USUAL_ABSENT)
    absent_starts: tuple[str, ...] = ()
    dates: DateRule = DateRule()
    facts: tuple[FactRule, ...] = ()
    hints: tuple[HintRule, ...] = ()

    def mapped_positions(self) -> frozenset[int]:
        """The columns that fill a field, a fact or a hint."""
        by_field = {place for rule in self.fields.values() for place in rule.columns}
        by_hint = {place for hint in self.hints for place in hint.columns}
        return frozenset(by_field | by_hint | {fact.column for fact in self.facts})

    def unmapped_columns(self) -> tuple[Column, ...]:
        """The expected columns that are kept and searchable, and fill nothing."""
        mapped = self.mapped_positions()
        return tuple(column for column in self.columns if column.position not in mapped)


def locate_columns(table: Table, *, register_format: RegisterFormat) -> dict[int, int]:
    """Lead from each position of the format to the place of that column in a row, from 0.

    Refuses a table whose headers do not fit the format. Found by header, a column that neither
    identifies a row nor is required may be missing.
    """
    if register_format.columns_by == "header":
        return _located_by_header(table, register_format=register_format)
    for expected in register_format.columns:
        found = table.columns[expected.position - 1 : expected.position]
        if not found or fold(found[0].name) != fold(expected.name):
            shown = repr(found[0].name) if found else _("missing")
            raise _misfit(
                _(
                    "Column %(position)s is %(shown)s where the format %(format)r expects "
                    "%(expected)r"
                )
                % {
                    "position": expected.position,
                    "shown": shown,
                    "format": register_format.name,
                    "expected": expected.name,
                },
                position=expected.position,
            )
    return {column.position: column.position - 1 for column in register_format.columns}


def _located_by_header(table: Table, *, register_format: RegisterFormat) -> dict[int, int]:
    places: dict[str, list[int]] = {}
    for place, column in enumerate(table.columns):
        places.setdefault(fold(column.name), []).append(place)
    located = {}
    needed = {*register_format.identity, *register_format.fields["name"].columns}
    for rule in register_format.fields.values():
        needed |= set(rule.columns if rule.required else ())
    for expected in register_format.columns:
        left = places.get(fold(expected.name))
        if left:
            located[expected.position] = left.pop(0)
        elif expected.position in needed:
            raise _misfit(
                _("No column is headed %(expected)r, which the format %(format)r needs")
                % {"expected": expected.name, "format": register_format.name},
                position=expected.position,
            )
    return located


def _misfit(finding: str, *, position: int) -> RegisterRefused:
    return RegisterRefused(
        "format-misfit",
        _(
            "%(finding)s. Choose the format this register was written in, or map its "
            "columns with a mapping file."
        )
        % {"finding": finding},
        where=_("column %(column)s") % {"column": position},
    )
