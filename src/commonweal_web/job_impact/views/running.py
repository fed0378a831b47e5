"""Answering at the desk, and opening, feeding and closing a run."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.job_impact.views import Answer, Side
from commonweal_web.house.refusals import NotHere
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.job_impact import actions
from commonweal_web.job_impact.actions.runs import USUAL_DAYS
from commonweal_web.job_impact.actions.voices import sides_of
from commonweal_web.job_impact.forms.answers import DeskAnswer
from commonweal_web.job_impact.forms.running import (
    CloseForm,
    ClosePresentForm,
    DataForm,
    FollowUpForm,
    OpenForm,
    TellForm,
)
from commonweal_web.job_impact.forms.sending import carried_out, posted
from commonweal_web.job_impact.models.views import Side as SideChoice
from commonweal_web.job_impact.permissions import (
    CLOSE_ASSESSMENT,
    CLOSE_PRESENT,
    GIVE_DESK_VIEW,
    NAME_FOLLOW_UP,
    OPEN_ASSESSMENT,
    REOPEN_ANSWERS,
    STATE_DATA,
)
from commonweal_web.job_impact.queries import assessment_page, file_of, likely_of
from commonweal_web.job_impact.queries.closings import open_answers
from commonweal_web.job_impact.queries.own import desk_answer
from commonweal_web.job_impact.queries.pages import AssessmentPage
from commonweal_web.job_impact.queries.table import SIDE_WORDS
from commonweal_web.job_impact.views.desk import signal_named, trail_of
from commonweal_web.systems.queries import use_of


def acting(request: PersonRequest) -> dict[str, Any]:
    """Who acts, for which organisation, and when."""
    return {"organisation": request.organisation, "by": request.actor, "at": request.now}


def to_assessment(use: Any) -> HttpResponse:
    """Back to the page of the assessment."""
    return redirect("desk:job_impact:assessment", pk=use.pk)


def form_page(
    request: HttpRequest, template: str, *, use: Any, form: BaseForm, title: str, **more: Any
) -> HttpResponse:
    """A page with one form about a use."""
    context = {
        "use": use,
        "form": form,
        "title": title,
        "trail": trail_of(use, (title, "")),
        **more,
    }
    return render(request, f"job_impact/{template}.html", context)


def open_page(request: PersonRequest, use: Any) -> AssessmentPage:
    """The open run of a use. Raises `NotHere` when there is none."""
    page = assessment_page(use, on=request.now.date())
    if page is None or not page.assessment.is_open:
        raise NotHere("no_open_run", _("No assessment of this use is open. Open one first."))
    return page


@needs(OPEN_ASSESSMENT)
def open_run(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Begin a run."""
    use = use_of(request.organisation, pk=pk)
    due = request.now.date() + timedelta(days=USUAL_DAYS)
    likely = likely_of(use, on=request.now.date())
    initial = {"due_on": due, "scope": "likely" if likely else "whole"}
    form = OpenForm(posted(request), initial=initial)
    if carried_out(
        form,
        lambda: actions.open_assessment(**acting(request), use=use, **form.cleaned_data),
    ):
        messages.success(request, _("The assessment is open. Now ask people to take part."))
        return to_assessment(use)
    file = file_of(use)
    tasks = file.open_tasks if file.assessments else ()
    title = _("Open an assessment")
    return form_page(request, "open", use=use, form=form, title=title, tasks=tasks, likely=likely)


@needs(GIVE_DESK_VIEW)
def answer(request: PersonRequest, pk: UUID, signal: str) -> HttpResponse:
    """Say for one's office what one thinks of one signal."""
    use = use_of(request.organisation, pk=pk)
    page, found = open_page(request, use), signal_named(signal)
    if found.id not in page.assessment.signals:
        raise NotHere("not_found", _("This assessment does not ask about that."))
    sides = [side for side in sides_of(request.actor) if side != SideChoice.WORKERS]
    form = DeskAnswer(
        posted(request),
        page=page,
        sides=sides,
        initial=_earlier(request, page, side=sides[0], signal=found.id),
    )

    def store() -> None:
        said = dict(form.cleaned_data)
        group = UUID(said.pop("group")) if said["group"] else said.pop("group") or None
        actions.give_view(
            **acting(request), assessment=page.assessment, signal=found.id, group=group, **said
        )

    if carried_out(form, store):
        messages.success(request, _("Stored: %(signal)s.") % {"signal": found.title})
        return redirect(_next(page, after=found.id, side=form.cleaned_data["side"]))
    title = _("Your view: %(signal)s") % {"signal": found.title}
    return form_page(request, "answer", use=use, form=form, title=title, signal=found, page=page)


def _earlier(
    request: PersonRequest, page: AssessmentPage, *, side: str, signal: str
) -> dict[str, Any]:
    mine = desk_answer(page.file, by=request.actor, side=side, signal=signal, group=None)
    if mine is None:
        return {}
    fields = ("answer", "words", "link", "rests_on", "person", "until")
    return {name: getattr(mine, name) for name in fields}


