"""Where the encrypted files lie: a folder, or an S3-compatible server. Nothing here is readable.

A file is whole and on the disk before it has its name, and has its name before the row that
speaks of it is stored: whoever finds the row finds the file.
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from commonweal_web.house.environment import data_folder

ALIAS = "evidence"
_IN_MEMORY = 2 * 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{32}/[0-9a-f]{32}")
_DRAFT = re.compile(r"[0-9a-f]{32}/\.[0-9a-f]{32}\.[0-9a-f]{16}")


class EvidenceFolder(FileSystemStorage):
    """A folder for its owner alone, written so that a crash leaves a whole file or none."""

    def __init__(self, location: Path | None = None) -> None:
        super().__init__(location=location or data_folder() / "evidence")

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, target)  # refuses a name that is taken
        finally:
            draft.unlink()
        _settle(target.parent)
        _settle(target.parent.parent)
        return name


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored file: its name, its length as it lies there, and when it came."""

    name: str
    size: int
    at: datetime


def storage() -> Storage:
    """The storage that the settings name."""
    return storages[ALIAS]


def name_of(organisation_id: UUID, *, pk: UUID) -> str:
    """The name a piece of evidence is stored under: two random ids, nothing that people typed."""
    return f"{organisation_id.hex}/{pk.hex}"


def put(name: str, pieces: Iterable[bytes]) -> None:
    """Store encrypted pieces under a name that is not taken. Raises `ValueError` where it is."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a stored file.")
    if storage().exists(name):
        raise ValueError(f"{name} is stored already.")
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as gathered:
        for piece in pieces:
            gathered.write(piece)
        gathered.seek(0)
        # writes no row: it stores a file
        storage().save(name, File(cast(Any, gathered), name=name))


def open_stored(name: str) -> BinaryIO:
    """The encrypted bytes of a stored file. Raises `FileNotFoundError`."""
    if not _NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return cast(BinaryIO, storage().open(name, "rb"))


def remove(name: str) -> None:
    """Delete a stored file; one that is gone already is no fault."""
    if _NAME.fullmatch(name) or _DRAFT.fullmatch(name):
        storage().delete(name)  # writes no row: it deletes a file


def stored_files(organisation_id: UUID) -> Iterator[Stored]:
    """Every stored file of an organisation, by name: for backups and for counting."""
    for name in stored_names(organisation_id):
        if _NAME.fullmatch(name):
            yield Stored(name, storage().size(name), came_at(name))


def stored_names(organisation_id: UUID) -> list[str]:
    """The names of an organisation's stored files, and of drafts that a crash left."""
    folder = organisation_id.hex
    try:
        _folders, files = storage().listdir(folder)
    except FileNotFoundError:
        return []
    names = [f"{folder}/{each}" for each in sorted(files)]
    return [name for name in names if _NAME.fullmatch(name) or _DRAFT.fullmatch(name)]


def came_at(name: str) -> datetime:
    """When a stored file came. Raises `FileNotFoundError`."""
    return storage().get_modified_time(name)


def stored_folders() -> list[UUID]:
    """The organisations that files are stored for, those without a row too."""
    try:
        folders, _files = storage().listdir("")
    except FileNotFoundError:
        return []
    return [UUID(hex=each) for each in sorted(folders) if re.fullmatch(r"[0-9a-f]{32}", each)]


def remove_all(organisation_id: UUID) -> int:
    """Delete every stored file of an organisation that is deleted itself; how many went."""
    names = stored_names(organisation_id)
    for name in names:
        remove(name)
    return len(names)
