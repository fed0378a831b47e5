"""The one way to search: only what the reader may open is found, counted or shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commonweal_web.house.paging import Page
from commonweal_web.house.searching import SearchHit, SearchReader, SearchShelf, SearchSource
from commonweal_web.search.queries.asking import Asked, asked_for
from commonweal_web.search.queries.offered import (
    kinds,
    name_of,
    place_of,
    shelf_words,
    shelves,
    sources,
)
from commonweal_web.search.queries.statements import MOST, Scope, places

SHOWN = 5
SIZE = 20


@dataclass(frozen=True, slots=True)
class Find:
    """One row or thing that fits: its kind, where it is kept, and how well it fits."""

    kind: str
    shelf: SearchSource | SearchShelf
    key: Any
    is_by_title: bool
    title: str

    @property
    def rank(self) -> tuple[Any, ...]:
        """By its title first, then the shorter title, then the alphabet; always the same."""
        return (not self.is_by_title, len(self.title), self.title, str(self.key))


@dataclass(frozen=True, slots=True)
class KnownHit:
    """A hit with its kind and the name under which programs know the row."""

    kind: str
    key: str
    hit: SearchHit


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: how many, at most `MOST`, and whether there are more."""

    kind: str
    title: Any
    count: int
    is_more: bool
    hits: Sequence[KnownHit] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: every kind with its first hits, and one page of all hits."""

    asked: Asked
    groups: Sequence[Group]
    page: Page[KnownHit]


def found(
    words: str,
    *,
    reader: SearchReader,
    only: Collection[str] = (),
    number: int = 1,
    size: int = SIZE,
) -> Found:
    """One page of what fits and may be opened, best first; `only` narrows it to kinds.

    All words must be there, the last may be a beginning. Counts stop at `MOST` of a kind.
    """
    asked = asked_for(words)
    by_kind = _by_kind(_finds(asked, reader=reader))
    groups = [_group(kind, finds) for kind, finds in by_kind.items()]
    wanted = [
        find
        for kind, finds in by_kind.items()
        if not only or kind in only
        for find in finds[:MOST]
    ]
    return Found(asked, groups, _page(wanted, number=number, size=size, reader=reader))


def overview(words: str, *, reader: SearchReader) -> Found:
    """The first few hits of every kind."""
    asked = asked_for(words)
    by_kind = _by_kind(_finds(asked, reader=reader))
    shown = [find for finds in by_kind.values() for find in finds[:SHOWN]]
    hits = _hits(shown, reader=reader)
    groups = [
        _group(kind, finds, hits=[each for each in hits if each.kind == kind])
        for kind, finds in by_kind.items()
    ]
    return Found(asked, groups, Page(hits, 1, max(1, len(hits)), len(hits)))


def _group(kind: str, finds: Sequence[Find], *, hits: Sequence[KnownHit] = ()) -> Group:
    return Group(kind, kinds()[kind], min(len(finds), MOST), len(finds) > MOST, hits)


def _finds(asked: Asked, *, reader: SearchReader) -> list[Find]:
    if asked.is_empty:
        return []
    return [*_in_the_index(asked, reader=reader), *_in_memory(asked, reader=reader)]


def _by_kind(finds: Iterable[Find]) -> dict[str, list[Find]]:
    by_kind: dict[str, list[Find]] = {kind: [] for kind in kinds()}
    for find in sorted(finds, key=lambda each: each.rank):
        by_kind[find.kind].append(find)
    return {kind: finds for kind, finds in by_kind.items() if finds}


def _in_the_index(asked: Asked, *, reader: SearchReader) -> list[Find]:
    by_name = {name_of(source): source for source in sources()}
    scopes = [scope for source in sources() if (scope := _scope(source, reader=reader))]
    known = {(each.source, each.subject): each for each in places(asked, scopes=scopes)}
    return [
        Find(
            kind=by_name[each.source].kind,
            shelf=by_name[each.source],
            key=each.subject,
            is_by_title=fits(asked, columns=(each.title,)),
            title=each.title,
        )
        for each in known.values()
    ]


def _scope(source: SearchSource, *, reader: SearchReader) -> Scope | None:
    """The rows of a source that the reader may open, by the rule of the room's own pages."""
    visible = source.visible(reader)
    place = place_of(source, organisation=reader.organisation.pk)
    is_own = reader.audience == "my"
    if isinstance(visible, bool):
        return Scope(name_of(source), place, is_own) if visible else None
    return Scope(name_of(source), place, is_own, touched=visible) if visible.groups else None


def _in_memory(asked: Asked, *, reader: SearchReader) -> list[Find]:
    return [
        Find(shelf.kind, shelf, key, fits(asked, columns=(title,)), title)
        for shelf in shelves()
        if shelf.visible(reader)
        for key, (title, text) in shelf_words(shelf).items()
        if fits(asked, columns=(title, text))
    ]


def fits(asked: Asked, *, columns: Sequence[str]) -> bool:
    """Whether folded texts hold all that is asked for and nothing that is to be left out."""
    wanted = [f" {word} " for word in asked.words]
    wanted += [f" {' '.join(words)} " for words in asked.phrases]
    wanted += [f" {asked.beginning}"] if asked.beginning else []
    unwanted = [f" {' '.join(words)} " for words in asked.without]
    return all(any(each in column for column in columns) for each in wanted) and not any(
        each in column for each in unwanted for column in columns
    )


def _page(
    finds: Sequence[Find], *, number: int, size: int, reader: SearchReader
) -> Page[KnownHit]:
    last = max(1, -(-len(finds) // size))
    number = max(1, min(number, last))
    start = (number - 1) * size
    return Page(_hits(finds[start : start + size], reader=reader), number, size, len(finds))


def _hits(finds: Sequence[Find], *, reader: SearchReader) -> list[KnownHit]:
    """The finds as they are shown, read from their own tables; what is gone is left out."""
    hits: dict[tuple[str, Any], SearchHit] = {}
    offered: list[SearchSource | SearchShelf] = [*sources(), *shelves()]
    for shelf in offered:
        keys = [find.key for find in finds if find.shelf is shelf]
        if keys:
            answer = _ask(shelf, keys=keys, reader=reader)
            hits |= {(shelf.kind, key): hit for key, hit in answer.items()}
    return [
        KnownHit(find.kind, str(find.key), hits[find.kind, find.key])
        for find in finds
        if (find.kind, find.key) in hits
    ]


def _ask(
    shelf: SearchSource | SearchShelf, *, keys: list[Any], reader: SearchReader
) -> Mapping[Any, SearchHit]:
    if isinstance(shelf, SearchSource):
        return shelf.hits(keys, reader=reader)
    return shelf.hits(keys)
