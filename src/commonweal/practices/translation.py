"""The catalogue in the reader's language: the same ids, marks and order, other words."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from commonweal.practices.contents import Catalogue
from commonweal.practices.entries import Entry, LikelySignal, Source
from commonweal.shared.language import CATALOGUE, pgettext

TEXTS = frozenset(
    "title summary asks question hint caveats measures why may_help may_harm help meaning "
    "how_checked provenance_note notice reason".split()
)
"""What people read. All else is an id, a mark, a name or an address, and stays as it is."""


def translated(catalogue: Catalogue) -> Catalogue:
    """Every text in the reader's language, or in English where nobody has translated it."""
    parts = {part.name: getattr(catalogue, part.name) for part in fields(catalogue)}
    return Catalogue(**{name: _translated(part) for name, part in parts.items()})


def _translated(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(_translated(each) for each in part)
    names = {field.name for field in fields(part)} & TEXTS
    names -= {"title"} if isinstance(part, Source) else set()
    told = {name: _words(getattr(part, name)) for name in names}
    signals = getattr(part, "signals", ())
    if isinstance(part, Entry) and any(isinstance(each, LikelySignal) for each in signals):
        told["signals"] = _translated(signals)
    return replace(part, **told)


def _words(text: Any) -> Any:
    if isinstance(text, tuple):
        return tuple(map(_words, text))
    return pgettext(CATALOGUE, text) if text else text
