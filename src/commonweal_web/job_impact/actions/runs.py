"""Opening and closing runs, stating their data, and asking answers anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as kept

from commonweal.job_impact.closing import closing_gaps
from commonweal.job_impact.triggers import task_for
from commonweal.practices import UnknownIdError, catalogue
from commonweal.systems.stages import Stage
from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.job_impact.actions.telling import tell_of_run
from commonweal_web.job_impact.events import AssessmentClosed, AssessmentOpened, ReassessmentDue
from commonweal_web.job_impact.models import Assessment, Reopening
from commonweal_web.job_impact.models.runs import Trigger
from commonweal_web.job_impact.permissions import (
    CLOSE_ASSESSMENT,
    OPEN_ASSESSMENT,
    REOPEN_ANSWERS,
    STATE_DATA,
)
from commonweal_web.job_impact.queries.files import UseFile, all_signals, file_of
from commonweal_web.job_impact.queries.gap_words import gap_lines
from commonweal_web.job_impact.queries.likely import likely_of
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use

USUAL_DAYS = 30
LONGEST_DAYS = 120
USUAL_MINUTES = 30


def open_assessment(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    scope: str = Assessment.Scope.LIKELY,
    trigger: str = "",
    due_on: date | None = None,
    paid_minutes: int = USUAL_MINUTES,
) -> Assessment:
    """Begin a run. It answers the tasks that wait; without any, it asks everything anew."""
    with action("job_impact.open_assessment", organisation=organisation, by=by, at=at) as act:
        act.may(OPEN_ASSESSMENT)
        use = act.lock(type(use), use.pk)
        _may_assess(use)
        file = file_of(use)
        if file.open_run:
            raise Conflict(
                "already_open",
                _("An assessment of this use is open. Go on with that one, or close it first."),
            )
        begun = trigger or _why(file)
        if file.assessments and not file.open_tasks:
            ask_anew(act, use=use, trigger=begun, detail=kept("A new run was opened."))
        run = act.create(
            Assessment(
                organisation=organisation,
                use=use,
                number=len(file.assessments) + 1,
                stage=use.stage,
                trigger=begun,
                scope=scope,
                signals=_signals_of(use, scope=scope, on=act.at.date()),
                groups=[str(column.key) for column in file.columns],
                purpose=use.purpose,
                catalogue_version=catalogue().version,
                paid_minutes=paid_minutes,
                opened_at=act.at,
                due_on=_due(due_on, on=act.at.date()),
            )
        )
        act.emit(AssessmentOpened(use=use.pk, assessment=run.pk))
        tell_of_run(run, at=act.at)
        return run


def _may_assess(use: Use) -> None:
    if Stage(use.stage).is_over:
        raise Conflict("use_over", _("This use is over. Its assessments can be read."))


def _why(file: UseFile) -> str:
    waiting = file.open_tasks
    if waiting:
        return str(waiting[0].trigger)
    return Trigger.REVIEW_DATE_PASSED if file.assessments else Trigger.NEW_USE


def _due(wanted: date | None, *, on: date) -> date:
    due = wanted or on + timedelta(days=USUAL_DAYS)
    if not on < due <= on + timedelta(days=LONGEST_DAYS):
        raise Refused(
            "due_out_of_range",
            _("Choose a day from tomorrow on, at most %(days)s days ahead.")
            % {"days": LONGEST_DAYS},
            where="due_on",
        )
    return due


def _signals_of(use: Use, *, scope: str, on: date) -> list[str]:
    if scope == Assessment.Scope.WHOLE:
        return list(all_signals())
    likely = list(likely_of(use, on=on))
    if not likely:
        raise Refused(
            "nothing_likely",
            _(
                "Nothing is known yet about which signals are likely here. "
                "Classify the use first, or go through the whole list."
            ),
            where="scope",
        )
    return likely


def state_data(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    assessment: Assessment,
    available: Sequence[str],
    missing: Sequence[str],
) -> Assessment:
    """State which facts there were at this stage and which were missing; none is an answer too.

    A fact that was missing and now is there asks anew the answers that rest on it.
    """
    with action("job_impact.state_data", organisation=organisation, by=by, at=at) as act:
        act.may(STATE_DATA)
        run = open_run(act, assessment)
        have, lack = _lines(available), _lines(missing)
        both = sorted(set(have) & set(lack))
        if both:
            raise Refused(
                "both_there_and_missing",
                _("“%(fact)s” stands in both lists. Leave it in one.") % {"fact": both[0]},
                where="missing",
            )
        came = sorted(set(run.data_missing or ()) & set(have))
        if came:
            ask_anew(
                act,
                use=run.use,
                trigger=Trigger.DATA_CAME,
                signals=[],
                data=came,
                detail=", ".join(came),
            )
        return act.change(run, data_available=have, data_missing=lack)


def _lines(given: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in given if line.strip()))


def open_run(act: Act, assessment: Assessment) -> Assessment:
    """The run, held until the action ends. Raises `Conflict` once it is closed."""
    run = act.lock(Assessment, assessment.pk)
    if not run.is_open:
        raise Conflict(
            "run_closed", _("This assessment is closed. What was said in it stays as it is.")
        )
    return run


def reopen_answers(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    trigger: str,
    detail: str,
    signals: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    data: Sequence[str] = (),
) -> Reopening:
    """Say that something changed: a dated task that asks anew exactly what it touches.

    Without `signals` and `groups` everything is touched; with an empty list of signals only the
    answers that rest on `data`.
    """
    with action("job_impact.reopen_answers", organisation=organisation, by=by, at=at) as act:
        act.may(REOPEN_ANSWERS)
        _may_assess(use)
        if trigger not in Trigger.values:
            raise Refused(
                "trigger_unknown", _("Choose what happened from the list."), where="trigger"
            )
        if not detail.strip():
            raise Refused("detail_missing", _("Say in a sentence what happened."), where="detail")
        _check_known(signals or ())
        task = ask_anew(
            act,
            use=use,
            trigger=trigger,
            signals=signals,
            groups=groups,
            data=_lines(data),
            detail=detail,
        )
        _widen(act, use=use, signals=signals or ())
        return task


def _check_known(signals: Sequence[str]) -> None:
    try:
        for signal in signals:
            catalogue().signal(signal)
    except UnknownIdError as error:
        raise Refused("signal_unknown", str(error), where="signals") from error


def ask_anew(act: Act, *, use: Use, trigger: str, detail: str, **touched: Any) -> Reopening:
    """Open the dated task inside an action that may."""
    task = Reopening(
        organisation=act.organisation,
        use=use,
        trigger=trigger,
        at=act.at,
        detail=detail,
        **touched,
    )
    task.due_on = task_for(task.as_event()).due
    act.create(task)
    act.emit(ReassessmentDue(use=use.pk, task=task.pk, trigger=trigger))
    return task


def _widen(act: Act, *, use: Use, signals: Sequence[str]) -> None:
    """Let an open run go through signals it did not ask about so far."""
    run = Assessment.objects.of(act.organisation).filter(use=use, closed_at__isnull=True).first()
    if run and not set(signals) <= set(run.signals):
        wanted = {*run.signals, *signals}
        act.change(run, signals=[one for one in all_signals() if one in wanted])


def close_assessment(
    *, organisation: Organisation, by: Actor, at: datetime, assessment: Assessment, outcome: str
) -> Assessment:
    """Close a run in which nothing is missing, and tell those who took part what came of it."""
    with action("job_impact.close_assessment", organisation=organisation, by=by, at=at) as act:
        act.may(CLOSE_ASSESSMENT)
        run = open_run(act, assessment)
        if not outcome.strip():
            raise Refused(
                "outcome_missing",
                _("Write what comes of it: people who took part will read it."),
                where="outcome",
            )
        file = file_of(run.use)
        _refuse_gaps(file, on=act.at.date())
        for task in file.open_tasks:
            act.change(task, answered_by=run)
        closed = act.change(run, closed_at=act.at, closing_reason=outcome)
        act.emit(AssessmentClosed(use=run.use_id, assessment=run.pk))
        return closed


def _refuse_gaps(file: UseFile, *, on: date) -> None:
    gaps = closing_gaps(file.run(on=on))
    if gaps:
        lines = [line.text for line in gap_lines(gaps, file=file)]
        raise Refused(
            "gaps",
            _("Not yet: %(gaps)s The page of the assessment says whose move each one is.")
            % {"gaps": " ".join(lines[:6])},
        )


__all__ = ["ask_anew", "close_assessment", "open_assessment", "reopen_answers", "state_data"]
