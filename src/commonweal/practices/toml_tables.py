"""Strict reading of TOML tables into the catalogue's entries.

The dataclass is the schema: its field names are the keys, its types the types, and a field
with a default is the only kind that may be left out.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from commonweal.practices.faults import Place, suggestion
from commonweal.practices.provenance import Provenance

T = TypeVar("T")
C = TypeVar("C", bound=StrEnum)

_ABOUT_THE_ENTRY = {"id", "provenance", "provenance_of", "provenance_note"}


def read_entry(kind: type[T], table: object, *, place: Place, key: str = "") -> T:
    """Builds one entry from its table. Raises CatalogueError at the first fault."""
    if not isinstance(table, dict):
        raise place.error(key, fault=f"A table was expected, found {_named(table)}.", fix=_TABLE)
    types_by_key = get_type_hints(kind)
    _refuse_unknown_keys(table, known=list(types_by_key), place=place)
    _refuse_missing_keys(table, required=_required(kind), place=place)
    values = {
        name: _read_value(types_by_key[name], value, place=place, key=name)
        for name, value in table.items()
    }
    _refuse_marks_for_unknown_parts(values, known=types_by_key, place=place)
    return kind(**values)


_TABLE = "Write it as a table of keys and values."


def _required(kind: type[object]) -> list[str]:
    return [f.name for f in _fields(kind) if f.default is MISSING and f.default_factory is MISSING]


def _fields(kind: type[object]) -> tuple[Field[Any], ...]:
    return fields(cast(Any, kind))


def _refuse_unknown_keys(table: dict[str, object], *, known: list[str], place: Place) -> None:
    for key in table:
        if key not in known:
            raise place.error(
                key, fault="This key is not known.", fix=suggestion(key, known=known)
            )


def _refuse_missing_keys(table: dict[str, object], *, required: list[str], place: Place) -> None:
    for key in required:
        if key not in table:
            raise place.error(key, fault="This key is missing.", fix=f"Add '{key} = …'.")


def _refuse_marks_for_unknown_parts(
    values: dict[str, Any], *, known: Mapping[str, object], place: Place
) -> None:
    parts = [name for name in known if name not in _ABOUT_THE_ENTRY]
    for part in values.get("provenance_of", {}):
        if part not in parts:
            raise place.error(
                "provenance_of",
                fault=f"It marks a part '{part}' that this entry does not have.",
                fix=suggestion(part, known=parts),
            )


def _read_value(wanted: Any, value: object, *, place: Place, key: str) -> object:
    origin = get_origin(wanted)
    if origin is tuple:
        return _read_list(get_args(wanted)[0], value, place=place, key=key)
    if origin is not None:
        return _read_marks(value, place=place, key=key)
    if issubclass(wanted, StrEnum):
        return _read_choice(wanted, value, place=place, key=key)
    if is_dataclass(wanted):
        return read_entry(cast(type[object], wanted), value, place=place, key=key)
    return _PLAIN[wanted](value, place=place, key=key)


def _read_list(wanted: Any, value: object, *, place: Place, key: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise place.error(
            key, fault=f"A list was expected, found {_named(value)}.", fix='Write ["…", "…"].'
        )
    read = tuple(_read_value(wanted, each, place=place, key=key) for each in value)
    for position, each in enumerate(read):
        if each in read[:position]:
            raise place.error(key, fault=f"It lists {each!r} twice.", fix="Remove one of the two.")
    return read


def _read_marks(value: object, *, place: Place, key: str) -> Mapping[str, Provenance]:
    if not isinstance(value, dict):
        raise place.error(
            key, fault=f"A table was expected, found {_named(value)}.", fix='Write { part = "D" }.'
        )
    marks = {
        part: _read_choice(Provenance, mark, place=place, key=f"{key}.{part}")
        for part, mark in value.items()
    }
    return types.MappingProxyType(marks)


def _read_choice(wanted: type[C], value: object, *, place: Place, key: str) -> C:
    known = [choice.value for choice in wanted]
    if not isinstance(value, str) or value not in known:
        what = "provenance mark" if wanted is Provenance else "known choice"
        fix = suggestion(str(value), known=known)
        raise place.error(key, fault=f"{value!r} is not a {what}.", fix=fix)
    return wanted(value)


def _read_text(value: object, *, place: Place, key: str) -> str:
    if not isinstance(value, str):
        raise place.error(
            key, fault=f"A text was expected, found {_named(value)}.", fix='Write it in "quotes".'
        )
    if not value.strip():
        raise place.error(key, fault="The text is blank.", fix="Write the text.")
    return value


def _read_flag(value: object, *, place: Place, key: str) -> bool:
    if not isinstance(value, bool):
        raise place.error(
            key, fault=f"True or false was expected, found {_named(value)}.", fix="Write true."
        )
    return value


def _read_day(value: object, *, place: Place, key: str) -> date:
    if type(value) is not date:
        raise place.error(
            key, fault=f"A day was expected, found {_named(value)}.", fix="Write 2026-01-31."
        )
    return value


_PLAIN: dict[Any, Callable[..., object]] = {str: _read_text, bool: _read_flag, date: _read_day}


def _named(value: object) -> str:
    return f"{type(value).__name__} {value!r}"
