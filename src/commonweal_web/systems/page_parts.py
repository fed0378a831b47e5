"""Turns what the domain says of a use into the parts that pages show, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.systems.requirements import Requirement, RequirementState, Role, Side
from commonweal.systems.stages import RailState, RailStep
from commonweal_web.house.declaration import Text
from commonweal_web.house.declaration import Waiting as RoomWaiting
from commonweal_web.house.requests import PersonRequest, opens
from commonweal_web.house.texts import day_text
from commonweal_web.layout.parts import Need, Stop, Waiting
from commonweal_web.notices.queries import (
    WaitingGroup,
    everything_waiting,
    in_groups,
    new_for,
)
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import Stage

ROLE_TITLES: dict[Role, Text] = {
    Role.WORKER: gettext_lazy("Worker"),
    Role.WORKER_REPRESENTATIVE: gettext_lazy("Worker representative"),
    Role.REGISTRAR: gettext_lazy("Registrar"),
    Role.USE_OWNER: gettext_lazy("Use owner"),
    Role.PEOPLE_LEAD: gettext_lazy("People lead"),
    Role.EXECUTIVE: gettext_lazy("Executive"),
    Role.HEAD_OF_OVERSIGHT: gettext_lazy("Head of oversight"),
    Role.CASE_HANDLER: gettext_lazy("Case handler"),
    Role.APPEAL_HANDLER: gettext_lazy("Appeal handler"),
    Role.EXPERT: gettext_lazy("Independent expert"),
    Role.AUDITOR: gettext_lazy("Auditor"),
    Role.CONTRIBUTOR: gettext_lazy("Contributor"),
    Role.VENDOR: gettext_lazy("Vendor"),
    Role.WITNESS: gettext_lazy("Witness"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
}
# Four marks exist; who belongs to none of these sides is shown with the nearest one.
MARK_OF_SIDE = {
    Side.WORKERS: "workers",
    Side.MANAGEMENT: "management",
    Side.EXPERTS: "experts",
    Side.INDEPENDENT: "experts",
    Side.OUTSIDE: "public",
    Side.OPERATOR: "management",
}
STATE_WORDS: dict[RequirementState, Text] = {
    RequirementState.MET: gettext_lazy("met with evidence"),
    RequirementState.GAP: gettext_lazy("gap"),
    RequirementState.NOT_APPLICABLE: gettext_lazy("not applicable"),
    RequirementState.UNKNOWN: gettext_lazy("unknown"),
}
TAG_OF_STATE = {
    RequirementState.MET: "met",
    RequirementState.GAP: "gap",
    RequirementState.NOT_APPLICABLE: "plain",
    RequirementState.UNKNOWN: "plain",
}


def role_title(name: str) -> Text:
    """The title of a role by its short name."""
    return ROLE_TITLES[Role(name)]


def address_of(requirement: Requirement, *, actor: Actor) -> str:
    """Where a requirement is met, or nothing where that page is not open to this actor."""
    if not requirement.link_name:
        return ""
    try:
        url = reverse(requirement.link_name, kwargs=dict(requirement.link_args))
    except NoReverseMatch:
        return ""
    return url if opens(url, actor=actor) else ""


def needs_of(requirements: Iterable[Requirement], *, actor: Actor) -> list[Need]:
    """What is needed, with whose move it is, and where it is done if this actor may go there."""
    return [
        Need(
            text=_need_words(each),
            side=MARK_OF_SIDE[each.side],
            who=ROLE_TITLES[each.role],
            url=address_of(each, actor=actor),
            due=each.due,
        )
        for each in requirements
    ]


def _need_words(requirement: Requirement) -> str:
    """The title says what holds once it is done; the detail says what to do."""
    words = (requirement.title, requirement.detail)
    return ": ".join(filter(None, words))


def stops_of(steps: Sequence[RailStep], *, since: date, way_note: str = "") -> list[Stop]:
    """The rail of a use; a stage that no gate opened says so."""
    shown = [step for step in steps if step.state is not RailState.AHEAD or _is_way(step)]
    return [_stop(step, since=since, way_note=way_note) for step in shown]


def _is_way(step: RailStep) -> bool:
    """Retiring ends a use; it does not lie ahead of it as something to reach."""
    return step.stage.value != Stage.RETIRED


def _stop(step: RailStep, *, since: date, way_note: str) -> Stop:
    title = Stage(step.stage.value).label
    if step.state is RailState.HERE:
        note = _("since %(day)s") % {"day": day_text(since)}
        return Stop(title, "now", f"{note} {way_note}".strip())
    if step.state is RailState.NO_GATE:
        return Stop(title, "done", _("no gate passed"))
    return Stop(title, "done" if step.state is RailState.PASSED else "ahead")


def opening_of(request: PersonRequest) -> dict[str, Any]:
    """What the first page of anybody opens with: what waits, by its day, and what is new."""
    waiting = everything_waiting(
        actor=request.actor, organisation=request.organisation, at=request.now
    )
    groups = in_groups(waiting, on=request.now.date())
    return {"waiting": waits_of(groups), "new_for_you": new_for(request.actor)}


def waits_of(groups: Sequence[WaitingGroup]) -> list[tuple[Text, list[Waiting]]]:
    """What waits for somebody as cards by how near the day is, the first with the full button.

    Where nothing has a day there is one group, and it needs no heading.
    """
    first = groups[0].waiting[0] if groups else None
    has_headings = len(groups) > 1 or bool(first and first.due)
    return [
        (group.title if has_headings else "", [_card(each, first=first) for each in group.waiting])
        for group in groups
    ]


def _card(waiting: RoomWaiting, *, first: RoomWaiting | None) -> Waiting:
    by = _("By %(day)s") % {"day": day_text(waiting.due)} if waiting.due else ""
    return Waiting(
        title=waiting.title,
        text=waiting.text,
        action=waiting.action,
        url=waiting.url,
        when=" · ".join(str(each) for each in (by, waiting.when) if each),
        is_first=waiting is first,
    )
