"""No module whose name says nothing: a reader must know what is in it before opening it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from lint.finding import Finding

RULE = "empty-name"
EMPTY_NAMES = frozenset(
    "util utils helper helpers base core common misc manager managers item items entity".split()
)


def empty_names(path: str) -> Iterator[Finding]:
    """The parts of a Python file's path that name nothing."""
    parts = PurePosixPath(path).with_suffix("").parts
    for part in sorted(EMPTY_NAMES.intersection(parts)):
        yield Finding(path, 1, RULE, f"“{part}” says nothing; name it after what it holds.")
