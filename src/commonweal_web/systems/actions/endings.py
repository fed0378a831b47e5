"""Ending a use: management may stop or retire at once, without a gate and without a vote."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as kept

from commonweal.systems.stages import Stage, StageJumpError, check_transition
from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.actions.telling import ENDING, tell_touched
from commonweal_web.systems.actions.uses import refuse_other_owner
from commonweal_web.systems.events import StageEntered
from commonweal_web.systems.models import StageChange, Use
from commonweal_web.systems.permissions import STOP_USE


def stop_use(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    reason: str,
    stopping_on: date,
) -> Use:
    """Begin to stop a use, with the day by which it will have stopped."""
    with action("systems.stop_use", organisation=organisation, by=by, at=at) as act:
        if stopping_on < at.date():
            raise Refused("day_past", _("Choose today or a later day."), where="stopping_on")
        return _end(act, use=use, stage=Stage.STOPPING, reason=reason, stopping_on=stopping_on)


def finish_stopping(*, organisation: Organisation, by: Actor, at: datetime, use: Use) -> Use:
    """Say that a use has stopped."""
    with action("systems.finish_stopping", organisation=organisation, by=by, at=at) as act:
        return _end(act, use=use, stage=Stage.STOPPED, reason=kept("It has stopped."))


def retire_use(
    *, organisation: Organisation, by: Actor, at: datetime, use: Use, reason: str
) -> Use:
    """Retire a use at once; its file and its promises stay."""
    with action("systems.retire_use", organisation=organisation, by=by, at=at) as act:
        return _end(act, use=use, stage=Stage.RETIRED, reason=reason)


def _end(act: Act, *, use: Use, stage: Stage, reason: str, stopping_on: date | None = None) -> Use:
    act.may(STOP_USE)
    use = act.lock(Use, use.pk)
    refuse_other_owner(act, use=use)
    if not reason.strip():
        raise Refused("reason_missing", _("Write why the use ends."), where="reason")
    try:
        check_transition(Stage(use.stage), entering=stage)
    except StageJumpError as error:
        raise Conflict("stage_jump", str(error), where="stage") from error
    leaving = use.stage
    way = StageChange.Way.RETIRED if stage is Stage.RETIRED else StageChange.Way.STOPPED
    act.create(
        StageChange(
            organisation=act.organisation,
            use=use,
            from_stage=leaving,
            to_stage=stage.value,
            way=way,
            changed_at=act.at,
            reason=reason,
        )
    )
    act.emit(StageEntered(use=use.pk, from_stage=leaving, to_stage=stage.value, way=way))
    tell_touched(act, use=use, kind=ENDING)
    return act.change(
        use,
        stage=stage.value,
        stage_since=act.at.date(),
        stopping_on=stopping_on or use.stopping_on,
    )
