"""PostgreSQL in a backup: every table as COPY gives it, read in one transaction.

It needs no program of the server's own version, and it goes into any version. Columns that the
database works out by itself are left to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from commonweal.operations import BackupRejected, Manifest
from commonweal_web.operations.pieces import gathered

FOLDER, SUFFIX = "database/", ".copy"
_COLUMNS = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
ORDER BY c.relname, a.attnum
"""


class FrozenTables:
    """All tables within the one transaction that is open."""

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a statement that reads."""
        with connection.cursor() as cursor:
            cursor.execute(sql)  # writes no row: the transaction is read-only
            return list(cursor.fetchall())

    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Every table with the columns that are copied."""
        return self._columns

    @cached_property
    def _columns(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for table, column in self.fetch(_COLUMNS):
            found[table] = (*found.get(table, ()), column)
        return found

    def members(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each table as lines of text."""
        for table in sorted(self._columns):
            yield f"{FOLDER}{table}{SUFFIX}", _lines(table, columns=self._columns[table])


@contextmanager
def frozen_tables() -> Iterator[FrozenTables]:
    """Hold one moment of the database without holding up anybody who writes."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield FrozenTables()


def make_tables() -> None:
    """Make all tables of this version, empty, within the transaction that is open."""
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        quoted = ", ".join(map(_quoted, FrozenTables().columns()))
        # writes no row: takes away what making the tables put there
        cursor.execute(f"TRUNCATE {quoted}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def load_table(name: str, pieces: Iterable[bytes], *, manifest: Manifest) -> None:
    """Put the lines of one member into its table. Raises `BackupRejected` for an unknown one."""
    table = name.removeprefix(FOLDER).removesuffix(SUFFIX)
    columns = manifest.columns.get(table, ())
    known = FrozenTables().columns().get(table, ())
    if not columns or sorted(columns) != sorted(known):
        raise BackupRejected(
            "table_unknown",
            f"The backup’s table {table!r} does not have the columns that this version of "
            f"Commonweal has. It was made by version {manifest.version}: use that one.",
        )
    statement = f"COPY {_quoted(table)} ({_listed(columns)}) FROM STDIN"
    # writes no row: puts back rows whose leaves are in the same backup
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for piece in pieces:
            copy.write(piece)


def settle_tables() -> None:
    """Check every reference between tables, and let new rows count on from the old ones."""
    models = apps.get_models(include_auto_created=True)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            # writes no row: sets where counting goes on
            cursor.execute(statement)


def _lines(table: str, *, columns: Iterable[str]) -> Iterator[bytes]:
    statement = f"COPY {_quoted(table)} ({_listed(columns)}) TO STDOUT"
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        yield from gathered(map(bytes, copy))


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
