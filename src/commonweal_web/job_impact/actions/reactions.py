"""What other rooms' events and the passing of time bring: dated tasks that ask answers anew."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from commonweal.job_impact.runs import reopened
from commonweal.job_impact.triggers import review_passed
from commonweal.systems.stages import Stage
from commonweal_web.house.texts import in_english
from commonweal_web.job_impact.actions.present import follow_present
from commonweal_web.job_impact.actions.runs import reopen_answers
from commonweal_web.job_impact.models import Assessment, Reopening, View
from commonweal_web.job_impact.models.runs import Trigger
from commonweal_web.job_impact.models.views import Answer
from commonweal_web.job_impact.queries.evidence import VENDOR_CLAIMS
from commonweal_web.job_impact.queries.files import UseFile, file_of
from commonweal_web.job_impact.queries.likely import likely_of
from commonweal_web.organisations.models import Organisation
from commonweal_web.organisations.queries import all_organisations
from commonweal_web.people.queries import operator
from commonweal_web.record.actor import Actor
from commonweal_web.systems.events import (
    ClaimsChanged,
    IncidentUpheld,
    StageEntered,
    UseDescribed,
    UseRegistered,
)
from commonweal_web.systems.queries import use_of, uses_of

if TYPE_CHECKING:
    from uuid import UUID

    from commonweal_web.systems.models import Use

TRIGGER_OF_STAGE = {
    Stage.SELECTING: Trigger.OBJECTIVES_SET,
    Stage.PILOTING: Trigger.SYSTEM_PROCURED,
    Stage.IN_USE: Trigger.IMPLEMENTATION_COMPLETED,
}


def use_registered(
    event: UseRegistered, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """A new use of a system that was assessed before asks for an assessment of its own."""
    use = use_of(organisation, pk=event.use)
    others = Assessment.objects.of(organisation).filter(use__system_id=use.system_id)
    if not event.without_gate and others.exists():
        _task(use, at=at, trigger=Trigger.NEW_USE, detail=use.name)


def stage_entered(
    event: StageEntered, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """Goals set, system bought, put to work: each asks everything anew."""
    trigger = TRIGGER_OF_STAGE.get(Stage(event.to_stage))
    if trigger and event.from_stage != event.to_stage:
        use = use_of(organisation, pk=event.use)
        with in_english():
            detail = str(trigger.label)
        _task(use, at=at, trigger=trigger, detail=detail)


def incident_upheld(
    event: IncidentUpheld, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """A confirmed incident asks everything anew."""
    use = use_of(organisation, pk=event.use)
    detail = event.on.isoformat()
    _task(use, at=at, trigger=Trigger.INCIDENT_UPHELD, detail=detail)


def claims_changed(
    event: ClaimsChanged, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """New claims of a vendor ask anew the answers that rest on its claims, and no others."""
    use = use_of(organisation, pk=event.use)
    _touching_data(use, at=at, data=[VENDOR_CLAIMS])


def use_described(
    event: UseDescribed, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """Another purpose, new groups or newly likely signals ask anew what they touch."""
    use = use_of(organisation, pk=event.use)
    file = file_of(use)
    if not file.assessments:
        return
    if "purpose" in event.fields:
        _purpose_changed(file, at=at)
    if "groups" in event.fields:
        _groups_changed(file, at=at)
    if {"classification", "facts"} & set(event.fields):
        _newly_likely(file, at=at)


def _purpose_changed(file: UseFile, *, at: datetime) -> None:
    told = [each for each in file.reopenings if each.trigger == Trigger.PURPOSE_CHANGED]
    assessed = file.assessments[-1]
    known = told[-1].detail if told and told[-1].at > assessed.opened_at else assessed.purpose
    if file.use.purpose.strip() and file.use.purpose.strip() != known.strip():
        trigger = Trigger.PURPOSE_CHANGED
        _task(file.use, at=at, trigger=trigger, detail=file.use.purpose)


def _groups_changed(file: UseFile, *, at: datetime) -> None:
    known = {key for run in file.assessments for key in run.groups}
    known |= {key for task in file.reopenings for key in task.groups or ()}
    new = [str(column.key) for column in file.columns if str(column.key) not in known]
    if new:
        names = ", ".join(column.name for column in file.columns if str(column.key) in new)
        _task(file.use, at=at, trigger=Trigger.DATA_CAME, detail=names, groups=new)
    follow_present(organisation=file.use.organisation, at=at, use=file.use)


def _newly_likely(file: UseFile, *, at: datetime) -> None:
    """Signals that became likely and that no run has gone through are asked."""
    asked = {signal for run in file.assessments for signal in run.signals}
    new = [signal for signal in likely_of(file.use, on=at.date()) if signal not in asked]
    if new:
        _task(file.use, at=at, trigger=Trigger.DATA_CAME, detail=", ".join(new), signals=new)


def _touching_data(use: Use, *, at: datetime, data: list[str]) -> None:
    file = file_of(use)
    event = Reopening(trigger=Trigger.DATA_CAME, at=at, signals=[], data=data).as_event()
    if file.assessments and reopened(file.run(on=at.date()), event):
        detail = ", ".join(data)
        _task(use, at=at, trigger=Trigger.DATA_CAME, detail=detail, signals=[], data=data)


def _task(use: Use, *, at: datetime, trigger: str, detail: str, **touched: list[str]) -> None:
    reopen_answers(
        organisation=use.organisation,
        by=operator(),
        at=at,
        use=use,
        trigger=trigger,
        detail=detail,
        **touched,
    )


def review_dates_passed(*, at: datetime) -> int:
    """Open a task for each use whose review date has passed since; how many."""
    opened = 0
    for organisation in all_organisations():
        told = _reviews_told(organisation)
        for use in uses_of(organisation):
            if use.review_on is None or Stage(use.stage).is_over:
                continue
            event = review_passed(use.review_on, zone=UTC)
            if event.at <= at and told.get(use.pk, event.at) <= event.at:
                use.organisation = organisation
                _task(use, at=at, trigger=Trigger.REVIEW_DATE_PASSED, detail=str(use.review_on))
                opened += 1
    return opened


def _reviews_told(organisation: Organisation) -> dict[UUID, datetime]:
    """When the latest task about a passed review was opened, for each use."""
    rows = Reopening.objects.of(organisation).filter(trigger=Trigger.REVIEW_DATE_PASSED)
    return {row.use_id: row.at for row in rows.order_by("at")}


def uncertain_past_date(*, at: datetime) -> int:
    """Let "uncertain" count as present from the day after its date; how much changed."""
    changed = 0
    for organisation in all_organisations():
        rows = View.objects.of(organisation).filter(answer=Answer.UNCERTAIN)
        asked = rows.values_list("use_id", "signal").distinct()
        by_use: dict[UUID, list[str]] = {}
        for use_id, signal in asked:
            by_use.setdefault(use_id, []).append(signal)
        for use_id, signals in by_use.items():
            use = use_of(organisation, pk=use_id)
            changed += follow_present(organisation=organisation, at=at, use=use, signals=signals)
    return changed
