"""Beginning a backup file, and opening one: the passphrase, the header and the manifest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from .container import MemberWriter, members
from .header import HEADER_BYTES, Header, read_header
from .manifest import MANIFEST, Manifest, read_manifest
from .passphrase import ENOUGH, derive_key
from .rejected import BackupRejected


def begin_backup(stream: BinaryIO, *, passphrase: str, salt: bytes, nonce: bytes) -> MemberWriter:
    """Write the header of a new backup; the caller draws salt and nonce anew for each file."""
    header = Header(ENOUGH, salt, nonce)
    key = derive_key(passphrase, salt=salt, effort=ENOUGH)
    return MemberWriter(stream, header=header, key=key)


def open_backup(
    stream: BinaryIO, *, passphrase: str
) -> tuple[Manifest, Iterator[tuple[str, Iterator[bytes]]]]:
    """What a backup is, and the members that follow. Raises `BackupRejected`."""
    header = read_header(stream.read(HEADER_BYTES))
    key = derive_key(passphrase, salt=header.salt, effort=header.effort)
    found = members(stream, header=header, key=key)
    name, pieces = next(found, ("", iter(())))
    if name != MANIFEST:
        raise BackupRejected("manifest_missing", "The backup does not begin by saying what it is.")
    return read_manifest(pieces), found
