"""What `commonweal check` says of backups: none yet, or none for days."""

from __future__ import annotations

from datetime import datetime, timedelta

from commonweal_web.house.declaration import Finding
from commonweal_web.operations.last_backup import last_backup

EXPECTED_WITHIN = timedelta(days=2)


def backup_findings(*, at: datetime) -> list[Finding]:
    """Whether data and keys were ever backed up, and the data lately."""
    return [*_of_data(at=at), *_of_keys()]


def _of_data(*, at: datetime) -> list[Finding]:
    last = last_backup()
    do = "Run commonweal backup FILE every day, and bring the file to another machine."
    if last is None:
        return [Finding("no_backup", "unsafe", "There is no backup of the data yet.", do)]
    days = (at - last.made_at).days
    if at - last.made_at <= EXPECTED_WITHIN:
        return []
    said = f"The last backup of the data is {days} days old."
    return [Finding("backup_old", "unsafe", said, do)]


def _of_keys() -> list[Finding]:
    if last_backup("keys") is not None:
        return []
    return [
        Finding(
            "no_keys_backup",
            "unsafe",
            "There is no backup of the keys: if they are lost, nothing can be written any more.",
            "Run commonweal backup-keys FILE, and let somebody else keep it, apart from the data.",
        )
    ]
