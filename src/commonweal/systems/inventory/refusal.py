"""Why a register, or the mapping file that explains it, cannot be taken in."""

from __future__ import annotations


class RegisterRefused(Exception):
    """A register or mapping file was refused as a whole; nothing of it was taken in.

    `code` is stable for programs, `message` says what was wrong and what to do,
    `where` names the place (a row, a byte, a key), or is empty for the whole file.
    """

    def __init__(self, code: str, message: str, *, where: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message
