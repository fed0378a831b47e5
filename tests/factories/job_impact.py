"""A use with its groups, an assessment of it, answers and contributors, made by the actions."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from commonweal_web.job_impact import actions
from commonweal_web.job_impact.queries import all_signals, contributor_actor
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import actor_of
from commonweal_web.record.actor import Actor
from commonweal_web.systems import actions as systems
from factories.people import a_person
from factories.workplaces import a_group, a_member

if TYPE_CHECKING:
    from commonweal_web.job_impact.models import Assessment, Contributor, View
    from commonweal_web.people.models import Account
    from commonweal_web.systems.models import Use
    from commonweal_web.workplaces.models import WorkerGroup

_numbers = count(1)
CODES = ("manages_people", "scheduling")
DUE = date(2026, 12, 18)


def an_actor(organisation: Organisation, *held: str, at: datetime) -> Actor:
    """Somebody who acts in these roles."""
    return actor_of(a_person(organisation, *held, at=at), on=at.date())


def an_assessable_use(
    organisation: Organisation, *groups: WorkerGroup, at: datetime, **details: Any
) -> Use:
    """A classified use that touches these groups."""
    lead = an_actor(organisation, "people_lead", at=at)
    by = {"organisation": organisation, "by": lead, "at": at}
    usual = {
        "name": f"Shift planner {next(_numbers)}",
        "system_name": "",
        "purpose": "Proposes who works when.",
    }
    use = systems.register_use(**by, **{**usual, **details})
    systems.classify_use(**by, use=use, codes=CODES)
    for group in groups:
        systems.touch_group(**by, use=use, group=group)
    return use


def an_assessment(
    organisation: Organisation,
    *groups: WorkerGroup,
    at: datetime,
    use: Use | None = None,
    **how: Any,
) -> Assessment:
    """An open run over the whole list, of a new use unless one is given."""
    of = use or an_assessable_use(
        organisation, *(groups or (a_group(organisation, at=at),)), at=at
    )
    return actions.open_assessment(
        organisation=organisation,
        by=an_actor(organisation, "people_lead", at=at),
        at=at,
        use=of,
        **{"scope": "whole", **how},
    )


def a_worker(organisation: Organisation, group: WorkerGroup, *, at: datetime) -> Account:
    """Somebody who belongs to a group and can sign in."""
    account = a_person(organisation, "worker", at=at)
    a_member(group, account, at=at)
    return account


def a_worker_actor(organisation: Organisation, group: WorkerGroup, *, at: datetime) -> Actor:
    """A worker of a group, acting."""
    return actor_of(a_worker(organisation, group, at=at), on=at.date())


def a_view(
    assessment: Assessment, *, by: Actor, at: datetime, signal: str = "RS10", **said: Any
) -> View:
    """An answer; "present" unless told otherwise."""
    return actions.give_view(
        organisation=assessment.organisation,
        by=by,
        at=at,
        assessment=assessment,
        signal=signal,
        **{"answer": "present", **said},
    )


def every_signal_answered(
    assessment: Assessment, *, by: Actor, at: datetime, answer: str = "not_present"
) -> None:
    """The same answer to the whole list."""
    for signal in all_signals():
        if signal in assessment.signals:
            a_view(assessment, by=by, at=at, signal=signal, answer=answer)


def a_contributor(
    assessment: Assessment, *, at: datetime, accepts: bool = True, **terms: Any
) -> tuple[Contributor, str]:
    """An outside expert with a link, who said yes unless told otherwise; with the secret."""
    organisation = assessment.organisation
    usual = {
        "name": f"Contributor {next(_numbers)}",
        "kind": "expert",
        "fee_minor": 40000,
        "currency": "EUR",
        "minutes": 120,
        "payment_due": DUE,
    }
    invited = actions.invite_contributor(
        organisation=organisation,
        by=an_actor(organisation, "people_lead", at=at),
        at=at,
        assessment=assessment,
        **{**usual, **terms},
    )
    part = invited.contributor
    if accepts:
        part = actions.accept_invitation(
            organisation=organisation,
            by=contributor_actor(part),
            at=at,
            contributor=part,
            discipline="work psychology" if part.is_expert else "",
        )
    return part, invited.secret


def desk(name: str, use: Use, *more: object) -> str:
    """The address of a page about a use."""
    return reverse(f"desk:job_impact:{name}", args=[use.pk, *more])


def day_of(name: str, day: date) -> dict[str, str]:
    """A day as a form sends it."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def text_of(response: Any) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def complete(assessment: Assessment, *, worker: Actor, lead: Actor, at: datetime) -> None:
    """Everything that a run needs before it closes."""
    every_signal_answered(assessment, by=lead, at=at)
    a_view(assessment, by=worker, at=at, signal="RS1", answer="not_present")
    a_contributor(assessment, at=at)
    second, _secret = a_contributor(assessment, at=at, accepts=False)
    actions.accept_invitation(
        organisation=assessment.organisation,
        by=contributor_actor(second),
        at=at,
        contributor=second,
        discipline="labour law",
    )
    actions.state_data(
        organisation=assessment.organisation,
        by=lead,
        at=at,
        assessment=assessment,
        available=["The vendor’s brochure"],
        missing=["Results of the pilot"],
    )
