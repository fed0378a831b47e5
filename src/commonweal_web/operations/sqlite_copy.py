"""SQLite in a backup: the whole file, copied in one step while the server writes on.

SQLite's own backup function reads within one transaction, so that the copy is of one moment, and
takes over every table, index and search list as it lies there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from commonweal.operations import BackupRejected
from commonweal_web.operations.pieces import pieces_in

MEMBER = "database.sqlite3"
WAIT_SECONDS = 60.0
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
)


class FrozenFile:
    """A copy of the database file that nobody writes."""

    def __init__(self, path: Path, *, database: sqlite3.Connection) -> None:
        self._path, self._database = path, database

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a statement that reads."""
        return self._database.execute(sql).fetchall()  # writes no row: the copy is read-only

    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Every table; their columns are in the file itself."""
        return {name: () for (name,) in self.fetch(_TABLES)}

    def members(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """The file."""
        yield MEMBER, pieces_in(self._path)


@contextmanager
def frozen_file(*, folder: Path) -> Iterator[FrozenFile]:
    """Copy the database into a folder, check the copy, and hold it until the block ends."""
    path = folder / MEMBER
    database = Path(connection.settings_dict["NAME"])
    with _opened(database, mode="rw") as live, _opened(path, mode="rwc") as copy:
        copy.execute("PRAGMA synchronous=OFF")  # a copy that is cut off is thrown away
        live.backup(copy)
    with _opened(path, mode="ro&immutable=1") as frozen:
        refuse_damaged(frozen, check="quick_check")
        yield FrozenFile(path, database=frozen)


def refuse_damaged(database: sqlite3.Connection, *, check: str = "integrity_check") -> None:
    """Refuse a database file whose pages are damaged. Raises `BackupRejected`."""
    [(said,), *_more] = database.execute(f"PRAGMA {check}").fetchall()  # writes no row: it checks
    if said != "ok":
        raise BackupRejected("database_damaged", f"The database file is damaged: {said}.")


@contextmanager
def _opened(path: Path, *, mode: str) -> Iterator[sqlite3.Connection]:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)) as database:
        yield database
