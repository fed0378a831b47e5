"""Rosters that wait: kept on the server until somebody has looked at the plan and agreed.

The bytes lie under a name of our own; what the file was called is only ever shown. Whoever sent a
file finds it, nobody else, for one day.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Table
from commonweal_web.house.refusals import Conflict, NotHere, Refused
from commonweal_web.record.actor import Actor

LARGEST_FILE = 64 * 1024 * 1024
KEPT_FOR = timedelta(days=1)
SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".xlsx", ".xlsm", ".xls")
_CODE = re.compile(r"[0-9a-f]{32}")


class SentFile(Protocol):
    """A file as it was sent."""

    name: str | None

    def chunks(self) -> Iterable[bytes]:
        """Its bytes, piece by piece."""


@dataclass(frozen=True, slots=True)
class WaitingRoster:
    """A roster that waits: what it was called, whose it is, and how it is to be read."""

    code: str
    name: str
    suffix: str
    organisation: str
    account: str
    sha256: str
    lists: str
    may_make: bool
    columns: Mapping[str, int] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where the bytes are."""
        return folder() / f"{self.code}{self.suffix}"


def folder() -> Path:
    """Where waiting rosters are, made for the server alone."""
    path = Path(settings.DATA) / "rosters"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def plain_name(name: str | None) -> str:
    """The last part of what a file was called, to be shown; never a path."""
    return PurePath((name or "roster").replace("\\", "/")).name[:300] or "roster"


def keep(file: SentFile, *, actor: Actor, lists: str, may_make: bool) -> WaitingRoster:
    """Store a file that was sent, piece by piece. Raises `Refused` for one that is too large."""
    name = plain_name(file.name)
    suffix = PurePath(name).suffix.lower()
    waiting = WaitingRoster(
        code=secrets.token_hex(16),
        name=name,
        suffix=suffix if suffix in SUFFIXES else "",
        organisation=str(actor.organisation_id),
        account=str(actor.account_id),
        sha256="",
        lists=lists,
        may_make=may_make,
    )
    stored = replace(waiting, sha256=_store(file, path=waiting.path))
    note(stored)
    return stored


def _store(file: SentFile, *, path: Path) -> str:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as target:
        for chunk in file.chunks():
            size += len(chunk)
            if size > LARGEST_FILE:
                break
            digest.update(chunk)
            target.write(chunk)
    if size > LARGEST_FILE:
        path.unlink()
        raise too_large()
    return digest.hexdigest()


def too_large() -> Refused:
    """The refusal of a file beyond the limit."""
    return Refused(
        "file_too_large",
        _("The file is larger than 64 MB, the most that is read. Split it into smaller files."),
        where="file",
    )


def note(waiting: WaitingRoster) -> WaitingRoster:
    """Write down beside a waiting file how it is to be read."""
    path = folder() / f"{waiting.code}.note"
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    draft.write_text(json.dumps(asdict(waiting)), encoding="utf-8")
    draft.replace(path)
    return waiting


def kept(code: str, *, actor: Actor) -> WaitingRoster:
    """A roster that this person sent and that still waits. Raises `NotHere`."""
    path = folder() / f"{code}.note"
    if _CODE.fullmatch(code) and path.is_file():
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        waiting = WaitingRoster(**found)
        owner = (str(actor.organisation_id), str(actor.account_id))
        if (waiting.organisation, waiting.account) == owner:
            return waiting
    raise NotHere(
        "upload_gone",
        _("This file no longer waits here. It is kept for one day. Send it again."),
    )


def forget(waiting: WaitingRoster) -> None:
    """Delete a file that no longer waits."""
    waiting.path.unlink(missing_ok=True)
    (folder() / f"{waiting.code}.note").unlink(missing_ok=True)


def forget_old_rosters(*, at: datetime) -> int:
    """Delete the rosters that nobody brought in within a day; how many files went."""
    before = (at - KEPT_FOR).timestamp()
    old = [path for path in folder().iterdir() if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return sum(path.suffix != ".note" for path in old)


def table_of(waiting: WaitingRoster) -> Table:
    """Read a waiting roster. Raises `Refused` when it cannot be read whole.

    What is brought in is what was shown: a file that changed on the disk is refused.
    """
    if not waiting.path.is_file():
        raise NotHere("upload_gone", _("This file no longer waits here. Send it again."))
    with waiting.path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != waiting.sha256:
        raise Conflict(
            "file_changed",
            _("The file on the server is not the one that was sent. Send it again."),
        )
    try:
        return read_register(waiting.path)
    except RegisterRefused as refusal:
        raise Refused(refusal.code, str(refusal), where="file") from refusal
