"""What waits for a person in this room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.systems.gates import GATES, Gate
from commonweal_web.house.declaration import Waiting
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import GateSignature, Incident, Override, Stage, Use
from commonweal_web.systems.permissions import (
    FOLLOW_UP_INCIDENT,
    OVERRIDE_GATE,
    SIGN_GATE,
    STOP_USE,
)
from commonweal_web.systems.queries.gates import requirements_of

MOST = 50
SOON = timedelta(days=30)
OVER = (Stage.RETIRED, Stage.STOPPED)


def overrides_to_judge(*, actor: Actor, organisation: Organisation, at: datetime) -> list[Waiting]:
    """Overrides that another executive asked for and that need a second one."""
    if not actor.may(OVERRIDE_GATE):
        return []
    rows = Override.objects.of(organisation).filter(
        agreed_by__isnull=True, withdrawn_at__isnull=True, use__stage__in=_leaving()
    )
    others = rows.exclude(asked_by_id=actor.account_id).select_related("use")[:MOST]
    return [
        Waiting(
            title=_("Pass a gate without all the evidence?"),
            text=_("“%(use)s”: another executive asks to. It needs a second name.")
            % {"use": row.use.name},
            url=_gate_page(row.use, entering=row.to_stage),
            action=_("Read the reason"),
            key=f"systems.override:{row.pk}",
            date_words=_("gate"),
        )
        for row in others
        if row.use.stage == row.from_stage
    ]


def _leaving() -> list[str]:
    return [gate.leaving.value for gate in GATES]


def _gate_page(use: Use, *, entering: str) -> str:
    return reverse("desk:systems:gate", args=[use.pk, entering])


def gates_to_sign(*, actor: Actor, organisation: Organisation, at: datetime) -> list[Waiting]:
    """Gates that the other side has signed and this person can sign."""
    if not actor.may(SIGN_GATE):
        return []
    rows = GateSignature.objects.of(organisation).select_related("use").order_by("-signed_at")
    signed: dict[tuple[Use, str], set[str]] = {}
    for row in rows.filter(use__stage__in=_leaving())[: 10 * MOST]:
        if row.use.stage == row.from_stage and _is_this_visit(row):
            signed.setdefault((row.use, row.to_stage), set()).add(row.role)
    return [
        Waiting(
            title=_("A gate waits for your side"),
            text=_("“%(use)s”: the other side has signed.") % {"use": use.name},
            url=_gate_page(use, entering=entering),
            action=_("Look at the gate"),
            key=f"systems.gate:{use.pk}:{entering}",
            date_words=_("gate"),
        )
        for (use, entering), roles in list(signed.items())[:MOST]
        if _may_sign(use, entering=entering, signed=roles, actor=actor)
    ]


def _is_this_visit(row: GateSignature) -> bool:
    """Signatures of an earlier yearly visit no longer count."""
    return row.signed_at.date() >= row.use.stage_since and (
        row.from_stage != row.to_stage
        or row.use.review_on is None
        or row.signed_at.date() > row.use.review_on - timedelta(days=365)
    )


def _may_sign(use: Use, *, entering: str, signed: set[str], actor: Actor) -> bool:
    gate = _gate(use, entering=entering)
    lacking = {role.value for role in gate.passed_by} - signed if gate else set()
    mine = lacking & actor.roles
    return bool(mine - {"use_owner"}) or ("use_owner" in mine and use.owner_id in actor.stands_for)


def _gate(use: Use, *, entering: str) -> Gate | None:
    pairs = {(gate.leaving.value, gate.entering.value): gate for gate in GATES}
    return pairs.get((use.stage, entering))


def own_gaps(*, actor: Actor, organisation: Organisation, at: datetime) -> list[Waiting]:
    """What a use owner has to do for the uses they answer for."""
    if "use_owner" not in actor.roles:
        return []
    rows = Use.objects.of(organisation).filter(owner_id__in=actor.stands_for, stage__in=_leaving())
    found: list[Waiting] = []
    for gate, uses in _by_gate(rows.exclude(_review_far(at.date()))[:MOST]):
        asked = requirements_of(uses, gate=gate, at=at)
        for use in uses:
            mine = [r for r in asked[use.pk] if r.is_open and r.role.value == "use_owner"]
            if mine:
                found.append(_own_gap(use, gate=gate, titles=[each.title for each in mine]))
    return found


def _review_far(on: date) -> Q:
    return Q(stage=Stage.IN_USE) & (Q(review_on__isnull=True) | Q(review_on__gt=on + SOON))


def _by_gate(uses: Iterable[Use]) -> list[tuple[Gate, Sequence[Use]]]:
    rows = list(uses)
    grouped = ((gate, [use for use in rows if use.stage == gate.leaving]) for gate in GATES)
    return [(gate, members) for gate, members in grouped if members]


def _own_gap(use: Use, *, gate: Gate, titles: list[str]) -> Waiting:
    first = ngettext(
        "One thing is missing before the next gate: %(titles)s.",
        "%(count)s things are missing before the next gate, first: %(titles)s.",
        len(titles),
    ) % {"count": len(titles), "titles": titles[0]}
    return Waiting(
        title=use.name,
        text=first,
        url=_gate_page(use, entering=gate.entering.value),
        action=_("See what is needed"),
        due=use.review_on,
        key=f"systems.own_gap:{use.pk}:{gate.entering.value}",
        date_words=_("review"),
    )


def incidents_open(*, actor: Actor, organisation: Organisation, at: datetime) -> list[Waiting]:
    """Incidents that are not closed, for those who follow them up."""
    if not actor.may(FOLLOW_UP_INCIDENT):
        return []
    rows = Incident.objects.of(organisation).filter(closed_on__isnull=True)
    if "people_lead" not in actor.roles:
        rows = rows.filter(use__owner_id__in=actor.stands_for)
    return [
        Waiting(
            title=_("Something went wrong with “%(use)s”") % {"use": row.use.name},
            text=_("Look into it, confirm it or not, and say what is done about it."),
            url=reverse("desk:systems:incident", args=[row.use_id, row.pk]),
            action=_("Open the incident"),
            due=row.follow_up_due,
            key=f"systems.incident:{row.pk}",
            date_words=_("follow-up"),
        )
        for row in rows.select_related("use")[:MOST]
    ]


def reviews_due(*, actor: Actor, organisation: Organisation, at: datetime) -> list[Waiting]:
    """Reviews that are due within a month or overdue, for the people lead."""
    if "people_lead" not in actor.roles:
        return []
    until = at.date() + SOON
    rows = Use.objects.of(organisation).filter(review_on__lte=until).exclude(stage__in=OVER)
    due = list(rows.order_by("review_on", "name")[:5])
    return [
        Waiting(
            title=_("Review “%(use)s”") % {"use": use.name},
            text=_("Ask again what it does to people’s work, and who must act."),
            url=reverse("desk:systems:use", args=[use.pk]),
            action=_("Open the use"),
            due=use.review_on,
            key=f"systems.review:{use.pk}",
            date_words=_("review"),
        )
        for use in due
    ]


def stops_to_finish(*, actor: Actor, organisation: Organisation, at: datetime) -> list[Waiting]:
    """Uses that should have stopped by today."""
    if not actor.may(STOP_USE):
        return []
    rows = Use.objects.of(organisation).filter(stage=Stage.STOPPING, stopping_on__lte=at.date())
    if actor.roles.isdisjoint({"people_lead", "executive"}):
        rows = rows.filter(owner_id__in=actor.stands_for)
    return [
        Waiting(
            title=_("Has “%(use)s” stopped?") % {"use": use.name},
            text=_("Today is the day by which it will have stopped, or that day is past."),
            url=reverse("desk:systems:finish_stopping", args=[use.pk]),
            action=_("Say that it has stopped"),
            due=use.stopping_on,
            key=f"systems.stop:{use.pk}",
            date_words=_("end of a use"),
        )
        for use in rows[:MOST]
    ]


WAITING = (
    overrides_to_judge,
    gates_to_sign,
    incidents_open,
    stops_to_finish,
    own_gaps,
    reviews_due,
)
