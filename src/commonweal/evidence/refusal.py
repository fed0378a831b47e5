"""Why a file is not kept."""

from __future__ import annotations


class FileRefused(Exception):
    """A file that is not kept: a stable code, and a sentence with what to do next."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class DoesNotHold(ValueError):
    """The content is not built as its kind is: cut off, damaged, or something else inside."""
