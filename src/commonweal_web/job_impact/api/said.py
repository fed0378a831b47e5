"""What each side says about each signal, kept apart; never who said it, nor how many."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from commonweal.practices import UnknownIdError, catalogue
from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import CREATED, ApiRequest, Given, Schema, deciding
from commonweal_web.house.refusals import NotHere
from commonweal_web.job_impact import actions, queries
from commonweal_web.job_impact.api.routes import RUN, router, the_run
from commonweal_web.job_impact.permissions import SEE_ASSESSMENTS
from commonweal_web.job_impact.queries import AssessmentPage
from commonweal_web.job_impact.queries.table import Line, SideCell, SignalRow
from commonweal_web.systems.queries import use_of

SideName = Literal["workers", "representatives", "management", "experts", "contributors"]
AnswerName = Literal["present", "not_present", "uncertain", "not_applicable"]


class SaidBySide(Schema):
    """What one side says, in words."""

    side: SideName
    answer: str = Field(examples=["present"])
    text: str = Field(description="In words, with what else is said inside the side.")
    quotes: list[str] = Field(description="Its own words, in no order of time.")
    notes: list[str]


class SaidForGroups(Schema):
    """One signal for the groups of which every side says the same."""

    groups: str
    differs: bool = Field(description="Whether the sides, or people inside one, differ.")
    is_present: bool = Field(description="Whether any side’s “present” stands.")
    is_assessed: bool
    sides: list[SaidBySide]


class SaidOfSignal(Schema):
    """One signal with the views of each side kept apart."""

    signal: str = Field(examples=["RS13"])
    reasons: list[str] = Field(description="Why it is asked first; empty where it is not.")
    lines: list[SaidForGroups]


class MissingThing(Schema):
    """One thing that keeps a run from closing, and whose move it is."""

    text: str
    side: str
    who: str
    signal: str


class LedTo(Schema):
    """A practice that present or uncertain signals lead to."""

    practice: str = Field(examples=["RPU12"])
    stage_group: str
    signals: list[str]


class ChangedAnswer(Schema):
    """One side’s answer for one signal and group, before and after."""

    signal: str
    group: str | None
    side: SideName
    before: str
    after: str


class ComparedRuns(Schema):
    """What changed from one run to another; nothing is summed."""

    answers: list[ChangedAnswer]
    signals_added: list[str]
    signals_removed: list[str]
    groups_added: list[str]
    groups_removed: list[str]
    data_gained: list[str]
    data_still_missing: list[str]


class NewView(Given):
    """What one thinks of one signal."""

    signal: str = Field(max_length=10, examples=["RS13"])
    answer: AnswerName
    side: str = Field("", max_length=20, description="Only where one speaks for several.")
    group: UUID | None = Field(None, description="Left out: about all groups.")
    words: str = Field("", max_length=2000)
    link: str = Field("", max_length=500)
    rests_on: list[str] = Field(default=[], max_length=100)
    reason: str = Field("", max_length=1000, description="Why it changed.")
    person: str = Field("", max_length=150, description="Who finds out what is uncertain.")
    until: date | None = None


class ViewGiven(Schema):
    """What was said, as it is kept; only its author is shown that it is theirs."""

    signal: str
    answer: AnswerName
    side: SideName


class Closing(Given):
    """Whose “present” or “uncertain” is closed, and why."""

    side: SideName
    reason: str = Field(max_length=2000)
    group: UUID | None = Field(None, description="Left out: about all groups.")


class FollowUpNamed(Given):
    """Who finds out, and by when."""

    person: str = Field(max_length=150)
    until: date


class SignalAddressed(Schema):
    """The signal it was done for."""

    use_id: UUID
    signal: str


class Before(Schema):
    """The earlier run to compare with."""

    before: int = Field(ge=1, le=1_000_000, description="Its number.")


def _page(request: ApiRequest, assessment_id: UUID) -> AssessmentPage:
    run = the_run(request, assessment_id)
    page = queries.assessment_page(run.use, on=request.now.date(), number=run.number)
    if page is None:
        raise NotHere("not_found", _("There is no such run here."))
    return page


@router.route(f"GET {RUN}/signals", PageOf[SaidOfSignal], right=SEE_ASSESSMENTS)
def said(request: ApiRequest, *, assessment_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """Every signal of a run, likely ones first, with what each side says."""
    page = _page(request, assessment_id)
    return page_of_known(request, page.rows, paging=paging, shape=_signal)


def _signal(row: SignalRow) -> dict[str, object]:
    return {
        "signal": row.signal.id,
        "reasons": row.reasons,
        "lines": [_line(each) for each in row.lines],
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "groups": line.groups,
        "differs": line.differs,
        "is_present": line.is_present,
        "is_assessed": line.is_assessed,
        "sides": [_side(cell) for cell in line.cells],
    }


def _side(cell: SideCell) -> dict[str, object]:
    return {
        "side": cell.column.key,
        "answer": cell.answer,
        "text": cell.text,
        "quotes": cell.quotes,
        "notes": cell.notes,
    }


@router.route(f"GET {RUN}/missing", PageOf[MissingThing], right=SEE_ASSESSMENTS)
def missing(
    request: ApiRequest, *, assessment_id: UUID, paging: Query[Paging]
) -> dict[str, object]:
    """What keeps an open run from closing, each with whose move it is."""
    found = [
        {"text": gap.text, "side": gap.side, "who": str(gap.who), "signal": gap.signal}
        for gap in _page(request, assessment_id).gaps
    ]
    return page_of_known(request, found, paging=paging)


@router.route(f"GET {RUN}/practices", PageOf[LedTo], right=SEE_ASSESSMENTS)
def practices_led_to(
    request: ApiRequest, *, assessment_id: UUID, paging: Query[Paging]
) -> dict[str, object]:
    """The practices that present or uncertain signals lead to, earliest stage first."""
    found = [
        {
            "practice": ahead.practice.id,
            "stage_group": group.value,
            "signals": [signal.id for signal in ahead.signals],
        }
        for group, practices in queries.practices_ahead(_page(request, assessment_id).run)
        for ahead in practices
    ]
    return page_of_known(request, found, paging=paging)


@router.route(f"GET {RUN}/comparison", ComparedRuns, right=SEE_ASSESSMENTS)
def compared(request: ApiRequest, *, assessment_id: UUID, asked: Query[Before]) -> object:
    """What changed since an earlier run."""
    run = the_run(request, assessment_id)
    file = queries.file_of(run.use)
    before = file.numbered(asked.before)
    if before is None:
        raise NotHere("not_found", _("There is no run with this number."), where="before")
    return queries.comparison(file, before=before, after=run, on=request.now.date())


@router.route(f"POST {RUN}/views", ViewGiven, status=CREATED, is_kept=False)
def give_view(request: ApiRequest, *, assessment_id: UUID, view: NewView) -> object:
    """Say what one thinks of one signal. It is stored at once and never changed afterwards."""
    run = the_run(request, assessment_id)
    return actions.give_view(**deciding(request), assessment=run, **view.model_dump())


@router.route("POST /uses/{uuid:use_id}/signals/{signal}/closings", SignalAddressed)
def close_present(
    request: ApiRequest, *, use_id: UUID, signal: str, closing: Closing
) -> dict[str, object]:
    """Close what one side calls present or uncertain, with a reason the workers’ side reads."""
    known = _known(signal)
    use = use_of(request.organisation, pk=use_id)
    actions.close_present(**deciding(request), use=use, signal=known, **closing.model_dump())
    return {"use_id": use_id, "signal": known}


@router.route("POST /uses/{uuid:use_id}/signals/{signal}/follow-ups", SignalAddressed)
def name_follow_up(
    request: ApiRequest, *, use_id: UUID, signal: str, follow_up: FollowUpNamed
) -> dict[str, object]:
    """Name who finds out what is uncertain, and by when, wherever an answer named nobody."""
    known = _known(signal)
    use = use_of(request.organisation, pk=use_id)
    actions.name_follow_up(**deciding(request), use=use, signal=known, **follow_up.model_dump())
    return {"use_id": use_id, "signal": known}


def _known(signal: str) -> str:
    try:
        return catalogue().signal(signal).id
    except UnknownIdError as error:
        raise NotHere("signal_unknown", str(error), where="signal") from error
