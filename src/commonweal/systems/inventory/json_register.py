"""Registers in JSON: a list of objects, or an object that holds one under "records"."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from commonweal.shared.language import _, marked
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Cells, Limits, Table, build_table

SHAPES = marked(
    'Write a list of objects, {"records": [objects]}, or {"columns": [names], "records": [lists]}.'
)


class _Number(str):
    """A number as it is written, so that 1.10 stays 1.10."""

    __slots__ = ()


def read_json(text: str, *, limits: Limits, encoding: str) -> Table:
    """Read a JSON register; columns stand in order of first appearance.

    Texts are kept, numbers stay as written, true and false become those words, null and a missing
    key become an empty cell, and nested values become canonical JSON text.
    """
    headers, records = _columns_and_records(_parse(text))
    numbered = (
        (number, _cells(record, headers=headers, number=number))
        for number, record in enumerate(records, start=1)
    )
    return build_table(numbered, limits=limits, encoding=encoding, kind="json", headers=headers)


def _parse(text: str) -> Any:
    try:
        return json.loads(
            text,
            parse_float=_Number,
            parse_int=_Number,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unrepeated,
        )
    except json.JSONDecodeError as fault:
        raise RegisterRefused(
            "json-broken",
            _("This is not JSON: %(msg)s. The file may be cut off; export it again.")
            % {"msg": fault.msg},
            where=_("line %(line)s, character %(character)s")
            % {"line": fault.lineno, "character": fault.colno},
        ) from fault
    except RecursionError as fault:
        raise RegisterRefused(
            "json-too-deep", _("Values are nested too deep. Flatten the register first.")
        ) from fault


def _refuse_constant(text: str) -> NoReturn:
    raise RegisterRefused(
        "json-broken",
        _("%(text)s is not a JSON number. Write it as a text or null.") % {"text": text},
    )


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RegisterRefused(
            "json-key-repeated",
            _(
                "The key %(twice)r occurs twice in one object, and only one value could be "
                "kept. Rename one of them."
            )
            % {"twice": twice},
            where=_("key %(key)s") % {"key": twice},
        )
    return found


def _columns_and_records(document: Any) -> tuple[Cells, list[Any]]:
    records = document.get("records") if isinstance(document, dict) else document
    if not isinstance(records, list):
        raise RegisterRefused(
            "json-shape", _("No list of records was found. %(shapes)s") % {"shapes": _(SHAPES)}
        )
    if not records:
        raise RegisterRefused("empty", _("The list of records is empty. Check the export."))
    declared = document.get("columns") if isinstance(document, dict) else None
    if declared is not None:
        return _declared_columns(declared), records
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise RegisterRefused(
                "json-shape",
                _("Record %(number)s is not an object. %(shapes)s")
                % {"number": number, "shapes": _(SHAPES)},
                where=_("record %(record)s") % {"record": number},
            )
    keys = dict.fromkeys(key for record in records for key in record)
    return tuple(_encodable(key, where="keys") for key in keys), records


def _declared_columns(declared: Any) -> Cells:
    if not isinstance(declared, list) or not all(type(name) is str for name in declared):
        raise RegisterRefused(
            "json-shape", _('"columns" must be a list of texts.'), where="columns"
        )
    return tuple(_encodable(name, where="columns") for name in declared)


def _cells(record: Any, *, headers: Cells, number: int) -> Cells:
    where = _("record %(record)s") % {"record": number}
    try:
        if isinstance(record, list):
            return tuple(_encodable(_text(value), where=where) for value in record)
        if isinstance(record, dict) and record.keys() <= set(headers):
            return tuple(_encodable(_text(record.get(name)), where=where) for name in headers)
    except RecursionError as fault:
        raise RegisterRefused(
            "json-too-deep", _("Values are nested too deep. Flatten them first."), where=where
        ) from fault
    raise RegisterRefused(
        "json-shape",
        _("Record %(number)s does not fit the columns. %(shapes)s")
        % {"number": number, "shapes": _(SHAPES)},
        where=where,
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, str) else "".join(_canonical(value))


def _canonical(value: Any) -> Iterator[str]:
    """JSON text with sorted keys and without blanks, numbers as they were written."""
    if isinstance(value, dict):
        parts = (
            f"{json.dumps(key, ensure_ascii=False)}:{''.join(_canonical(value[key]))}"
            for key in sorted(value)
        )
        yield "{" + ",".join(parts) + "}"
    elif isinstance(value, list):
        yield "[" + ",".join("".join(_canonical(part)) for part in value) + "]"
    elif isinstance(value, _Number):
        yield str(value)
    else:
        yield json.dumps(value, ensure_ascii=False)


def _encodable(text: str, *, where: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as fault:
        raise RegisterRefused(
            "half-character",
            _("A text holds half a character (U+%(code)s). Export it again.")
            % {"code": format(ord(text[fault.start]), "04X")},
            where=where,
        ) from fault
    if "\0" in text:
        raise RegisterRefused(
            "nul-character", _("A text holds a NUL character. Remove it."), where=where
        )
    return text
