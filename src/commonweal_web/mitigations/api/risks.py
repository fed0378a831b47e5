"""Risks in order, one risk, and what each side thinks of it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal.shared.severity import SeverityClass
from commonweal_web.house.api_pages import PageOf, Paging, page_by, page_of_known
from commonweal_web.house.api_routes import CREATED, ApiRequest, Given, Schema, deciding
from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.api.routes import (
    RISK,
    ClassName,
    Facets,
    HarmName,
    ReasonsOfFacets,
    Why,
    router,
    the_risk,
)
from commonweal_web.mitigations.models import Judgement, LikelihoodView, Risk
from commonweal_web.mitigations.permissions import SEE_RISKS
from commonweal_web.systems.queries import use_of

LikelihoodName = Literal["already_occurring", "very_likely", "likely", "possible", "unlikely"]
SpeakingSide = Literal["workers", "management", "experts"]


class RiskTouches(Schema):
    """A group that a risk touches."""

    key: UUID
    group_id: UUID | None
    outside_name: str


class RiskFacts(Schema):
    """Something that may harm people a use touches."""

    id: UUID
    use_id: UUID
    title: str
    description: str
    signal: str = Field(description="The signal it came from; empty when entered by hand.")
    source: str
    present_since: date
    closed_on: date | None
    closed_because: str
    inherent: Facets = Field(description="If nothing is done.")
    residual: Facets = Field(description="What remains with the answers.")
    likelihood: str = Field(examples=["possible", "not_judged"])
    severity_class: ClassName = Field(description="Orders the list, before likelihood.")
    rules_version: str
    nothing_helps_because: str
    answered_until: date | None
    groups: list[RiskTouches]

    @staticmethod
    def resolve_severity_class(risk: Risk) -> str:
        return _class_name(risk.severity_class)

    @staticmethod
    def resolve_groups(risk: Risk) -> list[RiskTouches]:
        return [RiskTouches.from_orm(each) for each in risk.groups.all()]


def _class_name(number: int) -> str:
    return SeverityClass(number).name.lower()


class NewRisk(Given):
    """A risk entered by hand."""

    title: str = Field(min_length=1, max_length=200)
    description: str = Field("", max_length=2000)
    signal: str = Field("", max_length=10)
    groups: list[UUID] | None = Field(None, max_length=200, description="Left out: everyone.")
    present_since: date | None = None


class JudgementFacts(Schema):
    """One side’s judgement of one kind of harm; the sides’ judgements stay apart."""

    phase: Literal["inherent", "residual"]
    harm: HarmName
    side: SpeakingSide
    severity: Facets
    reasons: ReasonsOfFacets
    rules_version: str
    is_current: bool

    @staticmethod
    def resolve_reasons(row: Judgement) -> ReasonsOfFacets:
        return ReasonsOfFacets(
            scale=row.scale_because,
            scope=row.scope_because,
            irremediability=row.irremediability_because,
        )


class NewJudgement(Given):
    """How bad, for how many, how hard to undo; each with why."""

    harm: HarmName
    phase: Literal["inherent", "residual"] = "inherent"
    facets: Facets
    reasons: ReasonsOfFacets


class LikelihoodFacts(Schema):
    """How likely one side finds the harm."""

    side: SpeakingSide
    likelihood: str
    reason: str
    is_current: bool


class NewLikelihood(Given):
    """How likely, and why."""

    likelihood: LikelihoodName
    reason: str = Field(max_length=1000)


class ClassChangeFacts(Schema):
    """A class raised or lowered by people."""

    id: UUID
    risk_id: UUID
    changed_from: ClassName
    changed_to: ClassName
    reason: str
    counts: bool = Field(description="Whether enough people have signed it.")

    @staticmethod
    def resolve_changed_from(row: Any) -> str:
        return _class_name(row.changed_from)

    @staticmethod
    def resolve_changed_to(row: Any) -> str:
        return _class_name(row.changed_to)

    @staticmethod
    def resolve_counts(row: Any) -> bool:
        return row.counts_since is not None


class NewClass(Given):
    """The class it should have, and why."""

    to: ClassName
    reason: str = Field(max_length=1000)


class CommentFacts(Schema):
    """What somebody of a side says about a risk."""

    side: SpeakingSide
    text: str


class NewComment(Given):
    """What you want to say."""

    text: str = Field(min_length=1, max_length=2000)


class RisksFilter(Paging):
    """Which risks."""

    words: str = Field("", max_length=100)
    use_id: UUID | None = None
    severity_class: ClassName | None = None
    state: Literal["", "open", "answered", "change_or_stop", "closed"] = ""


@router.route("GET /risks", PageOf[RiskFacts], right=SEE_RISKS)
def risks(request: ApiRequest, *, asked: Query[RisksFilter]) -> dict[str, object]:
    """The risks, gravest first, then likeliest, then longest present."""
    found = queries.queue(
        request.organisation,
        on=request.now.date(),
        words=asked.words,
        use=str(asked.use_id or ""),
        severity_class=str(_class_number(asked.severity_class)) if asked.severity_class else "",
        state=asked.state,
    )
    rows = queries.with_everything(found)
    return page_by(request, rows, paging=asked, by=("queue_place", "present_since", "id"))


def _class_number(name: str) -> int:
    return int(SeverityClass[name.upper()].value)


@router.route("POST /uses/{uuid:use_id}/risks", RiskFacts, status=CREATED)
def open_risk(request: ApiRequest, *, use_id: UUID, risk: NewRisk) -> object:
    """Enter a risk by hand."""
    use = use_of(request.organisation, pk=use_id)
    made = actions.open_risk(**deciding(request), use=use, **risk.model_dump())
    return the_risk(request, made.pk)


@router.route(f"GET {RISK}", RiskFacts, right=SEE_RISKS)
def risk(request: ApiRequest, *, risk_id: UUID) -> object:
    """One risk with whom it touches and how grave it is."""
    return the_risk(request, risk_id)


@router.route(f"POST {RISK}/close", RiskFacts)
def close_risk(request: ApiRequest, *, risk_id: UUID, closing: Why) -> object:
    """Close a risk that is no longer there, with the reason."""
    found = the_risk(request, risk_id)
    actions.close_risk(**deciding(request), risk=found, reason=closing.reason)
    return the_risk(request, risk_id)


@router.route(f"GET {RISK}/judgements", PageOf[JudgementFacts], right=SEE_RISKS)
def judgements(request: ApiRequest, *, risk_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """Every judgement, earliest first; the risk takes the worst of the sides, facet by facet."""
    found: list[Judgement] = queries.judgements_of(the_risk(request, risk_id))
    return page_of_known(request, found, paging=paging)


@router.route(f"POST {RISK}/judgements", RiskFacts)
def judge_severity(request: ApiRequest, *, risk_id: UUID, judgement: NewJudgement) -> object:
    """Say for one kind of harm how bad, for how many, and how hard to undo."""
    found = the_risk(request, risk_id)
    actions.judge_severity(**deciding(request), risk=found, **judgement.model_dump())
    return the_risk(request, risk_id)


@router.route(f"GET {RISK}/likelihoods", PageOf[LikelihoodFacts], right=SEE_RISKS)
def likelihoods(request: ApiRequest, *, risk_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """How likely each side found it, earliest first."""
    found: list[LikelihoodView] = queries.likelihoods_of(the_risk(request, risk_id))
    return page_of_known(request, found, paging=paging)


@router.route(f"POST {RISK}/likelihoods", RiskFacts)
def judge_likelihood(request: ApiRequest, *, risk_id: UUID, view: NewLikelihood) -> object:
    """Say how likely the harm is, and why."""
    found = the_risk(request, risk_id)
    actions.judge_likelihood(**deciding(request), risk=found, **view.model_dump())
    return the_risk(request, risk_id)


@router.route(f"POST {RISK}/class-changes", ClassChangeFacts, status=CREATED)
def change_class(request: ApiRequest, *, risk_id: UUID, change: NewClass) -> object:
    """Raise the class, or ask for it to be lowered; a lowering needs two signatures."""
    found = the_risk(request, risk_id)
    return actions.change_class(
        **deciding(request), risk=found, to=_class_number(change.to), reason=change.reason
    )


@router.route("POST /class-changes/{uuid:change_id}/sign", ClassChangeFacts)
def sign_class_change(request: ApiRequest, *, change_id: UUID) -> object:
    """Sign a change of class."""
    found = queries.class_change_of(request.organisation, pk=change_id)
    return actions.sign_class_change(**deciding(request), change=found)


@router.route(f"GET {RISK}/comments", PageOf[CommentFacts], right=SEE_RISKS)
def comments(request: ApiRequest, *, risk_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """What was said about it, by side."""
    found = queries.comments_of(the_risk(request, risk_id))
    return page_of_known(request, found, paging=paging)


@router.route(f"POST {RISK}/comments", CommentFacts, status=CREATED, is_kept=False)
def comment_on_risk(request: ApiRequest, *, risk_id: UUID, comment: NewComment) -> object:
    """Say something about a risk."""
    found = the_risk(request, risk_id)
    return actions.comment_on_risk(**deciding(request), risk=found, text=comment.text)
