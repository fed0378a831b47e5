"""Commitments, severe risks and published pages for tests, made by the rooms' own actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from commonweal_web.disclosure import actions
from commonweal_web.mitigations import actions as mitigations
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import actor_of
from commonweal_web.record.actor import Actor
from factories.people import a_person

if TYPE_CHECKING:
    from commonweal_web.disclosure.models import CommitmentVersion
    from commonweal_web.mitigations.models import Risk
    from commonweal_web.systems.models import Use

SEVERE = {"kind": "severity", "at_least": 4}
MULTIPLE = {"kind": "return_multiple", "above_hundredths": 1000}
SHARE = {"kind": "cost_or_revenue", "above_percent_hundredths": 500, "base_year": 2025}
ADVERTISED = {
    "kind": "marketed_capability",
    "measure": "hours saved",
    "at_least_hundredths": 2000,
    "quote": "Saves twenty hours a week.",
    "source": "Product page",
    "publisher": "Rotaware",
    "checked": "2026-11-02",
}


def an_actor(organisation: Organisation, *held: str, at: datetime) -> Actor:
    """Somebody who acts in these roles."""
    return actor_of(a_person(organisation, *held, at=at), on=at.date())


def a_commitment(
    organisation: Organisation,
    *thresholds: Mapping[str, Any],
    at: datetime,
    by: Actor | None = None,
    **details: Any,
) -> CommitmentVersion:
    """A commitment from today on; to severe risks, unless other thresholds are given."""
    usual: dict[str, Any] = {
        "text": "We publish every severe risk to people’s work.",
        "why": "A four is grave for anyone.",
        "readers": ["people_who_work_here", "everyone"],
        "in_force_from": at.date(),
        "next_review": at.date() + timedelta(days=365),
    }
    return actions.adopt_commitment(
        organisation=organisation,
        by=by or an_actor(organisation, "people_lead", at=at),
        at=at,
        thresholds=thresholds or (SEVERE,),
        **{**usual, **details},
    )


def a_risk(
    use: Use,
    *,
    at: datetime,
    title: str = "Less notice for shift changes",
    scores: Sequence[int | None] = (4, 2, 1),
) -> Risk:
    """A present risk, judged in scale, scope and irremediability; severe unless told otherwise."""
    given = {
        "organisation": use.organisation,
        "by": an_actor(use.organisation, "people_lead", at=at),
        "at": at,
    }
    risk = mitigations.open_risk(**given, use=use, title=title)
    names = ("scale", "scope", "irremediability")
    judge(risk, at=at, facets=dict(zip(names, scores, strict=True)))
    return risk


def judge(risk: Risk, *, at: datetime, facets: Mapping[str, int | None]) -> None:
    """Judge a risk's pace and work intensity, as management."""
    mitigations.judge_severity(
        organisation=risk.organisation,
        by=an_actor(risk.organisation, "people_lead", at=at),
        at=at,
        risk=risk,
        harm="pace",
        facets=facets,
        reasons=dict.fromkeys(facets, "As the shift leads told us."),
    )


def publish(use: Use, *, at: datetime, by: Actor | None = None) -> actions.Published:
    """Publish what is true of a use now."""
    return actions.publish_use_page(
        organisation=use.organisation,
        by=by or an_actor(use.organisation, "people_lead", at=at),
        at=at,
        use=use,
    )