def _next(page: AssessmentPage, *, after: str, side: str) -> str:
    """The next signal this side has not spoken about, or the assessment when there is none."""
    order = [row.signal.id for row in page.rows]
    at = order.index(after) + 1
    for signal in [*order[at:], *order[:at]]:
        cells = [page.run.cells[signal, group] for group in page.run.columns]
        silent = [one.answer_of(Side(side)) is Answer.NOT_YET_ASSESSED for one in cells]
        if signal != after and all(silent):
            return reverse("desk:job_impact:answer", args=[page.file.use.pk, signal])
    return reverse("desk:job_impact:assessment", args=[page.file.use.pk])


@needs(CLOSE_PRESENT)
def close_present(request: PersonRequest, pk: UUID, signal: str) -> HttpResponse:
    """Close a "present" with a written reason."""
    use = use_of(request.organisation, pk=pk)
    found, file = signal_named(signal), file_of(use)
    represents = "worker_representative" in request.actor.roles
    sides = list(Side) if represents else [Side.MANAGEMENT]
    choices = [(side.value, str(SIDE_WORDS[side])) for side in sides]
    form = ClosePresentForm(posted(request), sides=choices, columns=file.columns)

    def store() -> None:
        said = dict(form.cleaned_data)
        group = UUID(said["group"]) if said["group"] else None
        actions.close_present(
            **acting(request),
            use=use,
            signal=found.id,
            side=said["side"],
            reason=said["reason"],
            group=group,
        )

    if carried_out(form, store):
        messages.success(request, _("Closed. Your reason stands beside it for everyone to read."))
        return redirect("desk:job_impact:signal", pk=use.pk, signal=found.id)
    title = _("Close a “present”: %(signal)s") % {"signal": found.title}
    answers = open_answers(file, signal=found.id, sides=sides, on=request.now.date())
    return form_page(
        request, "close_present", use=use, form=form, title=title, signal=found, answers=answers
    )


@needs(NAME_FOLLOW_UP)
def follow_up(request: PersonRequest, pk: UUID, signal: str) -> HttpResponse:
    """Name who finds out what is uncertain."""
    use = use_of(request.organisation, pk=pk)
    found = signal_named(signal)
    form = FollowUpForm(posted(request))
    if carried_out(
        form,
        lambda: actions.name_follow_up(
            **acting(request), use=use, signal=found.id, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Stored. Everybody sees who finds out, and by when."))
        return redirect("desk:job_impact:signal", pk=use.pk, signal=found.id)
    title = _("Who finds out: %(signal)s") % {"signal": found.title}
    return form_page(request, "follow_up", use=use, form=form, title=title, signal=found)


@needs(STATE_DATA)
def data(request: PersonRequest, pk: UUID) -> HttpResponse:
    """State which facts there are and which are missing."""
    use = use_of(request.organisation, pk=pk)
    run = open_page(request, use).assessment
    initial = {
        "available": "\n".join(run.data_available or ()),
        "missing": "\n".join(run.data_missing or ()),
    }
    form = DataForm(posted(request), initial=initial)
    if carried_out(
        form,
        lambda: actions.state_data(
            **acting(request),
            assessment=run,
            available=form.lines("available"),
            missing=form.lines("missing"),
        ),
    ):
        messages.success(request, _("Stored: the facts of this stage."))
        return to_assessment(use)
    return form_page(request, "data", use=use, form=form, title=_("Facts at this stage"))


@needs(REOPEN_ANSWERS)
def tell(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say that something changed."""
    use = use_of(request.organisation, pk=pk)
    form = TellForm(posted(request), columns=file_of(use).columns)

    def store() -> None:
        said = form.cleaned_data
        actions.reopen_answers(
            **acting(request),
            use=use,
            trigger=said["trigger"],
            detail=said["detail"],
            signals=said["signals"] or None,
            groups=said.get("groups") or None,
        )

    if carried_out(form, store):
        messages.success(request, _("Stored. What it touches is asked again."))
        return to_assessment(use)
    return form_page(request, "tell", use=use, form=form, title=_("Something changed"))


@needs(CLOSE_ASSESSMENT)
def close(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Close a run, or see what is still missing and whose move it is."""
    use = use_of(request.organisation, pk=pk)
    page = open_page(request, use)
    form = CloseForm(posted(request))
    if carried_out(
        form,
        lambda: actions.close_assessment(
            **acting(request), assessment=page.assessment, **form.cleaned_data
        ),
    ):
        messages.success(request, _("The assessment is closed. This is what it leads to."))
        return redirect("desk:job_impact:outcome", pk=use.pk)
    return form_page(
        request, "close", use=use, form=form, title=_("Close the assessment"), page=page
    )
