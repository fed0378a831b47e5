"""The files kept as evidence, carried as they lie: encrypted, each under its own name.

A file has its name before the row that speaks of it is stored, and is never changed in place. So
whoever copies the files after the rows has every file that the rows name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any, cast

from django.core.files.base import File
from django.core.files.storage import Storage, storages

from commonweal.operations import BackupRejected
from commonweal_web.operations.pieces import pieces_of

FOLDER = "evidence/"
_NAME = re.compile(r"[0-9a-f]{32}/[0-9a-f]{32}")
_IN_MEMORY = 2 * 1024 * 1024


def stored_names() -> Iterator[str]:
    """The names of all stored files, ascending."""
    for folder in sorted(_listed("")[0]):
        names = (f"{folder}/{name}" for name in sorted(_listed(folder)[1]))
        yield from filter(_NAME.fullmatch, names)


def stored_members() -> Iterator[tuple[str, Iterator[bytes]]]:
    """Name and pieces of each stored file; one that is deleted meanwhile is passed over."""
    for name in stored_names():
        try:
            opened = _storage().open(name, "rb")
        except FileNotFoundError:
            continue
        with opened as stream:
            yield f"{FOLDER}{name}", pieces_of(cast(Any, stream))


def put_back(member: str, pieces: Iterable[bytes]) -> None:
    """Store a file again under its name. Raises `BackupRejected` for a name that is none."""
    name = member.removeprefix(FOLDER)
    if not _NAME.fullmatch(name):
        raise BackupRejected("name_unsafe", f"{member!r} is no name of a file kept as evidence.")
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as whole:
        for piece in pieces:  # `writelines` would gather them all in memory
            whole.write(piece)
        whole.seek(0)
        # writes no row: puts a file where it was
        _storage().save(name, File(cast(Any, whole), name=name))


def _storage() -> Storage:
    return storages["evidence"]


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return _storage().listdir(folder)
    except FileNotFoundError:
        return [], []
