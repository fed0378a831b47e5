"""Saying what a use is, whom and where it touches, and what it brings."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import (
    BIGGEST,
    BIGGEST_COUNT,
    CREATED,
    ApiRequest,
    Given,
    deciding,
)
from commonweal_web.people.queries import person_of
from commonweal_web.systems import actions, queries
from commonweal_web.systems.api.routes import USE, router, the_use
from commonweal_web.systems.api.shapes import SiteOfUse, Touched, UseFacts
from commonweal_web.systems.permissions import SEE_USES
from commonweal_web.workplaces.queries import group_of, site_of

MOST_CODES = 200


class Description(Given):
    """What a use is, what it is for and what it gives out."""

    name: str = Field(min_length=1, max_length=500)
    purpose: str = Field(max_length=20_000)
    outputs: str = Field(max_length=20_000)
    unit: str = Field("", max_length=500)
    topic: str = Field("", max_length=300)


class Classified(Given):
    """Codes of the catalogue; see GET /classification."""

    codes: list[str] = Field(max_length=MOST_CODES, examples=[["supports_decision"]])


class Declared(Given):
    """What the use does and what it does not do; the rest stays unanswered."""

    yes: list[str] = Field(default=[], max_length=MOST_CODES)
    no: list[str] = Field(default=[], max_length=MOST_CODES, examples=[["infers_emotion"]])


class MoneyStated(Given):
    """What the use is expected to return, and what it changes. Amounts in minor units."""

    currency: str = Field(pattern=r"^[A-Z]{3}$", examples=["EUR"])
    cost_change_minor: int | None = Field(None, ge=-BIGGEST, le=BIGGEST)
    revenue_change_minor: int | None = Field(None, ge=-BIGGEST, le=BIGGEST)
    change_since: date | None = None
    return_multiple_hundredths: int | None = Field(None, ge=-BIGGEST, le=BIGGEST)


class Owner(Given):
    """The manager who answers for the use."""

    account_id: UUID


class Review(Given):
    """The day of the next review."""

    review_on: date


class AtSite(Given):
    """A site."""

    site_id: UUID


class TouchedGroup(Given):
    """A worker group."""

    group_id: UUID


class Outsiders(Given):
    """People outside the roster; a number needs its source."""

    outside_name: str = Field(max_length=200, examples=["applicants"])
    outside_count: int | None = Field(None, ge=0, le=BIGGEST_COUNT)
    outside_source: str = Field("", max_length=300)


@router.route(f"POST {USE}/description", UseFacts)
def describe_use(request: ApiRequest, *, use_id: UUID, description: Description) -> object:
    """Say what a use is, what it is for and what it gives out."""
    use = the_use(request, use_id)
    actions.describe_use(**deciding(request), use=use, **description.model_dump())
    return the_use(request, use_id)


@router.route(f"POST {USE}/classification", UseFacts)
def classify_use(request: ApiRequest, *, use_id: UUID, classified: Classified) -> object:
    """Say how AI is built in, where people meet it, and how it works."""
    use = the_use(request, use_id)
    actions.classify_use(**deciding(request), use=use, codes=classified.codes)
    return the_use(request, use_id)


@router.route(f"POST {USE}/facts", UseFacts)
def declare_facts(request: ApiRequest, *, use_id: UUID, declared: Declared) -> object:
    """Declare what a use does and what it does not do."""
    use = the_use(request, use_id)
    actions.declare_facts(**deciding(request), use=use, yes=declared.yes, no=declared.no)
    return the_use(request, use_id)


@router.route(f"POST {USE}/money", UseFacts)
def state_money(request: ApiRequest, *, use_id: UUID, money: MoneyStated) -> object:
    """State what the use is expected to return, and what it changes in costs and revenue."""
    use = the_use(request, use_id)
    actions.state_money(**deciding(request), use=use, **money.model_dump())
    return the_use(request, use_id)


@router.route(f"POST {USE}/owner", UseFacts)
def appoint_owner(request: ApiRequest, *, use_id: UUID, owner: Owner) -> object:
    """Say which manager answers for a use."""
    use = the_use(request, use_id)
    account = person_of(request.organisation, pk=owner.account_id)
    actions.appoint_owner(**deciding(request), use=use, owner=account)
    return the_use(request, use_id)


@router.route(f"POST {USE}/review", UseFacts)
def set_review_day(request: ApiRequest, *, use_id: UUID, review: Review) -> object:
    """Set the day of the next review, at most a year away."""
    use = the_use(request, use_id)
    actions.set_review_day(**deciding(request), use=use, review_on=review.review_on)
    return the_use(request, use_id)


@router.route(f"GET {USE}/sites", PageOf[SiteOfUse], right=SEE_USES)
def sites_of_use(request: ApiRequest, *, use_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """Where a use runs, or will run."""
    found = queries.sites_of_use(the_use(request, use_id))
    return page_of_known(request, found, paging=paging)


@router.route(f"POST {USE}/sites", SiteOfUse, status=CREATED)
def use_at_site(request: ApiRequest, *, use_id: UUID, place: AtSite) -> object:
    """Say that a use runs, or will run, at a site."""
    use, site = the_use(request, use_id), site_of(request.organisation, place.site_id)
    return actions.use_at_site(**deciding(request), use=use, site=site)


@router.route(f"GET {USE}/affected", PageOf[Touched], right=SEE_USES)
def affected(request: ApiRequest, *, use_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """Whom a use touches."""
    found = queries.affected_groups_of(the_use(request, use_id))
    return page_of_known(request, found, paging=paging)


@router.route(f"POST {USE}/groups", Touched, status=CREATED)
def touch_group(request: ApiRequest, *, use_id: UUID, touched: TouchedGroup) -> object:
    """Say that a use touches a worker group."""
    use, group = the_use(request, use_id), group_of(request.organisation, touched.group_id)
    return actions.touch_group(**deciding(request), use=use, group=group)


@router.route(f"POST {USE}/outsiders", Touched, status=CREATED)
def touch_outsiders(request: ApiRequest, *, use_id: UUID, people: Outsiders) -> object:
    """Say that a use touches people outside the roster."""
    use = the_use(request, use_id)
    return actions.touch_outsiders(**deciding(request), use=use, **people.model_dump())


@router.route(f"DELETE {USE}/affected/{{uuid:affected_id}}")
def untouch(request: ApiRequest, *, use_id: UUID, affected_id: UUID) -> None:
    """Take a group off a use; the record keeps that it was there."""
    found = queries.affected_of(the_use(request, use_id), pk=affected_id)
    actions.untouch(**deciding(request), affected=found)
