"""The organisation and its years."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_by
from commonweal_web.house.api_routes import (
    ApiRequest,
    Given,
    MoneyShape,
    Schema,
    deciding,
    named,
)
from commonweal_web.organisations.queries import years
from commonweal_web.workplaces import actions
from commonweal_web.workplaces.api.routes import router
from commonweal_web.workplaces.permissions import SEE_WORKPLACES


class OrganisationFacts(Schema):
    """An employer that uses AI."""

    id: UUID
    slug: str = Field(description="Its short name in web addresses.", examples=["northbank"])
    name: str = Field(examples=["Northbank Logistics"])
    currency: str = Field(examples=["EUR"])
    help_contact: str
    language: str = Field(description="In which language people write.", examples=["de"])
    colour: str = Field(examples=["#0f6b63"])
    is_sample: bool = Field(description="Whether all of it is invented.")


class OrganisationChange(Given):
    """What changes; what is left out stays."""

    name: str = Field("", min_length=1, max_length=200)
    currency: str = Field("", pattern=r"^[A-Z]{3}$")
    help_contact: str = Field("", max_length=200)
    language: str = Field("", max_length=10, description="In which language people write.")
    colour: str = Field("", max_length=7, examples=["#0f6b63"])


class Year(Schema):
    """What an organisation spent and earned in one year."""

    year: int = Field(examples=[2026])
    costs: MoneyShape
    revenue: MoneyShape
    source: str = Field(examples=["annual report"])


class YearStated(Given):
    """Costs and revenue of a year, in one currency."""

    costs: MoneyShape
    revenue: MoneyShape
    source: str = Field("", max_length=300)


@router.route("GET /organisation", OrganisationFacts, right=SEE_WORKPLACES)
def organisation(request: ApiRequest) -> object:
    """The organisation this token is bound to."""
    return request.organisation


@router.route("PATCH /organisation", OrganisationFacts)
def change_organisation(request: ApiRequest, *, change: OrganisationChange) -> object:
    """Change the facts of the organisation; what is not named stays."""
    stands = {
        name: getattr(request.organisation, name)
        for name in ("name", "currency", "help_contact", "language", "colour")
    }
    return actions.change_organisation(**deciding(request), **(stands | named(change)))


@router.route("GET /organisation/years", PageOf[Year], right=SEE_WORKPLACES)
def organisation_years(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The years with known costs and revenue, latest first."""
    return page_by(request, years(request.organisation), paging=paging, by=("-year", "id"))


@router.route("PUT /organisation/years/{year}", Year)
def state_year(
    request: ApiRequest, *, year: Annotated[int, Field(ge=1900, le=2200)], facts: YearStated
) -> object:
    """State what the organisation spent and earned in a year; again corrects it."""
    return actions.state_year(
        **deciding(request),
        year=year,
        costs=facts.costs.money,
        revenue=facts.revenue.money,
        source=facts.source,
    )
