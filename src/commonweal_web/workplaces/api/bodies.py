"""The bodies that speak for workers, and the invitations to them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.urls import reverse
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
from commonweal_web.workplaces.models import RepresentativeInvitation
from commonweal_web.workplaces.permissions import SEE_WORKPLACES

Kind = Literal["union", "works_council", "elected"]


class Body(Schema):
    """A body that speaks for workers, at one site or in the whole organisation."""

    id: UUID
    name: str = Field(examples=["Works council Zaragoza"])
    kind: Kind
    site_id: UUID | None
    contact: str
    seats: int | None


class NewBody(Given):
    """A body that speaks for workers."""

    name: str = Field(min_length=1, max_length=150)
    kind: Kind
    site_id: UUID | None = None
    contact: str = Field("", max_length=200)
    seats: int | None = Field(None, ge=1, le=10_000)


class BodyChange(Given):
    """What changes; what is left out stays."""

    name: str = Field("", min_length=1, max_length=150)
    contact: str = Field("", max_length=200)
    seats: int | None = Field(None, ge=1, le=10_000)


class Days(Given):
    """How long the link works."""

    days: int = Field(actions.USUAL_DAYS, ge=1, le=60)


class Invitation(Schema):
    """That a body was asked to name its person."""

    id: UUID
    representation_id: UUID
    invited_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None


class InvitationOnce(Invitation):
    """An invitation as its sender sees it, once."""

    link: str = Field(description="Give it to the body. It works once and is not shown again.")


@router.route("GET /representations", PageOf[Body], right=SEE_WORKPLACES)
def representations(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The bodies that speak for workers, by name."""
    found = queries.representations(request.organisation)
    return page_by(request, found, paging=paging, by=("name", "id"))


@router.route("POST /representations", Body, status=CREATED)
def add_representation(request: ApiRequest, *, body: NewBody) -> object:
    """Write down that a body speaks for workers."""
    site = queries.site_of(request.organisation, body.site_id) if body.site_id else None
    return actions.add_representation(
        **deciding(request), **body.model_dump(exclude={"site_id"}), site=site
    )


@router.route("GET /representations/{uuid:representation_id}", Body, right=SEE_WORKPLACES)
def representation(request: ApiRequest, *, representation_id: UUID) -> object:
    """One body that speaks for workers."""
    return queries.representation_of(request.organisation, pk=representation_id)


@router.route("PATCH /representations/{uuid:representation_id}", Body)
def change_representation(
    request: ApiRequest, *, representation_id: UUID, change: BodyChange
) -> object:
    """Correct what is known of a body. Where it speaks does not change: that is another body."""
    found = queries.representation_of(request.organisation, pk=representation_id)
    stands = {"name": found.name, "contact": found.contact, "seats": found.seats}
    return actions.change_representation(
        **deciding(request), representation=found, **(stands | named(change))
    )


@router.route("GET /invitations", PageOf[Invitation], right=SEE_WORKPLACES)
def invitations(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The invitations to bodies, latest first."""
    found = queries.invitations(request.organisation)
    return page_by(request, found, paging=paging, by=("-invited_at", "id"))


@router.route(
    "POST /representations/{uuid:representation_id}/invitations",
    InvitationOnce,
    status=CREATED,
    is_kept=False,
)
def invite_representative(
    request: ApiRequest, *, representation_id: UUID, valid: Days
) -> InvitationOnce:
    """Ask a body, not a person, to name its representative. The link is in this answer only."""
    found = queries.representation_of(request.organisation, pk=representation_id)
    made = actions.invite_representative(
        **deciding(request), representation=found, days=valid.days
    )
    return _with_link(made.invitation, slug=request.organisation.slug, secret=made.secret)


def _with_link(invitation: RepresentativeInvitation, *, slug: str, secret: str) -> InvitationOnce:
    page = reverse("public:workplaces:accept_invitation", args=[slug, secret])
    facts = Invitation.from_orm(invitation).model_dump()
    return InvitationOnce(**facts, link=f"{settings.PUBLIC_ADDRESS}{page}")


@router.route("POST /invitations/{uuid:invitation_id}/withdraw", Invitation)
def withdraw_invitation(request: ApiRequest, *, invitation_id: UUID) -> object:
    """Make a link useless. One that was used cannot be withdrawn."""
    found = queries.invitation_of(request.organisation, pk=invitation_id)
    return actions.withdraw_invitation(**deciding(request), invitation=found)
