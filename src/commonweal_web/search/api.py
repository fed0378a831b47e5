"""The search for programs: what the person behind the token may see at the desk."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_numbered
from commonweal_web.house.api_routes import ApiRequest, RoomRouter, Schema
from commonweal_web.house.paging import Page
from commonweal_web.house.searching import SearchReader
from commonweal_web.search import queries
from commonweal_web.search.permissions import SEARCH_DESK

router = RoomRouter("search")
Kind = Literal["use", "risk", "decision", "system", "vendor", "practice"]


class Hit(Schema):
    """Something that fits the words."""

    kind: Kind
    id: str = Field(description="The id under which its own routes know it.", examples=["RPU3"])
    title: str
    text: str = Field(description="What it is, in its own words.")
    state: str = Field(description="Where it stands, in words.")
    url: str = Field(description="Its page for people.")


class Looking(Schema):
    """What to look for."""

    words: str = Field(
        max_length=1000,
        description="All of them must be there; the last may be the beginning of a word. "
        "Quotation marks hold a phrase together, a minus leaves out.",
        examples=["shift planning"],
    )
    kind: Kind | None = Field(None, description="Only this kind.")


@router.route("GET /search", PageOf[Hit], right=SEARCH_DESK)
def search(
    request: ApiRequest, *, looking: Annotated[Looking, Query()], paging: Query[Paging]
) -> dict[str, object]:
    """What fits the words and may be seen, best of each kind first; at most 200 of a kind."""
    account = request.token.account
    reader = SearchReader(request.actor, account, request.organisation, "desk", request.now.date())

    def read(*, number: int, size: int) -> Page[queries.KnownHit]:
        only = (looking.kind,) if looking.kind else ()
        return queries.found(
            looking.words, reader=reader, only=only, number=number, size=size
        ).page

    return page_numbered(request, paging=paging, read=read, shape=_shape)


def _shape(known: queries.KnownHit) -> Hit:
    hit = known.hit
    return Hit(
        kind=known.kind,  # type: ignore[arg-type]
        id=known.key,
        title=str(hit.title),
        text=str(hit.text),
        state=str(hit.state),
        url=hit.url,
    )
