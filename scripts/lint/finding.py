"""What a rule found, and the mark by which a line says why it may stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One place that breaks a rule; the message says what to do."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


def is_marked(lines: Sequence[str], *, line: int, mark: str) -> bool:
    """Whether a comment `mark: reason` with a reason stands on this line or the one above.

    Lines count from 1, as in an error message.
    """
    wanted = re.compile(rf"#\s*{re.escape(mark)}:\s*\w")
    return any(wanted.search(lines[at]) for at in (line - 1, line - 2) if 0 <= at < len(lines))
