"""How commands answer: plain words for people, JSON for programs."""

from __future__ import annotations

import json
from typing import Any


class InputRefused(Exception):
    """What was given cannot be used; `message` says what to do next."""

    def __init__(self, code: str, message: str, *, where: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.where = code, message, where


def error_answer(code: str, message: str, *, where: str = "") -> str:
    """The one shape of an error for programs."""
    return as_json({"error": {"code": code, "message": message, "where": where}})


def as_json(value: Any) -> str:
    """A value as a program reads it; letters stay letters."""
    return json.dumps(value, ensure_ascii=False, default=str)
