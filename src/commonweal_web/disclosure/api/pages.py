"""Published pages: every version as it was published, and publishing the next."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.disclosure import actions, queries
from commonweal_web.disclosure.api.routes import router
from commonweal_web.disclosure.models import PublishedPage
from commonweal_web.disclosure.permissions import SEE_DISCLOSURE
from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import (
    BIGGEST_COUNT,
    ApiRequest,
    Given,
    Schema,
    deciding,
)
from commonweal_web.systems.queries import use_of

USE_PAGE = "/uses/{uuid:use_id}/page"


class PageVersion(Schema):
    """One version of a public page; it is never changed."""

    id: UUID = Field(description="Made from what it says, so that the record names it.")
    use_id: UUID | None = Field(description="Null: the organisation’s own page.")
    number: int
    published_at: datetime
    is_withdrawn: bool


class PublishedDocument(Schema):
    """What was published, whole: the value that the page’s id is made from."""

    organisation: str
    use: str
    version: int
    published_at: str
    page: dict[str, Any]


class PublishedNow(Schema):
    """The newest version, and whether it was made now; else nothing had changed."""

    page: PageVersion
    is_new: bool


class Withdrawing(Given):
    """Why, for the public to read."""

    reason: str = Field(max_length=5000)


@router.route("GET /organisation/page", PageOf[PageVersion], right=SEE_DISCLOSURE)
def organisation_pages(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The versions of the organisation’s page, newest first."""
    found = queries.pages_of(request.organisation, use=None)
    return page_of_known(request, found, paging=paging)


@router.route("POST /organisation/page", PublishedNow)
def publish_organisation_page(request: ApiRequest) -> object:
    """Publish the organisation’s page as its next version; nothing when nothing changed."""
    return actions.publish_organisation_page(**deciding(request))


@router.route("GET /organisation/page/{int:number}", PublishedDocument, right=SEE_DISCLOSURE)
def organisation_page(
    request: ApiRequest, *, number: Annotated[int, Field(ge=1, le=BIGGEST_COUNT)]
) -> dict[str, Any]:
    """One version of the organisation’s page, whole."""
    found = queries.page_numbered(request.organisation, use=None, number=number)
    return _whole(request, found)


@router.route(f"GET {USE_PAGE}", PageOf[PageVersion], right=SEE_DISCLOSURE)
def use_pages(request: ApiRequest, *, use_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """The versions of a use’s page, newest first."""
    use = use_of(request.organisation, pk=use_id)
    found = queries.pages_of(request.organisation, use=use)
    return page_of_known(request, found, paging=paging)


@router.route(f"POST {USE_PAGE}", PublishedNow)
def publish_use_page(request: ApiRequest, *, use_id: UUID) -> object:
    """Publish what is true of a use now; every standing duty counts as disclosed from then on."""
    use = use_of(request.organisation, pk=use_id)
    return actions.publish_use_page(**deciding(request), use=use)


@router.route(f"GET {USE_PAGE}/{{int:number}}", PublishedDocument, right=SEE_DISCLOSURE)
def use_page(
    request: ApiRequest, *, use_id: UUID, number: Annotated[int, Field(ge=1, le=BIGGEST_COUNT)]
) -> dict[str, Any]:
    """One version of a use’s page, whole."""
    use = use_of(request.organisation, pk=use_id)
    found = queries.page_numbered(request.organisation, use=use, number=number)
    return _whole(request, found)


def _whole(request: ApiRequest, page: PublishedPage) -> dict[str, Any]:
    return queries.document_of(page, slug=request.organisation.slug)


@router.route(f"POST {USE_PAGE}/withdraw", PageVersion)
def withdraw_use_page(request: ApiRequest, *, use_id: UUID, withdrawing: Withdrawing) -> object:
    """Withdraw a use’s page by a last version that says why; all versions stay readable."""
    use = use_of(request.organisation, pk=use_id)
    return actions.withdraw_use_page(**deciding(request), use=use, reason=withdrawing.reason)
