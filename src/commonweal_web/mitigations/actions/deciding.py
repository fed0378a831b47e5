"""Where nothing helps: say so, and decide to change the use or to stop it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from commonweal.systems.stages import Stage
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.mitigations.actions.settling import (
    may_touch,
    must_be_present,
    must_say,
    settle,
    side_of,
)
from commonweal_web.mitigations.models import ChangeOrStop, Risk
from commonweal_web.mitigations.models.words import Outcome, Weight
from commonweal_web.mitigations.permissions import DECIDE_CHANGE_OR_STOP, SAY_NOTHING_HELPS
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.actions import stop_use

ENDING = {Stage.STOPPING, Stage.STOPPED, Stage.RETIRED}


def say_nothing_helps(
    *, organisation: Organisation, by: Actor, at: datetime, risk: Risk, reason: str
) -> Risk:
    """State that no answer works: a decision to change or stop opens, and workers see it."""
    with action("mitigations.say_nothing_helps", organisation=organisation, by=by, at=at) as act:
        risk = may_touch(act, SAY_NOTHING_HELPS, risk=risk)
        must_be_present(risk)
        if risk.nothing_helps_because:
            raise Conflict("said_already", _("This was said already, and the decision is open."))
        because = must_say(
            reason, where="reason", message=_("Write what was tried, and why nothing helps.")
        )
        act.change(risk, nothing_helps_because=because, nothing_helps_side=side_of(act))
        return settle(act, risk)


def decide_change_or_stop(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    decision: ChangeOrStop,
    outcome: str,
    reason: str,
    reference: str,
    stopping_on: date | None = None,
) -> ChangeOrStop:
    """Decide to change the use or to stop it. Stopping begins at once and needs nobody else.

    To go on with a change where an especially vulnerable group is hit, takes an executive.
    """
    kind = "mitigations.decide_change_or_stop"
    with action(kind, organisation=organisation, by=by, at=at) as act:
        risk = may_touch(act, DECIDE_CHANGE_OR_STOP, risk=decision.risk)
        decision = act.lock(ChangeOrStop, decision.pk)
        _refuse_unfit(act, decision=decision, outcome=outcome)
        because = must_say(reason, where="reason", message=_("Write why. Workers read it."))
        written = must_say(
            reference, where="reference", message=_("Write where this decision is written down.")
        )
        if outcome == Outcome.STOP:
            _stop(act, risk=risk, reason=because, stopping_on=stopping_on)
        act.change(
            decision,
            outcome=outcome,
            reason=because,
            decision=written,
            decided_by_id=by.account_id,
            decided_on=at.date(),
        )
        settle(act, risk)
        return decision


def _refuse_unfit(act: Act, *, decision: ChangeOrStop, outcome: str) -> None:
    if not decision.is_open:
        raise Conflict("not_open", _("This was decided already, or it no longer needs to be."))
    if outcome not in Outcome.values:
        raise Refused("outcome_unknown", _("Choose to change or to stop."), where="outcome")
    goes_on = outcome == Outcome.CHANGE and decision.weight == Weight.HEAVIER
    if goes_on and "executive" not in act.by.roles:
        raise NotAllowed(
            "executive_needed",
            _("An especially vulnerable group is hit: only an executive may decide to go on."),
            where="outcome",
        )


def _stop(act: Act, *, risk: Risk, reason: str, stopping_on: date | None) -> None:
    if Stage(risk.use.stage) not in ENDING:
        stop_use(
            organisation=act.organisation,
            by=act.by,
            at=act.at,
            use=risk.use,
            reason=reason,
            stopping_on=stopping_on or act.at.date(),
        )
