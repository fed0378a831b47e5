"""Uses for tests, made by the room's own actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of
from commonweal_web.systems import actions
from commonweal_web.systems.models import Use
from commonweal_web.workplaces.models import WorkerGroup
from factories.people import a_person

COMPLETE = ("supports_decision", "scheduling", "data_collected")
HARMLESS = ("infers_emotion", "predicts_union_activity")


def a_use(
    organisation: Organisation,
    *,
    at: datetime,
    by: Account | None = None,
    name: str = "Shift planner",
    **details: Any,
) -> Use:
    """A use that was just registered."""
    account = by or a_person(organisation, "people_lead", at=at)
    return actions.register_use(
        organisation=organisation,
        by=actor_of(account, on=at.date()),
        at=at,
        name=name,
        system_name=details.pop("system_name", "Rota"),
        **details,
    )


def a_described_use(
    organisation: Organisation,
    *,
    at: datetime,
    owner: Account,
    groups: tuple[WorkerGroup, ...],
    name: str = "Shift planner",
    **details: Any,
) -> Use:
    """A use that meets everything this room asks at its first gates."""
    lead = a_person(organisation, "people_lead", at=at)
    use = a_use(organisation, at=at, by=lead, name=name, owner=owner, **details)
    given: dict[str, Any] = {
        "organisation": organisation,
        "by": actor_of(lead, on=at.date()),
        "at": at,
        "use": use,
    }
    actions.describe_use(
        **given, name=name, purpose="Proposes who works when.", outputs="A plan of shifts."
    )
    actions.classify_use(**given, codes=COMPLETE)
    actions.declare_facts(**given, yes=(), no=HARMLESS)
    for group in groups:
        actions.touch_group(**given, group=group)
    return Use.objects.get(pk=use.pk)
