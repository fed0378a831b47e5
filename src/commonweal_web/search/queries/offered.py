"""What the rooms offer to the search, put together."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.translation import get_language

from commonweal_web.house.rooms import rooms
from commonweal_web.house.searching import SearchShelf, SearchSource
from commonweal_web.search.folding import stored


@cache
def sources() -> tuple[SearchSource, ...]:
    """The kinds of rows that can be found, in the order of the rooms."""
    return tuple(each for each in _offered() if isinstance(each, SearchSource))


@cache
def shelves() -> tuple[SearchShelf, ...]:
    """What can be found in memory."""
    return tuple(each for each in _offered() if isinstance(each, SearchShelf))


def _offered() -> list[SearchSource | SearchShelf]:
    return [each for room in rooms() for each in room.search]


@cache
def kinds() -> dict[str, Any]:
    """The title of every kind, in the order in which results show them."""
    found = sorted(_offered(), key=lambda each: each.order)
    return {each.kind: each.title for each in found}


def model_of(source: SearchSource) -> type[models.Model]:
    """The model of a source."""
    return apps.get_model(source.model)


def name_of(source: SearchSource) -> str:
    """How the index names the source of a row."""
    return source.model.lower()


def place_of(source: SearchSource, *, organisation: UUID) -> str:
    """The one word that stands for this organisation's rows of a source.

    Nobody can type it: it begins with a sign that is no letter.
    """
    return f"={name_of(source).replace('.', '')}{organisation.hex}"


def shelf_words(shelf: SearchShelf) -> dict[str, tuple[str, str]]:
    """The folded title and text of everything on a shelf, in the language of the reader."""
    return _shelf_words(shelf.kind, get_language() or "")


@cache
def _shelf_words(kind: str, language: str) -> dict[str, tuple[str, str]]:
    shelf = next(each for each in shelves() if each.kind == kind)
    return {
        key: (stored([each.title]), stored([*each.text, *each.more]))
        for key, each in shelf.texts().items()
    }
