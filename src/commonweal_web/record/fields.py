"""How a row becomes the canonical value that the record commits to."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from django.db import models

from commonweal.record.canonical import canonical_json


def subject_of(instance: models.Model) -> str:
    """The name under which the record speaks of a row: `room.model:id`."""
    return f"{instance._meta.label_lower}:{instance.pk}"


def recorded_fields(instance: models.Model) -> dict[str, Any]:
    """Every column of a row in its canonical form."""
    return {name: read(instance) for name, read in _readers(type(instance))}


def payload_of(instance: models.Model, *, actor: str | None, state: str) -> str:
    """The text that a leaf commits to: who acted, and the row as it then stood."""
    return statement_of(recorded_fields(instance), actor=actor, state=state)


def statement_of(fields: dict[str, Any], *, actor: str | None, state: str) -> str:
    """The text of a payload with these recorded fields."""
    return canonical_json({"actor": actor, "fields": fields, "state": state}).decode()


@cache
def _readers(model: type[models.Model]) -> tuple[tuple[str, Callable[[models.Model], Any]], ...]:
    return tuple(
        (field.attname, _reader(field.attname, convert=conversion_of(field)))
        for field in model._meta.concrete_fields
    )


def _reader(attname: str, *, convert: Callable[[Any], Any]) -> Callable[[models.Model], Any]:
    return lambda row: convert(getattr(row, attname))


def conversion_of(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a column's value is recorded: as it is, or as a digest where the model says so."""
    digested = getattr(field.model, "recorded_as_digest", ())
    return _digest if field.name in digested else canonical_value


def _digest(value: Any) -> str | None:
    if value is None:
        return None
    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    return hashlib.sha256(raw).hexdigest()


def canonical_value(value: Any) -> Any:
    """A column's value as text, whole number, truth value, null, list or mapping.

    Raises `TypeError` for anything inexact, such as a float: thresholds are decided exactly.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    convert = _CONVERSIONS.get(type(value))
    if convert is None:
        raise TypeError(f"A recorded column cannot hold {value!r}; use text or whole numbers.")
    return convert(value)


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise TypeError(f"The time {value!r} has no zone; use an aware time.")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


_CONVERSIONS: dict[type, Callable[[Any], Any]] = {
    uuid.UUID: str,
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    bytes: bytes.hex,
    memoryview: lambda value: bytes(value).hex(),
    list: lambda value: [canonical_value(each) for each in value],
    tuple: lambda value: [canonical_value(each) for each in value],
    dict: lambda value: {str(key): canonical_value(each) for key, each in value.items()},
}
