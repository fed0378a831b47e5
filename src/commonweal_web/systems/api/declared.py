"""Choices with their alternatives, vendors' claims, and incidents."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import BIGGEST, CREATED, ApiRequest, Given, deciding
from commonweal_web.house.refusals import NotHere
from commonweal_web.systems import actions, queries
from commonweal_web.systems.api.routes import USE, router, the_use
from commonweal_web.systems.api.shapes import (
    ChoiceFacts,
    ClaimFacts,
    IncidentFacts,
    SignalEffect,
)
from commonweal_web.systems.permissions import SEE_USES
from commonweal_web.workplaces.queries import group_of

CHOICE = f"{USE}/choices/{{uuid:choice_id}}"
INCIDENT = f"{USE}/incidents/{{uuid:incident_id}}"


class NewChoice(Given):
    """A decision about scope, configuration, workflow or monitoring."""

    kind: Literal["scope", "configuration", "workflow", "monitoring"]
    question: str = Field(min_length=1, max_length=300)


class NewAlternative(Given):
    """A way to do it, with the signals it adds or takes away, for whom."""

    title: str = Field(min_length=1, max_length=300)
    signals: list[SignalEffect] = Field(default=[], max_length=100)


class Chosen(Given):
    """The alternative, and why this one."""

    alternative_id: UUID
    reason: str = Field(max_length=5000)


class NewClaim(Given):
    """What a vendor claims, word for word."""

    quote: str = Field(min_length=1, max_length=5000)
    source: str = Field(min_length=1, max_length=300)
    source_date: date | None = None
    measure: str = Field("", max_length=200)
    value_hundredths: int | None = Field(None, ge=-BIGGEST, le=BIGGEST)


class NewIncident(Given):
    """Something that went wrong."""

    kind: Literal["malfunction", "misuse", "harm", "near_miss"]
    occurred_on: date
    harm: str = Field(min_length=1, max_length=20_000, description="What happened, to whom.")


class FollowUp(Given):
    """What is done about it, and until when."""

    follow_up: str = Field(max_length=20_000)
    follow_up_due: date | None = None


@router.route(f"GET {USE}/choices", PageOf[ChoiceFacts], right=SEE_USES)
def choices(request: ApiRequest, *, use_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """The choices with their alternatives and the signals of each."""
    found = queries.choices_of(the_use(request, use_id))
    return page_of_known(request, found, paging=paging, shape=ChoiceFacts.from_orm)


@router.route(f"POST {USE}/choices", ChoiceFacts, status=CREATED)
def add_choice(request: ApiRequest, *, use_id: UUID, choice: NewChoice) -> object:
    """Put a decision on the table."""
    use = the_use(request, use_id)
    made = actions.add_choice(**deciding(request), use=use, **choice.model_dump())
    return _choice(request, use_id=use_id, choice_id=made.pk)


@router.route(f"POST {CHOICE}/alternatives", ChoiceFacts, status=CREATED)
def add_alternative(
    request: ApiRequest, *, use_id: UUID, choice_id: UUID, alternative: NewAlternative
) -> object:
    """Add a way to do it, with the signals it adds or takes away."""
    choice = queries.choice_of(the_use(request, use_id), pk=choice_id)
    signals = [
        (
            each.signal,
            each.effect,
            group_of(request.organisation, each.group_id) if each.group_id else None,
        )
        for each in alternative.signals
    ]
    actions.add_alternative(
        **deciding(request), choice=choice, title=alternative.title, signals=signals
    )
    return _choice(request, use_id=use_id, choice_id=choice_id)


@router.route(f"POST {CHOICE}/choose", ChoiceFacts)
def choose_alternative(
    request: ApiRequest, *, use_id: UUID, choice_id: UUID, chosen: Chosen
) -> object:
    """Choose one of at least two alternatives, with the reason."""
    choice = queries.choice_of(the_use(request, use_id), pk=choice_id)
    known = {each.pk: each for each in choice.alternatives.all()}
    if chosen.alternative_id not in known:
        raise NotHere("not_found", "This choice has no such alternative.", where="alternative_id")
    actions.choose_alternative(
        **deciding(request),
        choice=choice,
        alternative=known[chosen.alternative_id],
        reason=chosen.reason,
    )
    return _choice(request, use_id=use_id, choice_id=choice_id)


def _choice(request: ApiRequest, *, use_id: UUID, choice_id: UUID) -> ChoiceFacts:
    found = queries.choice_of(the_use(request, use_id), pk=choice_id)
    return ChoiceFacts.from_orm(found)


@router.route(f"GET {USE}/claims", PageOf[ClaimFacts], right=SEE_USES)
def claims(request: ApiRequest, *, use_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """What vendors claim for a use."""
    found = queries.claims_of(the_use(request, use_id))
    return page_of_known(request, found, paging=paging)


@router.route(f"POST {USE}/claims", ClaimFacts, status=CREATED)
def state_claim(request: ApiRequest, *, use_id: UUID, claim: NewClaim) -> object:
    """Keep what a vendor claims, word for word, with the source."""
    use = the_use(request, use_id)
    return actions.state_claim(**deciding(request), use=use, **claim.model_dump())


@router.route(f"DELETE {USE}/claims/{{uuid:claim_id}}")
def remove_claim(request: ApiRequest, *, use_id: UUID, claim_id: UUID) -> None:
    """Take a claim off; the record keeps that it stood here."""
    found = queries.claim_of(the_use(request, use_id), pk=claim_id)
    actions.remove_claim(**deciding(request), claim=found)


@router.route(f"GET {USE}/incidents", PageOf[IncidentFacts], right=SEE_USES)
def incidents(request: ApiRequest, *, use_id: UUID, paging: Query[Paging]) -> dict[str, object]:
    """Incidents, latest first."""
    found = queries.incidents_of(the_use(request, use_id))
    return page_of_known(request, found, paging=paging)


@router.route(f"POST {USE}/incidents", IncidentFacts, status=CREATED)
def report_incident(request: ApiRequest, *, use_id: UUID, incident: NewIncident) -> object:
    """Report that something went wrong."""
    use = the_use(request, use_id)
    return actions.report_incident(**deciding(request), use=use, **incident.model_dump())


@router.route(f"POST {INCIDENT}/follow-up", IncidentFacts)
def follow_up_incident(
    request: ApiRequest, *, use_id: UUID, incident_id: UUID, done: FollowUp
) -> object:
    """Say what is done about an incident, and until when."""
    found = queries.incident_of(the_use(request, use_id), pk=incident_id)
    return actions.follow_up_incident(**deciding(request), incident=found, **done.model_dump())


@router.route(f"POST {INCIDENT}/confirm", IncidentFacts)
def uphold_incident(request: ApiRequest, *, use_id: UUID, incident_id: UUID) -> object:
    """Confirm that it happened; the assessment is opened again."""
    found = queries.incident_of(the_use(request, use_id), pk=incident_id)
    return actions.uphold_incident(**deciding(request), incident=found)


@router.route(f"POST {INCIDENT}/close", IncidentFacts)
def close_incident(request: ApiRequest, *, use_id: UUID, incident_id: UUID) -> object:
    """Close an incident once it says what was done."""
    found = queries.incident_of(the_use(request, use_id), pk=incident_id)
    return actions.close_incident(**deciding(request), incident=found)
