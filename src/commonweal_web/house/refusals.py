"""Refusals: what a person or program asked for and cannot have, and what to do next."""

from __future__ import annotations


class Refused(Exception):
    """A request that was understood and turned down; nothing was written.

    `code` is stable and machine-readable, `message` is for a person and says what to do next,
    `where` names the field, row or file it is about, or is empty.
    """

    status = 422

    def __init__(self, code: str, message: str, *, where: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.where = code, str(message), where

    def as_error(self) -> dict[str, dict[str, str]]:
        """The one error shape of the API and of `--json`."""
        return {"error": {"code": self.code, "message": self.message, "where": self.where}}


class NotAllowed(Refused):
    """The person's roles do not give this right."""

    status = 403


class NotHere(Refused):
    """There is nothing at this address that this person may see."""

    status = 404


class Conflict(Refused):
    """Somebody else was first: look at the new state and decide again."""

    status = 409
