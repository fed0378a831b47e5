"""What a room offers to the search: which rows, by which words, to whom, and how a find looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from commonweal_web.house.declaration import Text
    from commonweal_web.organisations.models import Organisation
    from commonweal_web.record.actor import Actor

    Visible: TypeAlias = "bool | Touched"

SearchAudience = Literal["desk", "my"]


@dataclass(frozen=True, slots=True)
class SearchReader:
    """Who searches, as whom: at a desk, or as one of those whose work is touched."""

    actor: Actor
    account: Any
    organisation: Organisation
    audience: SearchAudience
    on: date


@dataclass(frozen=True, slots=True)
class Touched:
    """Rows that a reader may open because they touch one of these worker groups.

    `ids` is the rule of the pages and decides; `groups` let the index look at no other rows.
    """

    groups: frozenset[UUID]
    ids: QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class SearchText:
    """The words by which something is found.

    `text` is what every page of it shows; `more` is what only its page at the desk shows, so that
    nobody learns by searching what they could not read. `groups` are the worker groups that it
    touches, by which readers with a `Touched` part of the rows find theirs.
    """

    title: str
    text: Sequence[str] = ()
    more: Sequence[str] = ()
    groups: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something found, as the page of results shows it: `state` says where it stands."""

    title: Text
    text: Text
    state: Text
    url: str


@dataclass(frozen=True, slots=True)
class SearchSource:
    """The rows of one model that can be found.

    `text_of` gives a row's words; `read_with` names what is read along with it, `lists` of it as
    well. `follows` names other models by whose change the words change, each with the path to it;
    `parts` those whose rows name ours, each with the attribute that does. `visible` says which
    rows a reader may open: all, none, or those that touch somebody; it is the rule of the pages.
    `hits` are callables `(ids, *, reader) -> {id: SearchHit}`.
    """

    kind: str
    order: int
    title: Text
    model: str
    text_of: Callable[[Any], SearchText]
    visible: Callable[[SearchReader], Visible]
    hits: Callable[..., Mapping[UUID, SearchHit]]
    read_with: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    follows: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SearchShelf:
    """Things that are the same for every organisation and kept in memory, by their ids.

    `texts` are callables `() -> {id: SearchText}`, `hits` callables `(ids) -> {id: SearchHit}`.
    """

    kind: str
    order: int
    title: Text
    texts: Callable[[], Mapping[str, SearchText]]
    visible: Callable[[SearchReader], bool]
    hits: Callable[[Sequence[str]], Mapping[str, SearchHit]]


def rows_found(rows: QuerySet[Any], *, ids: Sequence[UUID], reader: SearchReader) -> Iterator[Any]:
    """The rows with these ids that belong to the reader's organisation.

    The organisation is compared here: asked for both, SQLite reads all rows of the organisation
    to find these few.
    """
    return (
        row
        for row in rows.filter(pk__in=ids).order_by()
        if row.organisation_id == reader.organisation.pk
    )
