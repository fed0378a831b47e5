"""The commitment in versions, who was asked about it, and the worker side's signature."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from commonweal_web.disclosure import actions, queries
from commonweal_web.disclosure.api.routes import router
from commonweal_web.disclosure.permissions import SEE_DISCLOSURE
from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import (
    BIGGEST,
    CREATED,
    ApiRequest,
    Given,
    Schema,
    deciding,
)
from commonweal_web.house.refusals import NotHere

VERSION = "/commitment/{uuid:version_id}"
ReaderName = Literal[
    "people_who_work_here", "people_thinking_of_applying", "investors", "everyone"
]
Text = Annotated[str, Field(max_length=2000)]


class SeverityMark(Given):
    """A facet of a risk reaches this mark."""

    kind: Literal["severity"]
    at_least: int = Field(ge=0, le=5)


class CapabilityMark(Given):
    """A vendor advertises at least this much, measured like this."""

    kind: Literal["marketed_capability"]
    measure: Text
    at_least_hundredths: int = Field(ge=0, le=BIGGEST)
    quote: Text
    source: Text
    publisher: Text
    checked: date


class ReturnMark(Given):
    """A use brings back more than this many times its cost."""

    kind: Literal["return_multiple"]
    above_hundredths: int = Field(ge=0, le=BIGGEST)


class CostMark(Given):
    """All uses together move yearly costs or revenue by more than this share."""

    kind: Literal["cost_or_revenue"]
    base_year: int = Field(ge=1900, le=2200)
    above_percent_hundredths: int = Field(ge=0, le=BIGGEST)


Mark = Annotated[
    SeverityMark | CapabilityMark | ReturnMark | CostMark, Field(discriminator="kind")
]


class CommitmentFacts(Schema):
    """One version of the promise."""

    id: UUID
    number: int | None = Field(description="Null until it is published.")
    state: Literal["proposed", "published", "declined", "withdrawn"]
    text: str
    thresholds: list[dict[str, Any]] = Field(description="As they were given.")
    why: str
    readers: list[str]
    consulted: list[dict[str, Any]]
    loosens: list[str] = Field(description="What becomes looser than before.")
    source_of_share: str
    in_force_from: date
    next_review: date
    proposed_at: datetime
    published_at: datetime | None
    answered_by_role: str
    answer: str


class NewCommitment(Given):
    """A version of the commitment."""

    text: str = Field(min_length=1, max_length=20_000)
    thresholds: list[Mark] = Field(max_length=20)
    why: str = Field(max_length=5000)
    readers: list[ReaderName] = Field(max_length=10)
    in_force_from: date
    next_review: date
    source_of_share: str = Field("", max_length=2000)


class PartyFacts(Schema):
    """Somebody outside who was asked about the commitment."""

    id: UUID
    name: str
    consulted_on: date
    said: str


class NewParty(Given):
    """Who was asked, when, and what they said."""

    name: str = Field(min_length=1, max_length=200)
    consulted_on: date
    said: str = Field(min_length=1, max_length=20_000)


class Declining(Given):
    """Why not."""

    reason: str = Field(max_length=5000)


@router.route("GET /commitment", CommitmentFacts, right=SEE_DISCLOSURE)
def commitment(request: ApiRequest) -> object:
    """The commitment that holds today."""
    found = queries.commitment_in_force(request.organisation, on=request.now.date())
    if found is None:
        raise NotHere("commitment_missing", _("No commitment is in force yet."))
    return found


@router.route("GET /commitment/versions", PageOf[CommitmentFacts], right=SEE_DISCLOSURE)
def commitment_versions(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """Every version, declined and withdrawn ones too, newest first."""
    return page_of_known(request, queries.all_versions(request.organisation), paging=paging)


@router.route("POST /commitment", CommitmentFacts, status=CREATED)
def adopt_commitment(request: ApiRequest, *, version: NewCommitment) -> object:
    """Publish a version; one that loosens a threshold waits for the worker side."""
    facts = version.model_dump(exclude={"thresholds"})
    thresholds = [each.model_dump(mode="json") for each in version.thresholds]
    return actions.adopt_commitment(**deciding(request), thresholds=thresholds, **facts)


@router.route("GET /commitment/consulted", PageOf[PartyFacts], right=SEE_DISCLOSURE)
def consulted(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The outside parties that were asked, earliest first."""
    return page_of_known(request, queries.consulted_parties(request.organisation), paging=paging)


@router.route("POST /commitment/consulted", PartyFacts, status=CREATED)
def consult_party(request: ApiRequest, *, party: NewParty) -> object:
    """Note that somebody outside was asked, and what they said."""
    return actions.consult_party(**deciding(request), **party.model_dump())


@router.route(f"POST {VERSION}/sign", CommitmentFacts)
def sign_commitment(request: ApiRequest, *, version_id: UUID) -> object:
    """The worker side signs a looser version; it is published."""
    found = queries.commitment_of(request.organisation, pk=version_id)
    return actions.sign_commitment(**deciding(request), version=found)


@router.route(f"POST {VERSION}/decline", CommitmentFacts)
def decline_commitment(request: ApiRequest, *, version_id: UUID, declining: Declining) -> object:
    """The worker side declines a looser version; what held still holds."""
    found = queries.commitment_of(request.organisation, pk=version_id)
    return actions.decline_commitment(**deciding(request), version=found, reason=declining.reason)


@router.route(f"POST {VERSION}/withdraw", CommitmentFacts)
def withdraw_proposal(request: ApiRequest, *, version_id: UUID) -> object:
    """Take a looser version back before it was signed."""
    found = queries.commitment_of(request.organisation, pk=version_id)
    return actions.withdraw_proposal(**deciding(request), version=found)
