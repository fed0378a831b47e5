"""What this room tells the house: a panel of a use, what waits for whom, what is present."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Panel, Waiting
from commonweal_web.house.texts import money_text
from commonweal_web.job_impact.models import Assessment, Contributor, PresentSignal
from commonweal_web.job_impact.models.views import Side
from commonweal_web.job_impact.permissions import (
    ANSWER_AS_WORKER,
    OPEN_ASSESSMENT,
    RECORD_PAYMENT,
    SEE_ASSESSMENTS,
)
from commonweal_web.job_impact.queries.files import file_of
from commonweal_web.job_impact.queries.own import worker_way
from commonweal_web.job_impact.queries.pages import (
    AssessmentPage,
    open_assessments,
    open_tasks,
    page_of_run,
)
from commonweal_web.people.queries import account_of
from commonweal_web.systems.queries import uses_touching
from commonweal_web.workplaces.queries import groups_of_account

if TYPE_CHECKING:
    from commonweal_web.organisations.models import Organisation
    from commonweal_web.record.actor import Actor
    from commonweal_web.systems.models import Use

SHOWN = 6
SOON = timedelta(days=7)


def where_sides_differ(use: Use, *, actor: Actor, at: datetime) -> Panel | None:
    """The table of differing views on the page of a use."""
    if not actor.may(SEE_ASSESSMENTS):
        return None
    file = file_of(use)
    newest = file.latest
    page = page_of_run(file, assessment=newest, on=at.date()) if newest else None
    return Panel(
        order=30,
        template="job_impact/panels/sides_differ.html",
        context={
            "use": use,
            "page": page,
            "rows": _telling(page)[:SHOWN] if page else [],
            "may_open": actor.may(OPEN_ASSESSMENT),
        },
    )


def views_for_pack(use: Use, *, actor: Actor, at: datetime) -> Panel | None:
    """The views side by side for a printed pack: all that differ or are called present."""
    if not actor.may(SEE_ASSESSMENTS):
        return None
    file = file_of(use)
    page = page_of_run(file, assessment=file.latest, on=at.date()) if file.latest else None
    context = {"use": use, "page": page, "rows": _telling(page) if page else []}
    return Panel(order=10, template="job_impact/panels/pack.html", context=context)


def _telling(page: AssessmentPage) -> list[object]:
    """Rows where sides differ first, then what is called present, then what was closed."""
    rows = [*page.differing, *page.present, *page.only_closed]
    return list({row.signal.id: row for row in rows}.values())


def signals_present(organisation: UUID) -> dict[UUID, frozenset[str]]:
    """For every assessed use the signals that any side calls present."""
    runs = Assessment.objects.of(organisation).values_list("use_id", flat=True).distinct()
    found: dict[UUID, set[str]] = {use: set() for use in runs}
    rows = PresentSignal.objects.of(organisation).filter(gone_on__isnull=True)
    for use, signal in rows.values_list("use_id", "signal").distinct():
        found.setdefault(use, set()).add(signal)
    return {use: frozenset(signals) for use, signals in found.items()}


def waiting(*, actor: Actor, organisation: Organisation, at: datetime) -> Sequence[Waiting]:
    """What waits for a worker, a representative, a use owner or the people lead."""
    found: list[Waiting] = []
    if actor.may(ANSWER_AS_WORKER):
        found += _for_worker(actor, organisation=organisation, at=at)
    if actor.may(SEE_ASSESSMENTS):
        found += _to_answer(actor, organisation=organisation)
    if actor.may(OPEN_ASSESSMENT):
        found += _to_open(organisation)
    if actor.may(RECORD_PAYMENT):
        found += _to_pay(organisation, at=at)
    return found


def _for_worker(actor: Actor, *, organisation: Organisation, at: datetime) -> list[Waiting]:
    account = account_of(organisation, pk=actor.account_id) if actor.account_id else None
    groups = groups_of_account(account, at.date()) if account else []
    if account is None or not groups:
        return []
    touched = uses_touching(organisation, groups=[group.pk for group in groups])
    runs = Assessment.objects.of(organisation).filter(use__in=touched, closed_at__isnull=True)
    ways = [
        worker_way(account, by=actor, assessment=run, at=at)
        for run in runs.select_related("use__organisation").order_by("due_on")[:SHOWN]
    ]
    return [
        Waiting(
            title=_("%(use)s: what does it do to your work?") % {"use": way.assessment.use.name},
            text=_("Simple questions, a few at a time, in paid time. Nobody sees who answers."),
            url=reverse("my:job_impact:assessment", args=[way.assessment.pk]),
            action=_("Go on") if way.answered else _("Begin"),
            due=way.assessment.due_on,
            when=way.time_left,
            key=f"job_impact.own:{way.assessment.pk}",
            date_words=_("questions"),
            is_private=True,
            is_done=way.is_done,
        )
        for way in ways
        if way is not None
    ]


def _to_answer(actor: Actor, *, organisation: Organisation) -> list[Waiting]:
    """Open runs in which this person's own side has not spoken on every signal."""
    mine = _offices(actor)
    if not mine:
        return []
    found = []
    for run in open_assessments(organisation, limit=SHOWN):
        if actor.roles <= {"use_owner", "worker"} and run.use.owner_id not in actor.stands_for:
            continue
        said = run.views.filter(side__in=mine).values_list("signal", flat=True)
        if not set(run.signals) <= set(said):
            found.append(
                Waiting(
                    title=_("Say what you think: %(use)s") % {"use": run.use.name},
                    text=_("An assessment is open, and your side has not answered everything."),
                    url=reverse("desk:job_impact:assessment", args=[run.use_id]),
                    action=_("Open the assessment"),
                    due=run.due_on,
                    key=f"job_impact.view:{run.pk}",
                    date_words=_("assessment"),
                )
            )
    return found


def _offices(actor: Actor) -> list[str]:
    offices = {
        Side.REPRESENTATIVES: {"worker_representative"},
        Side.MANAGEMENT: {"use_owner", "people_lead"},
        Side.EXPERTS: {"expert"},
    }
    return [side for side, roles in offices.items() if roles & actor.roles]


def _to_open(organisation: Organisation) -> list[Waiting]:
    running = {run.use_id for run in open_assessments(organisation)}
    tasks = {task.use_id: task for task in reversed(open_tasks(organisation))}
    return [
        Waiting(
            title=_("Assess again: %(use)s") % {"use": task.use.name},
            text=f"{task.get_trigger_display()}.",
            url=reverse("desk:job_impact:open", args=[task.use_id]),
            action=_("Open an assessment"),
            due=task.due_on,
            key=f"job_impact.task:{task.pk}",
            date_words=_("assessment"),
        )
        for task in list(reversed(tasks.values()))[:SHOWN]
        if task.use_id not in running
    ]


def _to_pay(organisation: Organisation, *, at: datetime) -> list[Waiting]:
    rows = Contributor.objects.of(organisation).filter(
        accepted_on__isnull=False, paid_on__isnull=True, payment_due__lte=at.date() + SOON
    )
    return [
        Waiting(
            title=_("Pay %(person)s") % {"person": part.name},
            text=_("%(fee)s for taking part.") % {"fee": money_text(part.fee)},
            url=reverse("desk:job_impact:contributors", args=[part.assessment.use_id]),
            action=_("Record the payment"),
            due=part.payment_due,
            key=f"job_impact.payment:{part.pk}",
            date_words=_("payment"),
        )
        for part in rows.select_related("assessment").order_by("payment_due")[:SHOWN]
    ]
