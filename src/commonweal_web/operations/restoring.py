"""Putting a backup back into an empty place, and judging it before anybody uses it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from commonweal.operations import BackupRejected, KeptRecord, Manifest
from commonweal.record import Problem, Verification
from commonweal_web.operations import postgresql_copy, sqlite_copy, stored_files
from commonweal_web.operations.pieces import write_new
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.queries import verify_installation, verify_record, witnesses

Members = Iterable[tuple[str, Iterator[bytes]]]


@dataclass(frozen=True, slots=True)
class Judged:
    """What verification said of one organisation's restored record."""

    record: KeptRecord
    found: Verification
    named_by: Mapping[str, str] = field(default_factory=dict)


def refuse_other_version(manifest: Manifest) -> None:
    """Refuse a backup whose tables are not those of this version, or of another database."""
    here = {f"{app}.{name}" for app, name in MigrationLoader(None).graph.nodes}
    if here != set(manifest.migrations):
        raise BackupRejected(
            "other_version",
            f"The backup was made by version {manifest.version}, whose tables differ from those "
            "of this one. Restore it with that version, then bring it up to date.",
        )
    if manifest.database != connection.vendor:
        raise BackupRejected(
            "other_database",
            f"The backup is of {manifest.database}, this installation is set up for "
            f"{connection.vendor}. Set DATABASE_URL for {manifest.database}: empty for SQLite, "
            "postgresql://… for PostgreSQL.",
        )


def refuse_filled_places() -> None:
    """Refuse a database that holds any table, and a storage of evidence that holds any file.

    The data folder itself was looked at before Django began.
    """
    _refuse_filled_storage()
    if connection.vendor == "postgresql":
        _refuse_filled_database()


def _refuse_filled_database() -> None:
    found = sorted(connection.introspection.table_names())
    if found:
        raise BackupRejected(
            "database_not_empty",
            f"The database {connection.settings_dict['NAME']} holds {len(found)} tables already, "
            f"such as {found[0]}. Restore into a new, empty database.",
        )


def _refuse_filled_storage() -> None:
    first = next(stored_files.stored_names(), None)
    if first is not None:
        raise BackupRejected(
            "storage_not_empty",
            f"The storage of evidence holds files already, such as {first}. Use an empty one.",
        )


@contextmanager
def wholly_or_not() -> Iterator[None]:
    """On PostgreSQL everything inside is one transaction; SQLite's file is not in use yet."""
    if connection.vendor == "sqlite":
        yield
        return
    with transaction.atomic():
        postgresql_copy.make_tables()
        yield


def give_up() -> None:
    """Keep nothing of what was put back."""
    if connection.vendor == "postgresql":
        transaction.set_rollback(True)
    close_file()


def close_file() -> None:
    """Write SQLite's journal back and let go of the file; on PostgreSQL there is nothing to."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def put_back(rest: Members, *, manifest: Manifest) -> None:
    """Put every member back, then check tables, references and the number of rows.

    Raises `BackupRejected`; what was put back until then must be thrown away.
    """
    for name, pieces in rest:
        _put_back_member(name, pieces, manifest=manifest)
    _settle_database()
    counts = _counted(manifest.rows)
    for table, expected in manifest.rows.items():
        if counts[table] != expected:
            raise BackupRejected(
                "rows_missing",
                f"The table {table} has {counts[table]} rows, the backup says {expected}.",
            )


def judge(
    manifest: Manifest, *, printed: Mapping[str, Sequence[str]]
) -> tuple[list[Judged], tuple[Problem, ...]]:
    """Verify every restored record, also against signed texts kept elsewhere, by their origin.

    Raises `BackupRejected` where a record is not the one that the backup speaks of.
    """
    judged = []
    for record in manifest.records:
        organisation = Organisation.objects.get(pk=UUID(record.organisation_id))
        found = verify_record(organisation, printed=printed.get(record.origin, ()))
        if (found.size, found.root.hex()) != (record.size, record.root):
            raise BackupRejected(
                "record_differs",
                f"The record of {record.slug} has {found.size} steps and the root "
                f"{found.root.hex()}, the backup says {record.size} and {record.root}.",
            )
        named_by = {each.name: each.named_by for each in witnesses(organisation)}
        judged.append(Judged(record, found, named_by))
    return judged, verify_installation()


def _put_back_member(name: str, pieces: Iterator[bytes], *, manifest: Manifest) -> None:
    if name == sqlite_copy.MEMBER and connection.vendor == "sqlite":
        write_new(Path(connection.settings_dict["NAME"]), pieces)
    elif name.startswith(postgresql_copy.FOLDER) and connection.vendor == "postgresql":
        postgresql_copy.load_table(name, pieces, manifest=manifest)
    elif name.startswith(stored_files.FOLDER):
        stored_files.put_back(name, pieces)
    else:
        raise BackupRejected("member_unknown", f"The backup holds {name!r}, which is no part.")


def _settle_database() -> None:
    if connection.vendor == "postgresql":
        postgresql_copy.settle_tables()
        return
    path = Path(connection.settings_dict["NAME"])
    if not path.exists():
        raise BackupRejected("database_missing", "The backup holds no database.")
    try:
        with closing(sqlite3.connect(path)) as database:
            sqlite_copy.refuse_damaged(database)
    except sqlite3.DatabaseError as damaged:
        raise BackupRejected(
            "database_damaged", f"The database in the backup cannot be read: {damaged}."
        ) from damaged


def _counted(tables: Iterable[str]) -> dict[str, int]:
    known, counts = set(connection.introspection.table_names()), {}
    with connection.cursor() as cursor:
        for table in tables:
            if table not in known:
                raise BackupRejected("table_unknown", f"There is no table {table!r} here.")
            quoted = connection.ops.quote_name(table)
            # writes no row: counts them
            cursor.execute(f"SELECT count(*) FROM {quoted}")  # noqa: S608  # a known table
            counts[table] = cursor.fetchone()[0]
    return counts
