"""Storing many rows of the log at once, as plain values.

A roster of 50,000 people is as many leaves, openings and nodes. Made as models and written as one
long statement for every few hundred, they cost a third of the import; as plain values, a tenth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, models

AT_A_TIME = 5_000


def store_rows(
    model: type[models.Model],
    *,
    names: tuple[str, ...],
    shared: Mapping[str, Any],
    rows: Iterable[tuple[Any, ...]],
) -> None:
    """Insert rows of these fields; `shared` holds the fields that are the same in every row.

    For the tables of the log alone: their values are not checked, because we make them.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in (*shared, *names)]
    quoted = ", ".join(connection.ops.quote_name(each.column) for each in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    signs = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {table} ({quoted}) VALUES ({signs})"  # noqa: S608 - our own names
    first = tuple(
        field.get_db_prep_save(value, connection)
        for field, value in zip(fields, shared.values(), strict=False)
    )
    stored = _converted(fields[len(first) :], rows=rows)
    with connection.cursor() as cursor:
        while part := [(*first, *row) for row in islice(stored, AT_A_TIME)]:
            cursor.executemany(statement, part)


def update_rows(rows: Sequence[models.Model], *, names: Sequence[str]) -> None:
    """Store these fields of rows of one model, one plain statement for each row.

    One long statement for many rows, which the framework would write, takes the database ten
    times as long.
    """
    if not rows or not names:
        return
    meta = type(rows[0])._meta
    fields: list[Any] = [meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    pk: Any = meta.pk
    sets = ", ".join(f"{quote(each.column)} = %s" for each in fields)
    table, key = quote(meta.db_table), quote(pk.column)
    statement = f"UPDATE {table} SET {sets} WHERE {key} = %s"  # noqa: S608 - our own names
    values = (
        tuple(
            each.get_db_prep_save(getattr(row, each.attname), connection) for each in (*fields, pk)
        )
        for row in rows
    )
    with connection.cursor() as cursor:
        while part := list(islice(values, AT_A_TIME)):
            cursor.executemany(statement, part)


def _converted(fields: list[Any], *, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows as the database takes them: days in its own form, all else as it is."""
    days = [place for place, field in enumerate(fields) if isinstance(field, models.DateField)]
    prepare: Callable[[date], Any] = connection.ops.adapt_datefield_value
    for row in rows:
        values = list(row)
        for place in days:
            values[place] = prepare(values[place])
        yield tuple(values)
