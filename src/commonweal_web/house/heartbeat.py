"""When time was last attended to, kept as a file so that it needs no table and no record."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

FILE = "last-tick"


def note_tick(folder: Path, *, at: datetime) -> None:
    """Keep the moment of a tick that ran to its end. Whole or not at all."""
    draft = folder / f".{FILE}.{os.getpid()}"
    draft.write_text(at.isoformat())
    draft.replace(folder / FILE)


def last_tick(folder: Path) -> datetime | None:
    """When the last tick ran to its end; None where none did or the file cannot be read."""
    try:
        found = datetime.fromisoformat((folder / FILE).read_text().strip())
    except (OSError, ValueError):
        return None
    return found if found.tzinfo is not None else None
