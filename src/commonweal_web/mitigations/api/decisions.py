"""Where nothing helps: the decision to change the use or to stop it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import ApiRequest, Given, Schema, deciding
from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.api.risks import RiskFacts
from commonweal_web.mitigations.api.routes import RISK, Why, router, the_risk
from commonweal_web.mitigations.permissions import SEE_RISKS


class ChangeOrStopFacts(Schema):
    """A decision that opened because nothing helps."""

    id: UUID
    risk_id: UUID
    opened_on: date
    because: str
    weight: str
    outcome: Literal["", "change", "stop"] = Field(description="Empty while it is open.")
    reason: str
    decision: str = Field(description="Where it is written down.")
    decided_on: date | None
    ended_on: date | None
    ended_because: str


class Deciding(Given):
    """What is decided, why, and where it is written down."""

    outcome: Literal["change", "stop"]
    reason: str = Field(max_length=2000)
    reference: str = Field(max_length=300)
    stopping_on: date | None = None


@router.route(f"GET {RISK}/change-or-stop", PageOf[ChangeOrStopFacts], right=SEE_RISKS)
def change_or_stop(
    request: ApiRequest, *, risk_id: UUID, paging: Query[Paging]
) -> dict[str, object]:
    """The decisions to change or stop because of a risk, earliest first."""
    found: list[Any] = list(the_risk(request, risk_id).decisions.all())
    return page_of_known(request, found, paging=paging)


@router.route(f"POST {RISK}/nothing-helps", RiskFacts)
def say_nothing_helps(request: ApiRequest, *, risk_id: UUID, because: Why) -> object:
    """Say that nothing helps against a risk; a decision to change or stop opens."""
    found = the_risk(request, risk_id)
    actions.say_nothing_helps(**deciding(request), risk=found, reason=because.reason)
    return the_risk(request, risk_id)


@router.route("POST /change-or-stop/{uuid:decision_id}/decide", ChangeOrStopFacts)
def decide_change_or_stop(
    request: ApiRequest, *, decision_id: UUID, deciding_on: Deciding
) -> object:
    """Decide to change the use or to stop it; workers see it."""
    found = queries.decision_of(request.organisation, pk=decision_id)
    actions.decide_change_or_stop(**deciding(request), decision=found, **deciding_on.model_dump())
    return queries.decision_of(request.organisation, pk=decision_id)
