"""Lists of uses and the file of one."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Literal
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import (
    PageOf,
    Paging,
    page_by,
    page_numbered,
    page_of_known,
)
from commonweal_web.house.api_routes import CREATED, ApiRequest, Given, deciding
from commonweal_web.house.paging import Page
from commonweal_web.people.queries import person_of
from commonweal_web.systems import actions, queries
from commonweal_web.systems.api.routes import USE, router, the_use
from commonweal_web.systems.api.shapes import (
    StageName,
    StageStep,
    UseFacts,
    UseInPortfolio,
    UseToLookAt,
)
from commonweal_web.systems.permissions import SEE_USES
from commonweal_web.workplaces.queries import group_of


class UsesFilter(Paging):
    """Which uses."""

    words: str = Field(
        "", max_length=100, description="In the use, its system or its row of a register."
    )
    stage: StageName | None = None
    owner: str = Field("", max_length=100, description="In the name of who answers for it.")
    unit: str = Field("", max_length=100, description="Part of the organisation.")
    site: str = Field("", max_length=100, description="Where it runs, or its people work.")
    group: str = Field("", max_length=100, description="In the name of a group it touches.")
    system: str = Field("", max_length=100, description="In the name of the system or vendor.")
    code: str = Field("", max_length=60, description="A choice of the classification.")
    gaps: Literal["yes", "none"] | None = Field(None, description="Before the next gate.")
    move: str = Field("", max_length=40, description="A role whose move it is.")
    dates: Literal["soon", "overdue", "none"] | None = Field(
        None, description="The next date: within 30 days or missed, missed, or none."
    )
    severity: int | None = Field(
        None, ge=0, le=9, description="The class of the gravest judged risk that is open."
    )
    differ: bool = Field(False, description="Only where sides differ.")
    vulnerable: bool = Field(False, description="Only those touching a vulnerable group.")
    without_gate: bool = Field(False, description="Only those already running when registered.")

    @property
    def asked(self) -> queries.Asked:
        """The same as the page of the list asks."""
        given = self.model_dump(exclude={"limit", "cursor"})
        said = {
            name: value
            for name, value in given.items()
            if value is not None and value is not False and value != ""
        }
        return queries.Asked(
            **{name: "yes" if value is True else str(value) for name, value in said.items()}
        )


class CopyOfUse(Given):
    """A name of its own, and whom the copy touches."""

    name: str = Field(min_length=1, max_length=500, examples=["Shift planner, south"])
    group_ids: list[UUID] = Field(default_factory=list, max_length=200)


class NewUse(Given):
    """A use: an idea at the first stage, or one already running at its true stage."""

    name: str = Field(min_length=1, max_length=500, examples=["Shift planner"])
    system_name: str = Field("", max_length=500, description="Empty: the name of the use.")
    vendor_name: str = Field("", max_length=300)
    purpose: str = Field("", max_length=20_000)
    stage: StageName = "identified"
    review_on: date | None = None
    owner_id: UUID | None = None


@router.route("GET /uses", PageOf[UseInPortfolio], right=SEE_USES)
def uses(request: ApiRequest, *, asked: Query[UsesFilter]) -> dict[str, object]:
    """The uses of AI, by name, with what is open for each and what comes next; no score."""
    organisation, at = request.organisation, request.now
    if queries.lines_behind(organisation, on=at.date()):
        actions.bring_up_to_date(organisation, at=at)
    found = queries.uses_asked(organisation, asked=asked.asked, on=at.date())
    return page_by(request, found.select_related("standing"), paging=asked, by=("name", "id"))


@router.route("GET /uses/attention", PageOf[UseToLookAt], right=SEE_USES)
def attention(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The uses that need attention, the gravest reason first, each with its reasons in words."""
    read = partial(_attention, request)
    return page_numbered(
        request,
        paging=paging,
        read=read,
        shape=lambda row: {"use": row[0], "reasons": row[1]},
    )


def _attention(request: ApiRequest, *, number: int, size: int) -> Page[Any]:
    day = request.now.date()
    return queries.attention_page(request.organisation, on=day, number=number, size=size).page


@router.route("POST /uses", UseFacts, status=CREATED)
def register_use(request: ApiRequest, *, use: NewUse) -> object:
    """Register a use. One that is already running enters without gate, and every gap is listed."""
    facts = use.model_dump(exclude={"owner_id"})
    owner = person_of(request.organisation, pk=use.owner_id) if use.owner_id else None
    made = actions.register_use(**deciding(request), **facts, owner=owner)
    return the_use(request, made.pk)


@router.route(f"POST {USE}/copies", UseFacts, status=CREATED)
def copy_use(request: ApiRequest, *, use_id: UUID, begun: CopyOfUse) -> object:
    """Begin a use as a copy: what it is comes along, what people said and decided does not."""
    made = actions.copy_use(
        **deciding(request),
        original=the_use(request, use_id),
        name=begun.name,
        groups=[group_of(request.organisation, pk) for pk in begun.group_ids],
    )
    return the_use(request, made.pk)


@router.route(f"GET {USE}", UseFacts, right=SEE_USES)
def use(request: ApiRequest, *, use_id: UUID) -> object:
    """One use with everything that is declared about it."""
    return the_use(request, use_id)


@router.route(f"GET {USE}/stages", PageOf[StageStep], right=SEE_USES)
def stages(request: ApiRequest, *, use_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """How the use moved from stage to stage, latest first."""
    found = queries.stage_changes_of(the_use(request, use_id))
    return page_of_known(request, found, paging=paging)
