"""When the last backup was written and read back whole: a small file beside the data."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from commonweal.operations import Manifest
from commonweal_web.house import environment
from commonweal_web.operations.pieces import write_new


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When it was made, how many bytes it has, and the steps of each organisation's record."""

    made_at: datetime
    bytes: int
    sizes: dict[str, int]


def last_backup(kind: str = "data") -> LastBackup | None:
    """The last backup of the data, or of the "keys"; None when there is none yet."""
    try:
        told = json.loads(_path(kind).read_text(encoding="utf-8"))
        return LastBackup(
            datetime.fromisoformat(told["made_at"]), int(told["bytes"]), dict(told["sizes"])
        )
    except (OSError, KeyError, TypeError, ValueError):
        return None


def keep_last_backup(manifest: Manifest, *, size: int) -> None:
    """Note that a backup was made and verified."""
    told = {
        "made_at": manifest.made_at.isoformat(),
        "bytes": size,
        "sizes": {each.slug: each.size for each in manifest.records},
    }
    path = _path(manifest.kind)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    write_new(draft, [json.dumps(told).encode()])
    draft.replace(path)


def _path(kind: str) -> Path:
    return environment.data_folder() / f"last-backup-of-{kind}.json"
