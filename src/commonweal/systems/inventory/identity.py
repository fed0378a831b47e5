"""Recognising a row again: registers have no unique numbers, and rows repeat."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def identify(rows: Iterable[Sequence[str]]) -> list[tuple[str, int]]:
    """Return for each row its key and its ordinal among rows of an equal key, from 1.

    Each row holds only the cells that recognise it, such as name, agency and bureau, exactly as
    written. The same file always gives the same keys and ordinals.
    """
    met: dict[str, int] = defaultdict(int)
    identities = []
    for row in rows:
        key = _fingerprint(row)
        met[key] += 1
        identities.append((key, met[key]))
    return identities


def content_hash(cells: Sequence[str]) -> str:
    """A fingerprint of all cells by position; equal exactly when nothing changed.

    Empty cells at the end count for nothing, since CSV may leave them out and XLSX cannot.
    """
    last = next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)
    return _fingerprint(cells[:last])


def _fingerprint(cells: Sequence[str]) -> str:
    text = json.dumps(list(cells), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row as an import knows it: key, ordinal among equals, and its contents' fingerprint."""

    key: str
    ordinal: int
    content_hash: str


def pair_with_known(
    incoming: Sequence[KnownRow], *, known: Iterable[KnownRow]
) -> list[KnownRow | None]:
    """Find for each incoming row the one it continues; None where it is new.

    Among rows of one key, equal contents pair first and the others by order, so that moving or
    removing one of several equal rows does not make its neighbours look changed.
    """
    waiting: dict[str, list[KnownRow]] = defaultdict(list)
    for row in sorted(known, key=lambda row: row.ordinal):
        waiting[row.key].append(row)
    pairs: list[KnownRow | None] = [None] * len(incoming)
    for place, row in enumerate(incoming):
        pairs[place] = _take(waiting[row.key], content=row.content_hash)
    for place, row in enumerate(incoming):
        if pairs[place] is None:
            pairs[place] = _take(waiting[row.key])
    return pairs


def _take(waiting: list[KnownRow], *, content: str | None = None) -> KnownRow | None:
    for place, row in enumerate(waiting):
        if content is None or row.content_hash == content:
            return waiting.pop(place)
    return None
