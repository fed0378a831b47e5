"""The gate before a use: what it asks, signatures, overrides, and votes held on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import Field

from commonweal.systems.gates import GateDecision
from commonweal.systems.requirements import Requirement
from commonweal_web.house.api_routes import (
    BIGGEST_COUNT,
    CREATED,
    ApiRequest,
    Given,
    deciding,
)
from commonweal_web.house.refusals import NotHere
from commonweal_web.systems import actions, queries
from commonweal_web.systems.api.routes import USE, router, the_use
from commonweal_web.systems.api.shapes import (
    Decision,
    GateFacts,
    OverrideFacts,
    RequirementFacts,
    SignatureFacts,
    StageName,
    VoteFacts,
)
from commonweal_web.systems.permissions import SEE_USES

OVERRIDE = f"{USE}/overrides/{{uuid:override_id}}"


class Signing(Given):
    """Into which stage, and in which of the roles the gate asks for."""

    entering: StageName
    role: str = Field(max_length=40, examples=["worker_representative"])


class Overriding(Given):
    """Into which stage, and why, for everyone who works here to read."""

    entering: StageName
    reason: str = Field(max_length=5000)


class PaperVoteGiven(Given):
    """The result of a vote that was held on paper."""

    held_on: date
    electorate: int = Field(ge=0, le=BIGGEST_COUNT)
    yes: int = Field(ge=0, le=BIGGEST_COUNT)
    no: int = Field(ge=0, le=BIGGEST_COUNT)
    abstain: int = Field(0, ge=0, le=BIGGEST_COUNT)
    counted_by: str = Field(min_length=1, max_length=200)


@router.route(f"GET {USE}/gate", GateFacts, right=SEE_USES)
def gate(request: ApiRequest, *, use_id: UUID) -> dict[str, Any]:
    """The gate before the next stage: each gap, and whose move it is."""
    view = queries.gate_view(the_use(request, use_id), at=request.now)
    if view is None:
        raise NotHere("no_gate", _("No gate stands before this use: it is over or being stopped."))
    return {
        "code": view.gate.code,
        "leaving": view.gate.leaving.value,
        "entering": view.gate.entering.value,
        "needs": view.gate.needs,
        "passed_by": [role.value for role in view.gate.passed_by],
        "decision": _decision(view.decision),
        "requirements": _asked(view.requirements),
        "signatures": view.signatures,
        "override": view.override,
    }


def _decision(decision: GateDecision) -> dict[str, Any]:
    return {
        "outcome": decision.outcome.value,
        "gaps": _asked(decision.gaps),
        "overridden": _asked(decision.overridden),
        "missing_signatures": [role.value for role in decision.missing_signatures],
        "faults": decision.faults,
    }


def _asked(requirements: Sequence[Requirement]) -> list[RequirementFacts]:
    return [
        RequirementFacts(
            code=each.code,
            title=str(each.title),
            state=each.state.value,
            kind=each.kind.value,
            role=each.role.value,
            side=each.side.value,
            detail=str(each.detail),
            due=each.due,
        )
        for each in requirements
    ]


@router.route(f"POST {USE}/gate/signatures", Decision)
def sign_gate(request: ApiRequest, *, use_id: UUID, signing: Signing) -> dict[str, Any]:
    """Let a use pass a gate; it goes on as soon as the last signature is there."""
    use = the_use(request, use_id)
    return _decision(actions.sign_gate(**deciding(request), use=use, **signing.model_dump()))


@router.route(f"POST {USE}/gate/signatures/{{uuid:signature_id}}/withdraw", SignatureFacts)
def withdraw_signature(request: ApiRequest, *, use_id: UUID, signature_id: UUID) -> object:
    """Take one’s own signature back before the gate is passed."""
    view = queries.gate_view(the_use(request, use_id), at=request.now)
    signed = {each.pk: each for each in view.signatures} if view else {}
    if signature_id not in signed:
        raise NotHere("not_found", _("No such signature stands at this gate."))
    return actions.withdraw_signature(**deciding(request), signature=signed[signature_id])


@router.route(f"POST {USE}/gate/overrides", OverrideFacts, status=CREATED)
def ask_override(request: ApiRequest, *, use_id: UUID, wish: Overriding) -> object:
    """Ask to pass a gate although evidence is missing. A second executive must agree."""
    use = the_use(request, use_id)
    return actions.ask_override(**deciding(request), use=use, **wish.model_dump())


@router.route(f"POST {OVERRIDE}/agree", Decision)
def agree_override(request: ApiRequest, *, use_id: UUID, override_id: UUID) -> dict[str, Any]:
    """Agree, as a second executive."""
    found = queries.override_of(the_use(request, use_id), pk=override_id)
    return _decision(actions.agree_override(**deciding(request), override=found))


@router.route(f"POST {OVERRIDE}/withdraw", OverrideFacts)
def withdraw_override(request: ApiRequest, *, use_id: UUID, override_id: UUID) -> object:
    """Take an override back before the gate is passed."""
    found = queries.override_of(the_use(request, use_id), pk=override_id)
    return actions.withdraw_override(**deciding(request), override=found)


@router.route(f"POST {USE}/votes", VoteFacts, status=CREATED)
def enter_paper_vote(request: ApiRequest, *, use_id: UUID, vote: PaperVoteGiven) -> object:
    """Enter the result of a roll-out vote that was held on paper."""
    use = the_use(request, use_id)
    return actions.enter_paper_vote(**deciding(request), use=use, **vote.model_dump())
