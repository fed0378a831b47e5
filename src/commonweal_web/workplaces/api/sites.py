"""Sites."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_by
from commonweal_web.house.api_routes import (
    CREATED,
    ApiRequest,
    Given,
    Schema,
    deciding,
    named,
)
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.api.routes import router
from commonweal_web.workplaces.permissions import SEE_WORKPLACES

Days = list[int]
Language = Annotated[str, Field(min_length=2, max_length=20)]


class SiteFacts(Schema):
    """A workplace with its time, calendar and languages."""

    id: UUID
    name: str = Field(examples=["Zaragoza"])
    country: str = Field(examples=["ES"])
    region: str
    time_zone: str = Field(examples=["Europe/Madrid"])
    working_days: Days = Field(description="Monday is 1, Sunday is 7.")
    holidays: list[date]
    languages: list[str] = Field(examples=[["es", "en"]])


class NewSite(Given):
    """A workplace."""

    name: str = Field(min_length=1, max_length=150)
    country: str = Field(pattern="^[A-Za-z]{2}$", examples=["ES"])
    region: str = Field("", max_length=100)
    time_zone: str = Field("UTC", max_length=60, examples=["Europe/Madrid"])
    working_days: Days = Field(default=list(actions.MONDAY_TO_FRIDAY), max_length=7)
    holidays: list[date] = Field(default=[], max_length=400)
    languages: list[Language] = Field(default=["en"], max_length=50)


class SiteChange(Given):
    """What changes; what is left out stays."""

    name: str = Field("", min_length=1, max_length=150)
    country: str = Field("", pattern="^[A-Za-z]{2}$")
    region: str = Field("", max_length=100)
    time_zone: str = Field("", max_length=60)
    working_days: Days = Field(default=[], max_length=7)
    holidays: list[date] = Field(default=[], max_length=400)
    languages: list[Language] = Field(default=[], max_length=50)


class SitesFilter(Paging):
    """Which sites."""

    words: str = Field("", max_length=100, description="In the name, the region or the country.")


@router.route("GET /sites", PageOf[SiteFacts], right=SEE_WORKPLACES)
def sites(request: ApiRequest, *, asked: Query[SitesFilter]) -> dict[str, object]:
    """The sites, by name."""
    found = queries.sites(request.organisation, words=asked.words)
    return page_by(request, found, paging=asked, by=("name", "id"))


@router.route("POST /sites", SiteFacts, status=CREATED)
def add_site(request: ApiRequest, *, site: NewSite) -> object:
    """Add a workplace with its time and calendar."""
    return actions.add_site(**deciding(request), **site.model_dump())


@router.route("GET /sites/{uuid:site_id}", SiteFacts, right=SEE_WORKPLACES)
def site(request: ApiRequest, *, site_id: UUID) -> object:
    """One site with its calendar and languages."""
    return queries.site_of(request.organisation, site_id)


@router.route("PATCH /sites/{uuid:site_id}", SiteFacts)
def change_site(request: ApiRequest, *, site_id: UUID, change: SiteChange) -> object:
    """Change what is known of a workplace; what is not named stays."""
    found = queries.site_of(request.organisation, site_id)
    return actions.change_site(**deciding(request), site=found, **named(change))
