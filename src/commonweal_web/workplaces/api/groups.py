"""Worker groups and who belongs to them."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_by
from commonweal_web.house.api_routes import (
    BIGGEST_COUNT,
    CREATED,
    ApiRequest,
    Given,
    MoneyShape,
    Schema,
    deciding,
    named,
)
from commonweal_web.people.queries import person_of
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.api.routes import router
from commonweal_web.workplaces.models import WorkerGroup
from commonweal_web.workplaces.permissions import KEEP_MEMBERS, SEE_WORKPLACES

Contract = Literal["permanent", "fixed_term", "agency", "contractor", "platform", "apprentice"]


class GroupFacts(Schema):
    """People who share a role, a site and a contract."""

    id: UUID
    name: str = Field(examples=["Pickers"])
    site_id: UUID
    contract: Contract
    headcount: int
    cost_per_fte: MoneyShape | None = Field(description="A year’s cost of a full-time post.")
    representation_id: UUID | None
    vulnerable_because: str = Field(description="Empty: nobody marked the group as vulnerable.")
    marked_vulnerable_by: str = Field(description="The side that set the mark.")
    unmarked_because: str


class NewGroup(Given):
    """A worker group."""

    name: str = Field(min_length=1, max_length=150)
    site_id: UUID
    contract: Contract
    headcount: int = Field(ge=0, le=BIGGEST_COUNT)
    cost_per_fte: MoneyShape | None = None
    representation_id: UUID | None = None


class GroupChange(Given):
    """What changes; what is left out stays, what is null is taken away."""

    name: str = Field("", min_length=1, max_length=150)
    site_id: UUID = Field(default=UUID(int=0))
    contract: Contract = "permanent"
    headcount: int = Field(0, ge=0, le=BIGGEST_COUNT)
    cost_per_fte: MoneyShape | None = None
    representation_id: UUID | None = None


class Because(Given):
    """A reason."""

    because: str = Field(max_length=500, examples=["Most have no permanent residence permit."])


class Member(Schema):
    """That a person belongs to a group, from a day until another."""

    id: UUID
    account_id: UUID
    group_id: UUID
    since: date
    until: date | None


class NewMember(Given):
    """Somebody who belongs to the group."""

    account_id: UUID
    since: date
    until: date | None = None


class MemberEnd(Given):
    """The last day in the group."""

    until: date


class GroupsFilter(Paging):
    """Which groups."""

    words: str = Field("", max_length=100, description="In the name of the group or its site.")
    site_id: UUID | None = None
    contract: Contract | None = None


@router.route("GET /groups", PageOf[GroupFacts], right=SEE_WORKPLACES)
def groups(request: ApiRequest, *, asked: Query[GroupsFilter]) -> dict[str, object]:
    """The worker groups, by name."""
    found = queries.groups(
        request.organisation,
        words=asked.words,
        site=str(asked.site_id or ""),
        contract=asked.contract or "",
    )
    return page_by(request, found, paging=asked, by=("name", "id"))


@router.route("POST /groups", GroupFacts, status=CREATED)
def add_group(request: ApiRequest, *, group: NewGroup) -> object:
    """Add people who share a role, a site and a contract."""
    return actions.add_group(**deciding(request), **_facts(request, given=group.model_dump()))


@router.route("GET /groups/{uuid:group_id}", GroupFacts, right=SEE_WORKPLACES)
def group(request: ApiRequest, *, group_id: UUID) -> WorkerGroup:
    """One worker group."""
    return queries.group_of(request.organisation, group_id)


@router.route("PATCH /groups/{uuid:group_id}", GroupFacts)
def change_group(request: ApiRequest, *, group_id: UUID, change: GroupChange) -> object:
    """Change what is known of a worker group; what is not named stays."""
    found = queries.group_of(request.organisation, group_id)
    changes = _facts(request, given=named(change))
    return actions.change_group(**deciding(request), group=found, **changes)


def _facts(request: ApiRequest, *, given: dict[str, Any]) -> dict[str, Any]:
    """What the action asks for: rows of this organisation instead of their ids."""
    found: dict[str, Any] = {
        name: given[name] for name in ("name", "contract", "headcount") if name in given
    }
    if "site_id" in given:
        found["site"] = queries.site_of(request.organisation, given["site_id"])
    if "representation_id" in given:
        pk = given["representation_id"]
        found["representation"] = (
            queries.representation_of(request.organisation, pk=pk) if pk else None
        )
    if "cost_per_fte" in given:
        cost = given["cost_per_fte"]
        found["cost_per_fte"] = MoneyShape(**cost).money if cost else None
    return found


@router.route("POST /groups/{uuid:group_id}/vulnerable", GroupFacts)
def mark_vulnerable(request: ApiRequest, *, group_id: UUID, reason: Because) -> object:
    """Say that a group is especially vulnerable, and why; decisions about it weigh more."""
    found = queries.group_of(request.organisation, group_id)
    return actions.mark_vulnerable(**deciding(request), group=found, because=reason.because)


@router.route("DELETE /groups/{uuid:group_id}/vulnerable", GroupFacts)
def unmark_vulnerable(request: ApiRequest, *, group_id: UUID, reason: Because) -> object:
    """Take the mark away, with a reason. A mark of the workers’ side is taken away by it only."""
    found = queries.group_of(request.organisation, group_id)
    return actions.unmark_vulnerable(**deciding(request), group=found, because=reason.because)


@router.route("GET /groups/{uuid:group_id}/members", PageOf[Member], right=KEEP_MEMBERS)
def members(request: ApiRequest, *, group_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """Who belongs to a group today."""
    found = queries.group_of(request.organisation, group_id)
    rows = queries.memberships(found, on=request.now.date())
    return page_by(request, rows, paging=paging, by=("since", "id"))


@router.route("POST /groups/{uuid:group_id}/members", Member, status=CREATED)
def add_member(request: ApiRequest, *, group_id: UUID, member: NewMember) -> object:
    """Say that a person belongs to a worker group."""
    return actions.add_member(
        **deciding(request),
        group=queries.group_of(request.organisation, group_id),
        account=person_of(request.organisation, pk=member.account_id),
        since=member.since,
        until=member.until,
    )


@router.route("POST /members/{uuid:membership_id}/end", Member)
def end_membership(request: ApiRequest, *, membership_id: UUID, end: MemberEnd) -> object:
    """Say until when a person belonged to a group; that they did belong stays."""
    found = queries.membership_of(request.organisation, pk=membership_id)
    return actions.end_membership(**deciding(request), membership=found, until=end.until)
