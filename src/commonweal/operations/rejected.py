"""Why a backup file is not read."""

from __future__ import annotations


class BackupRejected(ValueError):
    """A file that is no backup, is damaged, or says what no backup of ours says."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message
