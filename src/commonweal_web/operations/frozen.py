"""The database as it is at one moment, while others go on writing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from django.db import connection

from commonweal.operations import KeptRecord
from commonweal_web.operations.postgresql_copy import frozen_tables
from commonweal_web.operations.sqlite_copy import frozen_file

RECORDS = (
    "SELECT o.id, o.slug, h.origin, h.size, h.root FROM organisations_organisation o "
    "JOIN record_loghead h ON h.organisation_id = o.id ORDER BY o.slug"
)
MIGRATIONS = "SELECT app, name FROM django_migrations"


class Frozen(Protocol):
    """One moment of a database: what can be asked of it, and the members that carry it away."""

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a statement that reads."""

    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Every table with the columns that are written, in their order."""

    def members(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Name and pieces of each member, ascending by name."""


def frozen_database(*, folder: Path) -> AbstractContextManager[Frozen]:
    """Hold one moment of the database; `folder` is for what has to lie on the disk meanwhile."""
    return frozen_file(folder=folder) if connection.vendor == "sqlite" else frozen_tables()


def records_in(frozen: Frozen) -> tuple[KeptRecord, ...]:
    """Where each organisation's record stood at that moment."""
    return tuple(
        KeptRecord(str(uuid.UUID(str(owner))), slug, origin, size, bytes(root).hex())
        for owner, slug, origin, size, root in frozen.fetch(RECORDS)
    )


def rows_in(frozen: Frozen) -> dict[str, int]:
    """How many rows each table had."""
    quote = connection.ops.quote_name
    return {
        table: frozen.fetch(f"SELECT count(*) FROM {quote(table)}")[0][0]  # noqa: S608  # our own
        for table in sorted(frozen.columns())
    }


def migrations_in(frozen: Frozen) -> tuple[str, ...]:
    """The migrations that had been applied, as `room.name`."""
    return tuple(sorted(f"{app}.{name}" for app, name in frozen.fetch(MIGRATIONS)))
