"""What this room adds to pages of others: a use's risks, and what waits for a person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Panel, Text, Waiting
from commonweal_web.mitigations import queries
from commonweal_web.mitigations.models import ChangeOrStop, Mitigation, Risk
from commonweal_web.mitigations.models.words import State
from commonweal_web.mitigations.permissions import (
    CARRY_ANSWER,
    DECIDE_CHANGE_OR_STOP,
    DECIDE_FOR_GROUP,
    OPEN_RISK,
    SEE_RISKS,
)
from commonweal_web.mitigations.queries.states import open_decision
from commonweal_web.mitigations.queries.voices import undecided_groups

if TYPE_CHECKING:
    from commonweal_web.organisations.models import Organisation
    from commonweal_web.record.actor import Actor
    from commonweal_web.systems.models import Use

MOST = 10


def risks_of_use(use: Use, *, actor: Actor, at: datetime) -> Panel | None:
    """The risks of one use on its page, gravest first."""
    if not actor.may(SEE_RISKS):
        return None
    found = queries.present_risks_of(use)
    rows: list[dict[str, Any]] = [
        {
            "risk": row,
            "groups": list(row.groups.all()),
            "state": queries.state_tag(row, on=at.date()),
        }
        for row in found
    ]
    decisions = [each for row in found if (each := open_decision(row)) is not None]
    context = {
        "use": use,
        "rows": [each for each in rows if each["risk"].is_judged],
        "unjudged": [each for each in rows if not each["risk"].is_judged],
        "decisions": decisions,
        "may_open": actor.may(OPEN_RISK),
    }
    return Panel(order=20, template="mitigations/panel.html", context=context)


def waiting(*, actor: Actor, organisation: Organisation, at: datetime) -> list[Waiting]:
    """What waits for this person: answers to accept, risks to answer, decisions to make."""
    found: list[Waiting] = []
    if actor.may(DECIDE_CHANGE_OR_STOP):
        found += _decisions(actor, organisation=organisation)
    if actor.may(DECIDE_FOR_GROUP):
        found += _proposals(actor, organisation=organisation, at=at)
    if actor.may(CARRY_ANSWER):
        found += _unanswered(actor, organisation=organisation, at=at)
    return found


def _decisions(actor: Actor, *, organisation: Organisation) -> list[Waiting]:
    rows = ChangeOrStop.objects.of(organisation).filter(
        decided_on__isnull=True, ended_on__isnull=True
    )
    if not {"people_lead", "executive"} & actor.roles:
        rows = rows.filter(risk__use__owner_id__in=actor.stands_for)
    return [
        Waiting(
            title=_("Change “%(use)s”, or stop it") % {"use": row.risk.use.name},
            text=_("Nothing helps against “%(risk)s”.") % {"risk": row.risk.title},
            url=reverse("desk:mitigations:decision", args=[row.pk]),
            action=_("Decide"),
            key=f"mitigations.decision:{row.pk}",
            date_words=_("decision"),
        )
        for row in rows.select_related("risk__use")[:MOST]
    ]


def _proposals(actor: Actor, *, organisation: Organisation, at: datetime) -> list[Waiting]:
    rows = list(
        Mitigation.objects.of(organisation)
        .filter(state=State.PROPOSED, risk__closed_on__isnull=True)
        .select_related("risk__use")
        .prefetch_related("groups__risk_group__group", "acceptances")[:100]
    )
    groups = [group for row in rows for group in undecided_groups(row)]
    speaking = queries.speakers(groups, organisation=organisation, on=at.date())
    mine = [
        row
        for row in rows
        if any(speaking.may_decide(actor, group=group.pk) for group in undecided_groups(row))
    ]
    return [
        Waiting(
            title=_("Accept or refuse an answer to “%(risk)s”") % {"risk": row.risk.title},
            text=row.text,
            url=reverse("desk:mitigations:risk", args=[row.risk_id]),
            action=_("Read the answer"),
            key=f"mitigations.proposal:{row.pk}",
            date_words=_("answer"),
        )
        for row in mine[:MOST]
    ]


def _unanswered(actor: Actor, *, organisation: Organisation, at: datetime) -> list[Waiting]:
    """The gravest unanswered risks of the uses this person answers for."""
    rows = queries.queue(organisation, on=at.date(), state="open").filter(
        use__owner_id__in=actor.stands_for
    )
    return [_to_answer(row, at=at) for row in queries.with_everything(rows)[:MOST]]


def _to_answer(row: Risk, *, at: datetime) -> Waiting:
    return Waiting(
        title=_("Answer “%(risk)s”") % {"risk": row.title},
        text=_("%(use)s: %(state)s.")
        % {"use": row.use.name, "state": queries.state_tag(row, on=at.date()).text},
        url=reverse("desk:mitigations:risk", args=[row.pk]),
        action=_("Open the risk"),
        key=f"mitigations.risk:{row.pk}",
        date_words=_("answer"),
    )


def promises(use: Use, *, at: datetime) -> list[Text]:
    """Answers that were accepted and not yet carried out: they bind when the use ends, too."""
    rows = Mitigation.objects.of(use.organisation_id).filter(
        risk__use=use, risk__closed_on__isnull=True, state=State.ACCEPTED
    )
    return [
        _("The answer to “%(risk)s”: %(answer)s") % {"risk": row.risk.title, "answer": row.text}
        for row in rows.select_related("risk")[:100]
    ]
