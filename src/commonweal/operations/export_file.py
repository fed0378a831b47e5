"""The file of an organisation's export: a ZIP with a manifest of every member and its signed hash.

Anybody opens it with what their computer has. `manifest.json` names each member with its size and
SHA-256; `manifest.note` is a signed note over the manifest's own SHA-256, so that a changed byte
anywhere shows.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO

from commonweal.shared.archives import DAMAGE

FORMAT = "commonweal.organisation.export/1"
MANIFEST, NOTE = "manifest.json", "manifest.note"
LARGEST_MANIFEST = 64 << 20
LARGEST_NOTE = 64 << 10
STEP = 1 << 20


class ExportRejected(ValueError):
    """A file that is no export of ours, or no longer the one that was written."""


@dataclass(slots=True)
class _Measured:
    """Passes bytes on and keeps how many and their hash."""

    stream: IO[bytes]
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def write(self, raw: bytes) -> int:
        self.size += len(raw)
        self.digest.update(raw)
        return self.stream.write(raw)


@dataclass(slots=True)
class ExportWriter:
    """Writes members one after the other, then the manifest and its note."""

    archive: zipfile.ZipFile
    members: dict[str, dict[str, Any]] = field(default_factory=dict)

    @contextmanager
    def member(self, name: str) -> Iterator[_Measured]:
        """Open the next member for writing. Raises `ValueError` for a name that is unsafe."""
        _refuse_unsafe(name)
        if name in self.members:
            raise ValueError(f"The export holds {name!r} already; give each member its own name.")
        with self.archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as stream:
            measured = _Measured(stream)
            yield measured
        self.members[name] = {"size": measured.size, "sha256": measured.digest.hexdigest()}

    def finish(self, *, says: Mapping[str, Any], sign: Callable[[str], str]) -> str:
        """Write the manifest and its note; the result is the manifest's SHA-256 in hexadecimal.

        `says` is what the manifest states besides its members; `sign` turns the text to be signed
        into a signed note.
        """
        stated = {"format": FORMAT, **says, "members": self.members}
        raw = json.dumps(stated, ensure_ascii=False, indent=1, sort_keys=True).encode()
        digest = hashlib.sha256(raw).hexdigest()
        with self.archive.open(zipfile.ZipInfo(MANIFEST), "w") as stream:
            stream.write(raw)
        with self.archive.open(zipfile.ZipInfo(NOTE), "w") as stream:
            stream.write(sign(signed_text(digest)).encode())
        return digest


def signed_text(manifest_sha256: str) -> str:
    """The text that the note signs."""
    return f"{FORMAT}\n{manifest_sha256}\n"


@contextmanager
def writing(stream: BinaryIO) -> Iterator[ExportWriter]:
    """An export that is written into a stream."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        yield ExportWriter(archive)


@dataclass(frozen=True, slots=True)
class CheckedExport:
    """What a file said of itself: its manifest, its note, and what in it is not as stated."""

    manifest: Mapping[str, Any]
    note: str
    manifest_sha256: str
    problems: tuple[str, ...]


def check_export(stream: BinaryIO) -> CheckedExport:
    """Read a whole export and compare every member with the manifest.

    Raises:
        ExportRejected: no ZIP, no manifest, or one that cannot be read.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            raw = _small(archive, MANIFEST, limit=LARGEST_MANIFEST)
            manifest = _manifest(raw)
            note = _small(archive, NOTE, limit=LARGEST_NOTE).decode("utf-8")
            problems = tuple(_problems(archive, stated=manifest["members"]))
    except (*DAMAGE, UnicodeDecodeError) as broken:
        raise ExportRejected(f"This is no whole export of an organisation: {broken}") from broken
    return CheckedExport(manifest, note, hashlib.sha256(raw).hexdigest(), problems)


def _refuse_unsafe(name: str) -> None:
    parts = PurePosixPath(name).parts
    if (
        not name
        or name.startswith("/")
        or "\\" in name
        or ".." in parts
        or name in (MANIFEST, NOTE)
    ):
        raise ValueError(f"{name!r} cannot be the name of a member of an export.")


def _small(archive: zipfile.ZipFile, name: str, *, limit: int) -> bytes:
    try:
        info = archive.getinfo(name)
    except KeyError as missing:
        raise ExportRejected(f"There is no {name} in it: this is no export of ours.") from missing
    with archive.open(info) as stream:
        raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise ExportRejected(f"Its {name} is larger than {limit} bytes; no export of ours is.")
    return raw


def _manifest(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError as broken:
        raise ExportRejected(f"Its manifest is no JSON: {broken}") from broken
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ExportRejected(f"Its manifest does not say that it is {FORMAT}.")
    members = found.get("members")
    if not isinstance(members, dict) or not all(map(_is_stated, members.values())):
        raise ExportRejected("Its manifest does not state size and hash of each member.")
    return found


def _is_stated(stated: Any) -> bool:
    return (
        isinstance(stated, dict)
        and isinstance(stated.get("size"), int)
        and isinstance(stated.get("sha256"), str)
    )


def _problems(archive: zipfile.ZipFile, *, stated: Mapping[str, Any]) -> Iterator[str]:
    there = [info.filename for info in archive.infolist()]
    for name in sorted({name for name in there if there.count(name) > 1}):
        yield f"{name} is in it more than once"
    for name in sorted(set(there) - stated.keys() - {MANIFEST, NOTE}):
        yield f"{name} is not in the manifest"
    for name, expected in sorted(stated.items()):
        if name not in there:
            yield f"{name} is missing"
        elif not _is_as_stated(archive, name=name, expected=expected):
            yield f"{name} was changed"


def _is_as_stated(archive: zipfile.ZipFile, *, name: str, expected: Mapping[str, Any]) -> bool:
    """Whether a member has the stated size and hash; reads no more than that size."""
    digest, left = hashlib.sha256(), expected["size"]
    try:
        with archive.open(name) as stream:
            while raw := stream.read(STEP):
                left -= len(raw)
                if left < 0:
                    return False
                digest.update(raw)
    except DAMAGE:
        return False
    return left == 0 and digest.hexdigest() == str(expected["sha256"])
