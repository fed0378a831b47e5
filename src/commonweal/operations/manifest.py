"""The first member of a backup: what it is and what should be in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from .rejected import BackupRejected

MANIFEST = "about.json"
MOST_BYTES = 16 * 1024 * 1024
_FINGERPRINT = b"commonweal key file\n"


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """Where an organisation's record stood: how many steps, and the root over them."""

    organisation_id: str
    slug: str
    origin: str
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is: of the data or of the keys, when, by which version, of what size.

    `database` and what follows it are empty in a backup of keys. `rows` counts the rows of every
    table, `columns` names the columns in their order where the tables are members of their own.
    `key_files` are the names of the files in the keys folder when it was made, with a fingerprint
    each: never a key.
    """

    kind: str
    version: str
    made_at: datetime
    key_files: Mapping[str, str]
    database: str = ""
    records: tuple[KeptRecord, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    migrations: tuple[str, ...] = ()

    def encode(self) -> bytes:
        """The manifest as JSON."""
        written = asdict(self) | {"made_at": self.made_at.isoformat()}
        return json.dumps(written, indent=1, sort_keys=True).encode()


def read_manifest(pieces: Iterable[bytes]) -> Manifest:
    """Read the manifest from the pieces of its member.

    Raises:
        BackupRejected: when it is not one, with what is wrong about it.
    """
    try:
        return _manifest(json.loads(_joined(pieces)))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as malformed:
        if isinstance(malformed, BackupRejected):
            raise
        raise BackupRejected(
            "manifest_malformed", f"The backup does not say what it is: {malformed!r}."
        ) from malformed


def fingerprint(key_file: bytes) -> str:
    """Tells two key files apart without saying anything about either: keys are random."""
    return sha256(_FINGERPRINT + key_file).hexdigest()[:16]


def _joined(pieces: Iterable[bytes]) -> bytes:
    raw = b""
    for piece in pieces:
        raw += piece
        if len(raw) > MOST_BYTES:
            raise BackupRejected(
                "manifest_absurd", f"The backup's description is over {MOST_BYTES} bytes long."
            )
    return raw


def _manifest(told: Mapping[str, Any]) -> Manifest:
    if told["kind"] not in ("data", "keys"):
        raise ValueError(f"it is of the kind {told['kind']!r}")
    made_at = datetime.fromisoformat(_text(told["made_at"]))
    if made_at.tzinfo is None:
        raise ValueError("its time has no zone")
    return Manifest(
        kind=told["kind"],
        version=_text(told["version"]),
        made_at=made_at,
        key_files={_text(name): _text(mark) for name, mark in told["key_files"].items()},
        database=_text(told["database"]),
        records=tuple(_record(each) for each in told["records"]),
        rows={_text(table): _count(count) for table, count in told["rows"].items()},
        columns={_text(table): _texts(names) for table, names in told["columns"].items()},
        migrations=_texts(told["migrations"]),
    )


def _record(told: Mapping[str, Any]) -> KeptRecord:
    owner, slug = _text(told["organisation_id"]), _text(told["slug"])
    origin, root = _text(told["origin"]), _text(told["root"])
    return KeptRecord(owner, slug, origin, _count(told["size"]), root)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(f"{values!r} is no list")
    return tuple(_text(each) for each in values)


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no count")
    return value
