"""Files between their upload and the word to bring them in: kept on the server, for a day.

Names are random and ours; what the sender called a file is only shown. Beside each file lies a
note with whose it is, its hash, and how it is to be read. Whoever sent a file finds it, nobody
else. Each room has a shelf of its own.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from commonweal_web.house.declaration import Text
from commonweal_web.house.refusals import Conflict, NotHere, Refused
from commonweal_web.record.actor import Actor

LARGEST_FILE = 64 * 1024 * 1024
ROOM_FOR_FIELDS = 2 * 1024 * 1024
KEPT_FOR = timedelta(days=1)
SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".xlsx", ".xlsm", ".xls")
LONGEST_NAME = 300
_CODE = re.compile(r"[0-9a-f]{32}")


class SentFile(Protocol):
    """A file as it was sent."""

    name: str | None

    def chunks(self) -> Iterable[bytes]:
        """Its bytes, piece by piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFile:
    """A file that waits: what it was called and whose it is; a room adds how it is read."""

    code: str
    name: str
    suffix: str
    organisation: str
    account: str
    sha256: str = ""


Kind = TypeVar("Kind", bound=WaitingFile)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Generic[Kind]):
    """Where the files of one room wait, and what the room says when one cannot be used.

    The texts are lazy ones: they are said in the language of whoever reads them.
    """

    kind: type[Kind]
    folder_name: str
    nameless: str
    too_large_text: Text
    gone_text: Text
    vanished_text: Text
    changed_text: Text

    def folder(self) -> Path:
        """Where the files are, made for the server alone."""
        path = Path(settings.DATA) / self.folder_name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    def path_of(self, waiting: Kind) -> Path:
        """Where the bytes of a file are."""
        return self.folder() / f"{waiting.code}{waiting.suffix}"

    def plain_name(self, name: str | None) -> str:
        """The last part of what a file was called, to be shown; never a path."""
        last = PurePath((name or self.nameless).replace("\\", "/")).name[:LONGEST_NAME]
        return last or self.nameless

    def keep(self, file: SentFile, *, actor: Actor, **facts: Any) -> Kind:
        """Store a file that was sent. Raises `Refused` for one that is too large."""
        name = self.plain_name(file.name)
        suffix = PurePath(name).suffix.lower()
        waiting = self.kind(
            code=secrets.token_hex(16),
            name=name,
            suffix=suffix if suffix in SUFFIXES else "",
            organisation=str(actor.organisation_id),
            account=str(actor.account_id),
            **facts,
        )
        return self.note(replace(waiting, sha256=self._store(file, waiting=waiting)))

    def _store(self, file: SentFile, *, waiting: Kind) -> str:
        path, digest, size = self.path_of(waiting), hashlib.sha256(), 0
        with path.open("xb") as target:
            for chunk in file.chunks():
                size += len(chunk)
                if size > LARGEST_FILE:
                    break
                digest.update(chunk)
                target.write(chunk)
        if size > LARGEST_FILE:
            path.unlink()
            raise self.too_large()
        return digest.hexdigest()

    def too_large(self) -> Refused:
        """The refusal of a file beyond the limit."""
        return Refused("file_too_large", str(self.too_large_text), where="file")

    def note(self, waiting: Kind) -> Kind:
        """Write down beside a waiting file how it is to be read."""
        path = self.folder() / f"{waiting.code}.note"
        draft = path.with_suffix(f".{secrets.token_hex(4)}")
        draft.write_text(json.dumps(asdict(waiting)), encoding="utf-8")
        draft.replace(path)
        return waiting

    def kept(self, code: str, *, actor: Actor) -> Kind:
        """A file that this person sent and that still waits. Raises `NotHere`."""
        path = self.folder() / f"{code}.note"
        if _CODE.fullmatch(code) and path.is_file():
            waiting = self.kind(**json.loads(path.read_text(encoding="utf-8")))
            owner = (str(actor.organisation_id), str(actor.account_id))
            if (waiting.organisation, waiting.account) == owner:
                return waiting
        raise NotHere("upload_gone", str(self.gone_text))

    def checked_path(self, waiting: Kind) -> Path:
        """Where the bytes are that were shown. Raises `NotHere`, or `Conflict` for others."""
        path = self.path_of(waiting)
        if not path.is_file():
            raise NotHere("upload_gone", str(self.vanished_text))
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != waiting.sha256:
            raise Conflict("file_changed", str(self.changed_text))
        return path

    def forget(self, waiting: Kind) -> None:
        """Delete a file that no longer waits."""
        self.path_of(waiting).unlink(missing_ok=True)
        (self.folder() / f"{waiting.code}.note").unlink(missing_ok=True)

    def forget_old(self, *, at: datetime) -> int:
        """Delete the files that nobody brought in within a day; how many files went."""
        before = (at - KEPT_FOR).timestamp()
        old = [path for path in self.folder().iterdir() if path.stat().st_mtime < before]
        for path in old:
            path.unlink(missing_ok=True)
        return sum(path.suffix != ".note" for path in old)

    def forget_of(self, organisation_id: UUID) -> None:
        """Delete what waits for an organisation that is deleted itself."""
        for note in list(self.folder().glob("*.note")):
            waiting = self.kind(**json.loads(note.read_text(encoding="utf-8")))
            if waiting.organisation == str(organisation_id):
                self.forget(waiting)


def is_too_long(request: HttpRequest) -> bool:
    """Whether a request says of itself that it is longer than the largest file."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and int(length) > LARGEST_FILE + ROOM_FOR_FIELDS
