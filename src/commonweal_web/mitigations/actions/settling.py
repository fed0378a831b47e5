"""What every change of a risk has in common: who may, and what the rules make of it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as kept

from commonweal.mitigations import risk as rules_for
from commonweal.mitigations.classes import class_after, classify
from commonweal_web.house.declaration import Permission
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.mitigations.events import RiskChanged
from commonweal_web.mitigations.models import ChangeOrStop, Risk
from commonweal_web.mitigations.queries.as_domain import (
    answered_until,
    likelihood_of,
    place_text,
    risk_value,
    severity_of,
    with_everything,
)
from commonweal_web.mitigations.queries.rules import rules_of
from commonweal_web.mitigations.queries.states import open_decision
from commonweal_web.people.roles import BY_NAME
from commonweal_web.record.action import Act
from commonweal_web.record.actor import UNNAMED_ROLES


def side_of(act: Act) -> str:
    """The side that the role of this action speaks for."""
    return BY_NAME[act.role].side


def named_account(act: Act) -> Any:
    """The account to name beside what was said; never that of a worker."""
    return None if act.role in UNNAMED_ROLES else act.by.account_id


def person_id(act: Act) -> UUID:
    """The account of the person acting. Raises `NotAllowed` for a program without one."""
    if act.by.account_id is None:
        raise NotAllowed("person_needed", _("Only a person with an account may do this."))
    return act.by.account_id


def may_touch(act: Act, permission: Permission, *, risk: Risk) -> Risk:
    """Check the right and hold the risk; a use owner answers the risks of their own uses."""
    act.may(permission)
    found = act.lock(Risk, risk.pk)
    if act.role == "use_owner" and found.use.owner_id not in (None, *act.by.stands_for):
        raise NotAllowed(
            "other_owner",
            _("Somebody else answers for this use. Ask them, or the people lead."),
        )
    return found


def must_be_present(risk: Risk) -> None:
    """Refuse a change to a risk that was closed."""
    if risk.closed_on is not None:
        raise Conflict(
            "risk_closed",
            _("This risk is closed. It can be read; enter it anew if it is there again."),
        )


def must_say(text: str, *, where: str, message: str) -> str:
    """The text without its outer spaces; refused when nothing is left."""
    said = text.strip()
    if not said:
        raise Refused("words_missing", message, where=where)
    return said


def settle(act: Act, risk: Risk) -> Risk:
    """Let the rules judge the risk as it now stands, and keep what they say."""
    row = with_everything(Risk.objects.of(act.organisation)).get(pk=risk.pk)
    judged = _judged(row, on=act.at.date())
    for name, value in judged.items():
        setattr(row, name, value)
    row = act.change(risk, **judged, **_placed(row))
    _follow_decision(act, risk=risk)
    act.emit(RiskChanged(use=risk.use_id, risk=risk.pk))
    return row


def _judged(row: Risk, *, on: date) -> dict[str, Any]:
    """The joined facets and likelihood, and since when it is this grave."""
    judgements = list(row.judgements.all())
    found = {phase: severity_of(judgements, phase=phase) for phase in ("inherent", "residual")}
    values: dict[str, Any] = {
        f"{phase}_{name}": getattr(severity, name)
        for phase, severity in found.items()
        for name in ("scale", "scope", "irremediability")
    }
    values["likelihood"] = likelihood_of(row.likelihoods.all()).value
    values["severity_since"] = row.severity_since if found["inherent"] == row.inherent else on
    return values


def _placed(row: Risk) -> dict[str, Any]:
    """The class, the place in the queue, and until when it counts as answered."""
    value = risk_value(row)
    rules = rules_of(row.rules)
    found = class_after(classify(value.inherent, rules), value.class_changes)
    return {
        "severity_class": int(found),
        "queue_place": place_text(rules_for.queue_key(value, rules=rules)),
        "answered_until": answered_until(value),
    }


def _follow_decision(act: Act, *, risk: Risk) -> None:
    """Open the decision to change or stop when nothing helps, or end it when something may."""
    row = with_everything(Risk.objects.of(act.organisation)).get(pk=risk.pk)
    value = risk_value(row)
    asked, waiting = rules_for.change_or_stop(value), open_decision(row)
    if asked is None:
        if waiting is not None:
            because = kept("An answer is on the table again, or the risk is closed.")
            act.change(waiting, ended_on=act.at.date(), ended_because=because)
        return
    names = {str(group.pk): str(group) for group in row.groups.all()}
    known = {
        "weight": asked.weight.value,
        "vulnerable": [[names[group], why] for group, why in asked.vulnerable_because],
    }
    if waiting is not None:
        act.change(waiting, **known)
        return
    because = row.nothing_helps_because or kept("An answer was checked, and it does not work.")
    act.create(
        ChangeOrStop(
            organisation=act.organisation,
            risk=risk,
            opened_on=act.at.date(),
            because=because,
            **known,
        )
    )
