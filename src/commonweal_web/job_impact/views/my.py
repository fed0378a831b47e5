"""The assessment on the phone of a worker with an account."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commonweal_web.house.refusals import NotHere
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.job_impact import actions
from commonweal_web.job_impact.forms.people import RateForm, TaskForm
from commonweal_web.job_impact.forms.sending import carried_out, posted
from commonweal_web.job_impact.permissions import (
    ANSWER_AS_WORKER,
    RATE_TASKS,
    SEE_OWN_ASSESSMENTS,
)
from commonweal_web.job_impact.queries import assessment_of, rated_tasks, task_of, worker_way
from commonweal_web.job_impact.views import phone
from commonweal_web.people.queries import account_of
from commonweal_web.workplaces.queries import group_of


def visitor_of(request: PersonRequest, pk: UUID) -> phone.Visitor:
    """The worker's way through this run. Raises `NotHere` when it does not touch their work."""
    run = assessment_of(request.organisation, pk=pk)
    account = account_of(request.organisation, pk=request.actor.account_id or "")
    way = account and worker_way(account, by=request.actor, assessment=run, at=request.now)
    if not way:
        raise NotHere("not_found", _("This does not touch your group’s work."))
    return phone.Visitor(by=request.actor, way=way, audience="my", args=(pk,))


@needs(SEE_OWN_ASSESSMENTS)
def overview(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Where one is, and the button that goes on."""
    return phone.overview(request, visitor_of(request, pk))


@needs(ANSWER_AS_WORKER)
def question(request: PersonRequest, pk: UUID, signal: str) -> HttpResponse:
    """One question."""
    return phone.question(request, visitor_of(request, pk), signal=signal)


@needs(SEE_OWN_ASSESSMENTS)
def answers(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One's own answers."""
    return phone.answers(request, visitor_of(request, pk))


@needs(SEE_OWN_ASSESSMENTS)
def outcome(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What came of it."""
    return phone.outcome(request, visitor_of(request, pk))


@needs(RATE_TASKS)
def tasks(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The tasks of one's own job, and a field for one that is missing."""
    visitor = visitor_of(request, pk)
    own = visitor.way.group
    form = TaskForm(posted(request))

    def store() -> None:
        actions.add_task(
            organisation=request.organisation,
            by=request.actor,
            at=request.now,
            use=visitor.way.assessment.use,
            group=group_of(request.organisation, own.key if own else ""),
            **form.cleaned_data,
        )

    if carried_out(form, store):
        messages.success(request, _("The task is on the list."))
        return redirect(visitor.url("tasks"))
    rated = rated_tasks(
        visitor.way.assessment.use, group=own.key if own else None, by=request.actor
    )
    context = phone.context_of(visitor, form=form, rated=rated)
    return render(request, "job_impact/phone/tasks.html", context)


@needs(RATE_TASKS)
def rate(request: PersonRequest, pk: UUID, task: UUID) -> HttpResponse:
    """Say what one thinks of one task."""
    visitor = visitor_of(request, pk)
    found = task_of(visitor.way.assessment.use, pk=task)
    form = RateForm(posted(request))
    if carried_out(
        form,
        lambda: actions.rate_task(
            organisation=request.organisation,
            by=request.actor,
            at=request.now,
            task=found,
            **form.said(),
        ),
    ):
        messages.success(request, _("Stored."))
        return redirect(visitor.url("tasks"))
    context = phone.context_of(visitor, form=form, task=found)
    return render(request, "job_impact/phone/rate.html", context)
