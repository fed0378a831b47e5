"""Files between their upload and the word to bring them in: kept on the server, for a day.

Names are random and ours; what the sender called a file is only shown. Beside each file lies a
note with whose it is, its hash, and how it is to be read.
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
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from commonweal.systems.inventory.mapping import RegisterFormat
from commonweal.systems.inventory.mapping_file import parse_mapping, shipped_format
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
class Upload:
    """A file that waits: what it was called, whose it is, and how it is to be read.

    `format` names a shipped format; `mapping` is the text of a mapping file and comes first.
    """

    code: str
    name: str
    suffix: str
    organisation: str
    account: str
    sha256: str
    kept_at: str
    format: str = ""
    mapping: str = ""

    @property
    def path(self) -> Path:
        """Where the bytes are."""
        return folder() / f"{self.code}{self.suffix}"

    @property
    def is_explained(self) -> bool:
        """Whether somebody said what its columns mean."""
        return bool(self.format or self.mapping)


def folder() -> Path:
    """Where waiting files are, made for the server alone."""
    path = Path(settings.DATA) / "uploads"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(
    file: SentFile, *, actor: Actor, at: datetime, format: str = "", mapping: str = ""
) -> Upload:
    """Store a file that was sent, piece by piece. Raises `Refused` for one that is too large."""
    name = PurePath((file.name or "register").replace("\\", "/")).name[:300]
    suffix = PurePath(name).suffix.lower()
    upload = Upload(
        code=secrets.token_hex(16),
        name=name,
        suffix=suffix if suffix in SUFFIXES else "",
        organisation=str(actor.organisation_id),
        account=str(actor.account_id),
        sha256="",
        kept_at=at.isoformat(),
        format=format,
        mapping=mapping,
    )
    stored = replace(upload, sha256=_store(file, path=upload.path))
    _note(stored)
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
        _(
            "The file is larger than 64 MB, the most that is read. Split it, or remove pictures "
            "and columns that hold no facts about a use."
        ),
        where="file",
    )


def _note(upload: Upload) -> None:
    path = folder() / f"{upload.code}.note"
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    draft.write_text(json.dumps(asdict(upload)), encoding="utf-8")
    draft.replace(path)


def kept(code: str, *, actor: Actor) -> Upload:
    """A file that this person sent and that still waits. Raises `NotHere`."""
    path = folder() / f"{code}.note"
    if _CODE.fullmatch(code) and path.is_file():
        upload = Upload(**json.loads(path.read_text(encoding="utf-8")))
        if (upload.organisation, upload.account) == (
            str(actor.organisation_id),
            str(actor.account_id),
        ):
            return upload
    raise NotHere(
        "upload_gone",
        _("This file no longer waits here. It is kept for one day. Send it again."),
    )


def explain(upload: Upload, *, mapping: str) -> Upload:
    """Say what the columns of a waiting file mean, by the text of a mapping file."""
    explained = replace(upload, mapping=mapping)
    _note(explained)
    return explained


def forget(upload: Upload) -> None:
    """Delete a file that no longer waits."""
    upload.path.unlink(missing_ok=True)
    (folder() / f"{upload.code}.note").unlink(missing_ok=True)


def forget_old_uploads(*, at: datetime) -> int:
    """Delete the files that nobody brought in within a day; how many files went."""
    before = (at - KEPT_FOR).timestamp()
    old = [path for path in folder().iterdir() if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return sum(path.suffix != ".note" for path in old)


def table_of(upload: Upload) -> Table:
    """Read a waiting file. Raises `Refused` when it cannot be read whole."""
    _check_bytes(upload)
    try:
        return read_register(upload.path)
    except RegisterRefused as refusal:
        raise in_words(refusal) from refusal


def _check_bytes(upload: Upload) -> None:
    """What is brought in is what was shown: a file that changed on the disk is refused."""
    if not upload.path.is_file():
        raise NotHere("upload_gone", _("This file no longer waits here. Send it again."))
    with upload.path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != upload.sha256:
        raise Conflict(
            "file_changed",
            _(
                "The file on the server is not the one that was sent. Nothing was brought in. "
                "Send it again."
            ),
        )


def format_of(upload: Upload) -> RegisterFormat:
    """How a waiting file is to be read. Raises `Refused` for a faulty mapping."""
    try:
        if upload.mapping:
            return parse_mapping(upload.mapping, file=_("the mapping"))
        return shipped_format(upload.format)
    except RegisterRefused as refusal:
        raise in_words(refusal) from refusal


def in_words(refusal: RegisterRefused, *, where: str = "") -> Refused:
    """A refusal of the domain as the house shows it, with the place in the sentence."""
    return Refused(refusal.code, str(refusal), where=where or refusal.where)
