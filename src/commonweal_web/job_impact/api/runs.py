"""Runs of the assessment: opening, the facts there are, closing, and what asks answers anew."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import CREATED, ApiRequest, Given, Schema, deciding
from commonweal_web.job_impact import actions, queries
from commonweal_web.job_impact.api.routes import RUN, router, the_run
from commonweal_web.job_impact.permissions import SEE_ASSESSMENTS
from commonweal_web.systems.queries import use_of

Line = Annotated[str, Field(max_length=500)]


class AssessmentFacts(Schema):
    """One run of the assessment."""

    id: UUID
    use_id: UUID
    number: int
    stage: str = Field(description="The stage of the use when it opened.")
    trigger: str = Field(description="Why it runs.", examples=["new_use"])
    scope: Literal["likely", "whole"]
    signals: list[str] = Field(description="The signals it goes through.")
    catalogue_version: str
    paid_minutes: int = Field(description="Paid working time for each worker.")
    opened_at: datetime
    due_on: date
    data_available: list[str] | None = Field(description="Null: not stated yet.")
    data_missing: list[str] | None
    closed_at: datetime | None
    closing_reason: str = Field(description="What came of it.")


class NewRun(Given):
    """A run through the likely signals, or through the whole list."""

    scope: Literal["likely", "whole"] = "likely"
    due_on: date | None = None
    paid_minutes: int = Field(30, ge=5, le=480)


class DataStated(Given):
    """Which facts there are so far, and which are missing."""

    available: list[Line] = Field(max_length=200)
    missing: list[Line] = Field(max_length=200)


class Outcome(Given):
    """What comes of it, for those who took part to read."""

    outcome: str = Field(max_length=20_000)


class ReopeningFacts(Schema):
    """A dated task to assess again."""

    id: UUID
    use_id: UUID
    trigger: str
    due_on: date
    signals: list[str] | None = Field(description="Null: all.")
    detail: str
    answered_by_id: UUID | None


class Reopened(Given):
    """What changed, and exactly which answers it asks anew; left out means all."""

    trigger: str = Field(max_length=40, examples=["model_changed"])
    detail: str = Field(max_length=2000)
    signals: list[Line] | None = Field(None, max_length=100)
    groups: list[UUID] | None = Field(None, max_length=200)
    data: list[Line] = Field(default=[], max_length=200)


class RunsFilter(Paging):
    """Which runs."""

    state: Literal["open", "closed"] = "open"


@router.route("GET /assessments", PageOf[AssessmentFacts], right=SEE_ASSESSMENTS)
def assessments(request: ApiRequest, *, asked: Query[RunsFilter]) -> dict[str, object]:
    """The open runs, those due first; or the closed ones, latest first."""
    read = {"open": queries.open_assessments, "closed": queries.closed_assessments}[asked.state]
    return page_of_known(request, read(request.organisation), paging=asked)


@router.route(
    "GET /uses/{uuid:use_id}/assessments", PageOf[AssessmentFacts], right=SEE_ASSESSMENTS
)
def assessments_of_use(
    request: ApiRequest, *, use_id: UUID, paging: Query[Paging]
) -> dict[str, object]:
    """The runs of one use, earliest first; nothing in them ever changes."""
    file = queries.file_of(use_of(request.organisation, pk=use_id))
    return page_of_known(request, file.assessments, paging=paging)


@router.route("POST /uses/{uuid:use_id}/assessments", AssessmentFacts, status=CREATED)
def open_assessment(request: ApiRequest, *, use_id: UUID, run: NewRun) -> object:
    """Open a run; one is open at a time."""
    use = use_of(request.organisation, pk=use_id)
    return actions.open_assessment(**deciding(request), use=use, **run.model_dump())


@router.route(f"GET {RUN}", AssessmentFacts, right=SEE_ASSESSMENTS)
def assessment(request: ApiRequest, *, assessment_id: UUID) -> object:
    """One run, open or closed."""
    return the_run(request, assessment_id)


@router.route(f"PUT {RUN}/data", AssessmentFacts)
def state_data(request: ApiRequest, *, assessment_id: UUID, data: DataStated) -> object:
    """State which facts there are and which are missing at this stage."""
    run = the_run(request, assessment_id)
    return actions.state_data(**deciding(request), assessment=run, **data.model_dump())


@router.route(f"POST {RUN}/close", AssessmentFacts)
def close_assessment(request: ApiRequest, *, assessment_id: UUID, close: Outcome) -> object:
    """Close a run; refused while anything is missing, with whose move it is."""
    run = the_run(request, assessment_id)
    return actions.close_assessment(**deciding(request), assessment=run, outcome=close.outcome)


@router.route("GET /reopenings", PageOf[ReopeningFacts], right=SEE_ASSESSMENTS)
def reopenings(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """What waits to be assessed again, those due first."""
    return page_of_known(request, queries.open_tasks(request.organisation), paging=paging)


@router.route("POST /uses/{uuid:use_id}/reopenings", ReopeningFacts, status=CREATED)
def reopen_answers(request: ApiRequest, *, use_id: UUID, change: Reopened) -> object:
    """Say that something changed: a dated task that asks anew exactly what it touches."""
    facts = change.model_dump()
    groups = facts.pop("groups")
    return actions.reopen_answers(
        **deciding(request),
        use=use_of(request.organisation, pk=use_id),
        groups=None if groups is None else [str(each) for each in groups],
        **facts,
    )
