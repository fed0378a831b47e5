"""What goes into a backup: of the data, and, apart from it, of the keys."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.db import connection

from commonweal.operations import MANIFEST, Manifest, MemberWriter
from commonweal_web.operations.frozen import (
    Frozen,
    frozen_database,
    migrations_in,
    records_in,
    rows_in,
)
from commonweal_web.operations.key_files import key_fingerprints, key_members
from commonweal_web.operations.stored_files import stored_members


def write_data(writer: MemberWriter, *, at: datetime, folder: Path) -> Manifest:
    """Write the database as it is at one moment, then the files that its rows name.

    `folder` is a private one for what has to lie on the disk meanwhile. Keys are not written.
    """
    with frozen_database(folder=folder) as frozen:
        manifest = manifest_of(frozen, at=at)
        writer.add(MANIFEST, [manifest.encode()])
        for name, pieces in frozen.members():
            writer.add(name, pieces)
    for name, pieces in stored_members():
        writer.add(name, pieces)
    writer.finish()
    return manifest


def write_keys(writer: MemberWriter, *, at: datetime) -> Manifest:
    """Write the keys folder, and nothing else."""
    manifest = Manifest("keys", version("commonweal"), at, key_fingerprints())
    writer.add(MANIFEST, [manifest.encode()])
    for name, pieces in key_members():
        writer.add(name, pieces)
    writer.finish()
    return manifest


def manifest_of(frozen: Frozen, *, at: datetime) -> Manifest:
    """What a backup of this moment says of itself."""
    return Manifest(
        kind="data",
        version=version("commonweal"),
        made_at=at,
        key_files=key_fingerprints(),
        database=connection.vendor,
        records=records_in(frozen),
        rows=rows_in(frozen),
        columns=frozen.columns(),
        migrations=migrations_in(frozen),
    )
