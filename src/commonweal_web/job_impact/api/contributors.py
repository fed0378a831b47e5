"""People who take part by a link: what they were promised, and whether they got it."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import (
    BIGGEST,
    CREATED,
    ApiRequest,
    Given,
    MoneyShape,
    Schema,
    deciding,
)
from commonweal_web.job_impact import actions, queries
from commonweal_web.job_impact.api.routes import RUN, router, the_run
from commonweal_web.job_impact.models import Contributor
from commonweal_web.job_impact.permissions import INVITE_CONTRIBUTOR

PART = "/contributors/{uuid:contributor_id}"
PartName = Literal["user", "subject", "elsewhere_in_the_chain", "applicant", "expert", "community"]


class ContributorFacts(Schema):
    """Somebody who was asked to take part, and the terms they were told."""

    id: UUID
    assessment_id: UUID
    name: str
    kind: PartName
    fee: MoneyShape
    minutes: int
    stated_on: date
    payment_due: date
    paid_on: date | None
    expires_on: date = Field(description="The link works until this day.")


class ContributorOnce(ContributorFacts):
    """An invitation as its sender sees it, once."""

    link: str = Field(description="Give it to the person. It is not shown again.")


class NewContributor(Given):
    """Somebody to ask. Fee, time and payment day are told now."""

    name: str = Field(min_length=1, max_length=150)
    kind: PartName
    fee_minor: int = Field(ge=0, le=BIGGEST)
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    minutes: int = Field(ge=5, le=6000)
    payment_due: date
    group: UUID | None = None
    helped_by: str = Field("", max_length=150)
    expires_on: date | None = None


class Paid(Given):
    """The day of the payment."""

    paid_on: date


@router.route(f"GET {RUN}/contributors", PageOf[ContributorFacts], right=INVITE_CONTRIBUTOR)
def contributors(
    request: ApiRequest, *, assessment_id: UUID, paging: Query[Paging]
) -> dict[str, object]:
    """Who was asked to take part, by name."""
    run = the_run(request, assessment_id)
    file = queries.file_of(run.use)
    found = [each for each in file.contributors if each.assessment_id == run.pk]
    return page_of_known(request, found, paging=paging)


@router.route(f"POST {RUN}/contributors", ContributorOnce, status=CREATED, is_kept=False)
def invite_contributor(
    request: ApiRequest, *, assessment_id: UUID, person: NewContributor
) -> ContributorOnce:
    """Ask somebody to take part by a link of their own. The link is in this answer only."""
    run = the_run(request, assessment_id)
    made = actions.invite_contributor(**deciding(request), assessment=run, **person.model_dump())
    page = reverse("public:job_impact:invitation", args=[request.organisation.slug, made.secret])
    facts = ContributorFacts.from_orm(made.contributor).model_dump()
    return ContributorOnce(**facts, link=f"{settings.PUBLIC_ADDRESS}{page}")


@router.route(f"POST {PART}/payment", ContributorFacts)
def record_payment(request: ApiRequest, *, contributor_id: UUID, paid: Paid) -> object:
    """Record the day on which a contributor was paid."""
    part = _part(request, contributor_id)
    return actions.record_payment(**deciding(request), contributor=part, paid_on=paid.paid_on)


@router.route(f"DELETE {PART}/link", ContributorFacts)
def revoke_invitation(request: ApiRequest, *, contributor_id: UUID) -> object:
    """End a link at once. What was said through it stays, and what is owed stays owed."""
    part = _part(request, contributor_id)
    return actions.revoke_invitation(**deciding(request), contributor=part)


def _part(request: ApiRequest, contributor_id: UUID) -> Contributor:
    return queries.contributor_here(request.organisation, pk=contributor_id)
