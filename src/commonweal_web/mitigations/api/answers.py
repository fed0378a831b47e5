"""Answers to a risk: proposed, decided by the groups, carried out, checked."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import CREATED, ApiRequest, Given, Schema, deciding
from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.api.routes import (
    RISK,
    Facets,
    HarmName,
    Why,
    router,
    the_risk,
)
from commonweal_web.mitigations.models import Mitigation
from commonweal_web.mitigations.permissions import SEE_RISKS
from commonweal_web.people.queries import person_of

ANSWER = "/mitigations/{uuid:mitigation_id}"
KindName = Literal["eliminate", "reduce", "remedy", "compensate"]


class MitigationFacts(Schema):
    """One answer to a risk. Of who proposed it only the side is told."""

    id: UUID
    risk_id: UUID
    kind: KindName
    text: str
    side: Literal["workers", "management", "experts"]
    owner_id: UUID | None
    due: date | None
    state: str = Field(examples=["accepted"])
    state_since: date
    done_note: str
    ended_because: str


class NewMitigation(Given):
    """An answer to propose."""

    kind: KindName
    text: str = Field(min_length=1, max_length=2000)
    groups: list[UUID] | None = Field(None, max_length=200, description="Left out: all.")


class Acceptance(Given):
    """For which groups, and where the decision is written down."""

    groups: list[UUID] = Field(max_length=200)
    decision: str = Field(max_length=300, examples=["minutes of 2026-11-02, item 3"])
    reason: str = Field("", max_length=1000)


class Refusal(Given):
    """For which group, where it is written down, and why."""

    group: UUID
    decision: str = Field(max_length=300)
    reason: str = Field(max_length=1000)


class Assignment(Given):
    """Who does it, and by when."""

    account_id: UUID
    due: date


class Done(Given):
    """What was done."""

    note: str = Field(max_length=2000)


class EffectLooked(Given):
    """Whether it works, what shows it, and, with a kind of harm, what remains."""

    is_effective: bool
    evidence: str = Field(max_length=2000)
    harm: HarmName | Literal[""] = ""
    facets: Facets | None = None


def _the_answer(request: ApiRequest, mitigation_id: UUID) -> Mitigation:
    return queries.mitigation_of(request.organisation, pk=mitigation_id)


@router.route(f"GET {RISK}/mitigations", PageOf[MitigationFacts], right=SEE_RISKS)
def mitigations(request: ApiRequest, *, risk_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """The answers to a risk, those proposed first first."""
    found: list[Any] = list(the_risk(request, risk_id).mitigations.all())
    return page_of_known(request, found, paging=paging)


@router.route(f"POST {RISK}/mitigations", MitigationFacts, status=CREATED)
def propose_mitigation(request: ApiRequest, *, risk_id: UUID, answer: NewMitigation) -> object:
    """Propose an answer; a changed proposal is a new one."""
    found = the_risk(request, risk_id)
    return actions.propose_mitigation(**deciding(request), risk=found, **answer.model_dump())


@router.route(f"GET {ANSWER}", MitigationFacts, right=SEE_RISKS)
def mitigation(request: ApiRequest, *, mitigation_id: UUID) -> object:
    """One answer."""
    return _the_answer(request, mitigation_id)


@router.route(f"POST {ANSWER}/accept", MitigationFacts)
def accept_mitigation(
    request: ApiRequest, *, mitigation_id: UUID, acceptance: Acceptance
) -> object:
    """Accept an answer for groups, by their representatives or their majority."""
    found = _the_answer(request, mitigation_id)
    actions.accept_mitigation(**deciding(request), mitigation=found, **acceptance.model_dump())
    return _the_answer(request, mitigation_id)


@router.route(f"POST {ANSWER}/refuse", MitigationFacts)
def refuse_mitigation(request: ApiRequest, *, mitigation_id: UUID, refusal: Refusal) -> object:
    """Refuse an answer for a group, with the reason."""
    found = _the_answer(request, mitigation_id)
    actions.refuse_mitigation(**deciding(request), mitigation=found, **refusal.model_dump())
    return _the_answer(request, mitigation_id)


@router.route(f"POST {ANSWER}/assign", MitigationFacts)
def assign_owner_and_due(
    request: ApiRequest, *, mitigation_id: UUID, assignment: Assignment
) -> object:
    """Say who carries out an answer, and by when."""
    found = _the_answer(request, mitigation_id)
    owner = person_of(request.organisation, pk=assignment.account_id)
    actions.assign_owner_and_due(
        **deciding(request), mitigation=found, owner=owner, due=assignment.due
    )
    return _the_answer(request, mitigation_id)


@router.route(f"POST {ANSWER}/carry-out", MitigationFacts)
def carry_out(request: ApiRequest, *, mitigation_id: UUID, done: Done) -> object:
    """Say that an answer was carried out."""
    found = _the_answer(request, mitigation_id)
    actions.carry_out(**deciding(request), mitigation=found, note=done.note)
    return _the_answer(request, mitigation_id)


@router.route(f"POST {ANSWER}/checks", MitigationFacts)
def check_effect(request: ApiRequest, *, mitigation_id: UUID, check: EffectLooked) -> object:
    """Say whether an answer works, what shows it, and what remains."""
    found = _the_answer(request, mitigation_id)
    actions.check_effect(**deciding(request), mitigation=found, **check.model_dump())
    return _the_answer(request, mitigation_id)


@router.route(f"POST {ANSWER}/withdraw", MitigationFacts)
def withdraw_mitigation(request: ApiRequest, *, mitigation_id: UUID, because: Why) -> object:
    """Take an answer back."""
    found = _the_answer(request, mitigation_id)
    actions.withdraw_mitigation(**deciding(request), mitigation=found, reason=because.reason)
    return _the_answer(request, mitigation_id)
