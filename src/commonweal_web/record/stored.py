"""Rows as the database holds them, and whether that is what this software would have written.

A value that parses to the right thing may still have been edited: SQLite keeps a UUID in capitals,
a truth value of 2, or a JSON text with one more space. So each raw value is parsed, written again
in memory, and must come out as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db import connection, models, transaction

from commonweal.record import canonical_json
from commonweal_web.record.fields import conversion_of

BATCH = 2000
_FLAT = frozenset({str, int, bool, type(None)})
_AS_TEXT = (models.DateField, models.TimeField, models.JSONField)
"""On PostgreSQL these are read as text, because some of their values fit no Python type."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A raw value that this software did not write so, in printable form."""

    raw: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how it is selected, parsed, written again and recorded."""

    name: str
    sql: str
    parse: Callable[[Any], Any]
    write: Callable[[Any], Any] | None
    record: Callable[[Any], Any]

    def read(self, raw: Any) -> Any:
        """The parsed value, or `Unreadable` when we would not have written it like this."""
        try:
            value = self.parse(raw)
            if self.write is not None and not _is_same(raw, self.write(value)):
                return Unreadable(ascii(raw))
            if isinstance(value, str) and not value.isascii():
                value.encode()
        except Exception:  # an edited value may break any parser in any way
            return Unreadable(ascii(raw))
        return value


@cache
def columns_of(model: type[models.Model]) -> tuple[Column, ...]:
    """The columns of a model in the order in which it declares them."""
    return tuple(_column(field) for field in model._meta.concrete_fields)


def rows_of(
    model: type[models.Model], *, where: str, values: tuple[Any, ...], order: str = ""
) -> Iterator[tuple[Any, ...]]:
    """The raw rows that fulfil a condition, in batches from one statement."""
    selected = ", ".join(column.sql for column in columns_of(model))
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"SELECT {selected} FROM {table} WHERE {where}{order}"  # noqa: S608  # our own names
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)  # writes no row: a SELECT built from our own column names
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def recorded_text(model: type[models.Model], raw: tuple[Any, ...]) -> str:
    """The recorded fields of a raw row as canonical JSON.

    A value that was not written by us stands there as a mapping that no field can be recorded as,
    so that the comparison with the leaf names its column.
    """
    fields = {}
    for column, value in zip(columns_of(model), raw, strict=True):
        fields[column.name] = _recorded(column, value)
    if all(type(value) in _FLAT for value in fields.values()):
        # The same spelling at a third of the price: texts were checked when they were read.
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    try:
        return canonical_json(fields).decode()
    except ValueError:
        plain = {name: _plain(value) for name, value in fields.items()}
        return canonical_json(plain).decode()


@contextmanager
def snapshot() -> Iterator[None]:
    """Read several tables as they were at one moment, without holding up those who write."""
    if connection.vendor == "sqlite":
        with _sqlite_snapshot():
            yield
    elif connection.in_atomic_block:
        yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def _sqlite_snapshot() -> Iterator[None]:
    connection.ensure_connection()
    raw = connection.connection
    assert raw is not None
    is_ours = not raw.in_transaction
    before, raw.text_factory = raw.text_factory, _lenient_text
    try:
        if is_ours:
            raw.execute("BEGIN DEFERRED")  # writes no row: reads see one moment from here on
        yield
    finally:
        raw.text_factory = before
        if is_ours:
            raw.rollback()


def _lenient_text(raw: bytes) -> str:
    """Text that is not UTF-8 must be found and named, not end the reading."""
    return raw.decode("utf-8", "surrogateescape")


def _column(field: models.Field[Any, Any]) -> Column:
    name = connection.ops.quote_name(str(field.column))
    record = conversion_of(field)
    if connection.vendor == "sqlite":
        return _sqlite_column(field, name=name)
    if isinstance(field, _AS_TEXT):
        return Column(field.attname, f"{name}::text", _text_parser(field), None, record)
    return Column(field.attname, name, _parser(field), None, record)


def _sqlite_column(field: models.Field[Any, Any], *, name: str) -> Column:
    """A column of SQLite, whose values may be of any type whatever the table declares."""
    # A plus sign keeps the driver from converting by the declared type.
    sql, record = f"+{name}", conversion_of(field)
    for kind, fields in _PLAIN.items():
        if type(field) in fields:
            return Column(field.attname, sql, _of_type(kind), None, record)
    if field.is_relation:
        return Column(field.attname, sql, _remembered(field), None, record)
    return Column(field.attname, sql, _parser(field), _writer(field), record)


def _remembered(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """Parse and check an id that many rows repeat, such as their organisation's, only once."""
    parse, write = _parser(field), _writer(field)

    @lru_cache(maxsize=64, typed=True)
    def checked(raw: Any) -> Any:
        value = parse(raw)
        if not _is_same(raw, write(value)):
            raise ValueError(f"{raw!r} is not written like this")
        return value

    return checked


_PLAIN: dict[type, tuple[type[models.Field[Any, Any]], ...]] = {
    str: (models.CharField, models.TextField, models.SlugField, models.EmailField),
    bytes: (models.BinaryField,),
    int: (
        models.IntegerField,
        models.BigIntegerField,
        models.SmallIntegerField,
        models.PositiveIntegerField,
        models.PositiveSmallIntegerField,
    ),
}
"""Fields that Django writes and reads unchanged: the type of the raw value decides."""


def _of_type(kind: type) -> Callable[[Any], Any]:
    def parse(raw: Any) -> Any:
        if raw is not None and type(raw) is not kind:
            raise ValueError(f"{raw!r} is not stored as {kind.__name__}")
        return raw

    return parse


def _parser(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """What Django itself does with a raw value on its way into a row."""
    expression = field.get_col(field.model._meta.db_table)
    converters = [
        *connection.ops.get_db_converters(expression),
        *expression.get_db_converters(connection),
    ]
    if not converters:
        return lambda raw: raw

    def parse(raw: Any) -> Any:
        for convert in converters:
            raw = convert(raw, expression, connection)
        return raw

    return parse


def _text_parser(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    if isinstance(field, models.JSONField):
        return _parser(field)
    parse = field.to_python

    def parsed(raw: Any) -> Any:
        value = parse(raw)
        if (value is None) != (raw is None):
            raise ValueError(f"{raw!r} is no value of {field.attname}")
        return value

    return parsed


def _writer(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    return lambda value: field.get_db_prep_save(value, connection)


def _is_same(raw: Any, written: Any) -> bool:
    if isinstance(written, bool):
        written = int(written)
    if isinstance(written, memoryview):
        written = bytes(written)
    return type(raw) is type(written) and bool(raw == written)


def _recorded(column: Column, raw: Any) -> Any:
    value = column.read(raw)
    if isinstance(value, Unreadable):
        return {"not as written": value.raw}
    try:
        return column.record(value)
    except (TypeError, ValueError):
        return {"not as written": ascii(raw)}


def _plain(value: Any) -> Any:
    try:
        canonical_json(value)
    except ValueError:
        return {"not as written": ascii(value)}
    return value
