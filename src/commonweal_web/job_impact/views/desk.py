"""Reading an assessment at the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.job_impact.runs import Run
from commonweal.job_impact.views import Answer, Side
from commonweal.practices import catalogue
from commonweal.systems.stages import Stage
from commonweal_web.house.paging import page_number
from commonweal_web.house.refusals import NotHere
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.job_impact.permissions import (
    CLOSE_ASSESSMENT,
    CLOSE_PRESENT,
    GIVE_DESK_VIEW,
    INVITE_CONTRIBUTOR,
    NAME_FOLLOW_UP,
    OPEN_ASSESSMENT,
    REOPEN_ANSWERS,
    SEE_ASSESSMENTS,
    STATE_DATA,
)
from commonweal_web.job_impact.queries import (
    assessment_page,
    closed_assessments,
    comparison,
    file_of,
    group_name,
    history_of_signal,
    open_assessments,
    open_tasks,
    practices_ahead,
    rated_tasks,
)
from commonweal_web.job_impact.queries.gap_words import not_assessed_words
from commonweal_web.job_impact.queries.likely import likely_of
from commonweal_web.job_impact.queries.matrix import matrix_of
from commonweal_web.job_impact.queries.pages import AssessmentPage
from commonweal_web.job_impact.queries.table import ANSWER_WORDS, answer_words, side_column
from commonweal_web.job_impact.views.named_views import named_views
from commonweal_web.systems.queries import use_of

RIGHTS = {
    "may_answer": GIVE_DESK_VIEW,
    "may_open": OPEN_ASSESSMENT,
    "may_close": CLOSE_ASSESSMENT,
    "may_state_data": STATE_DATA,
    "may_invite": INVITE_CONTRIBUTOR,
    "may_tell": REOPEN_ANSWERS,
    "may_follow_up": NAME_FOLLOW_UP,
    "may_close_present": CLOSE_PRESENT,
}


def rights_of(request: PersonRequest) -> dict[str, bool]:
    """What this person may do on these pages."""
    return {name: request.actor.may(right) for name, right in RIGHTS.items()}


def trail_of(use: Any, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the list of assessments to a page of one use."""
    first = (_("Assessments"), reverse("desk:job_impact:assessments"))
    own = (str(use.name), reverse("desk:job_impact:assessment", args=[use.pk]))
    trail = [first, own, *more]
    return [*trail[:-1], (trail[-1][0], "")]


@needs(SEE_ASSESSMENTS)
def assessments(request: PersonRequest) -> HttpResponse:
    """What is open, what waits to be assessed again, what was closed."""
    running = open_assessments(request.organisation)
    busy = {run.use_id for run in running}
    context = {
        "running": running,
        "tasks": [task for task in open_tasks(request.organisation) if task.use_id not in busy],
        "closed": closed_assessments(request.organisation, limit=50),
        "today": request.now.date(),
        **rights_of(request),
    }
    return render(request, "job_impact/assessments.html", context)


def run_page(request: PersonRequest, use: Any) -> AssessmentPage | None:
    """The run that an address asks for, else the newest. Raises `NotHere` for an unknown one."""
    wanted = request.GET.get("run")
    number = page_number(wanted) if wanted else None
    page = assessment_page(use, on=request.now.date(), number=number)
    if page is None and number is not None:
        raise NotHere("not_found", _("There is no run %(number)s here.") % {"number": number})
    return page


@needs(SEE_ASSESSMENTS)
def assessment(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One run: every signal, the sides beside each other, and what is still missing."""
    use = use_of(request.organisation, pk=pk)
    page = run_page(request, use)
    context: dict[str, Any] = {
        "use": use,
        "page": page,
        "trail": trail_of(use),
        "by_group": request.GET.get("by") == "group",
        "silent_words": not_assessed_words(page.silent) if page else "",
        **rights_of(request),
    }
    template = "job_impact/assessment.html" if page else "job_impact/not_assessed.html"
    likely = context["likely"] = likely_of(use, on=request.now.date())
    if page:
        context["stage_words"] = Stage(page.assessment.stage).words
        context["matrix"] = matrix_of(page.file, page.run, likely=likely)
    return render(request, template, context)


@needs(SEE_ASSESSMENTS)
def signal(request: PersonRequest, pk: UUID, signal: str) -> HttpResponse:
    """One signal: the question, what each side says, and what stood in earlier runs."""
    use = use_of(request.organisation, pk=pk)
    found = signal_named(signal)
    file = file_of(use)
    if file.latest is None:
        raise NotHere("not_found", _("This use was not assessed yet."))
    history = history_of_signal(file, signal=found.id, on=request.now.date())
    known = catalogue()
    context = {
        "use": use,
        "file": file,
        "signal": found,
        "now": history[0],
        "history": history[1:],
        "named": named_views(file, signal=found.id),
        "pillars": [known.pillar(each) for each in found.pillars],
        "practices": [known.practice(each) for each in found.practices],
        "reasons": likely_of(use, on=request.now.date()).get(found.id, ()),
        "is_asked": file.open_run is not None and found.id in file.open_run.signals,
        "trail": trail_of(use, (found.title, "")),
        **rights_of(request),
    }
    return render(request, "job_impact/signal.html", context)


def signal_named(id: str) -> Any:
    """A signal of the catalogue. Raises `NotHere`."""
    found = next((one for one in catalogue().signals if one.id == id), None)
    if found is None:
        raise NotHere("not_found", _("There is no signal “%(id)s”.") % {"id": id})
    return found


@needs(SEE_ASSESSMENTS)
def outcome(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What a run leads to: practices by the earliest stage at which each can start."""
    use = use_of(request.organisation, pk=pk)
    page = run_page(request, use)
    if page is None:
        raise NotHere("not_found", _("This use was not assessed yet."))
    context = {
        "use": use,
        "page": page,
        "ahead": practices_ahead(page.run),
        "trail": trail_of(use, (_("What it leads to"), "")),
    }
    return render(request, "job_impact/outcome.html", context)


@needs(SEE_ASSESSMENTS)
def compare(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What changed from one run to another."""
    use = use_of(request.organisation, pk=pk)
    file = file_of(use)
    if len(file.assessments) < 2:
        raise NotHere("not_found", _("There is only one run: nothing to compare yet."))
    numbers = [page_number(request.GET.get(name)) for name in ("before", "after")]
    asked = "before" in request.GET and "after" in request.GET
    before, after = (
        (file.numbered(numbers[0]), file.numbered(numbers[1])) if asked else file.assessments[-2:]
    )
    if before is None or after is None:
        raise NotHere("not_found", _("There is no such run here."))
    found = comparison(file, before=before, after=after, on=request.now.date())
    runs = tuple(file.run(on=request.now.date(), assessment=each) for each in (before, after))
    context = {
        "use": use,
        "file": file,
        "before": before,
        "after": after,
        "found": found,
        "changes": [_change(each, file=file, runs=runs) for each in found.answers],
        "newly_present": _places(found.newly_present, file=file),
        "no_longer": _places(found.no_longer_present, file=file),
        "groups_added": [group_name(file.columns, key=key) for key in found.groups_added],
        "trail": trail_of(use, (_("What changed"), "")),
    }
    return render(request, "job_impact/compare.html", context)


def _change(change: Any, *, file: Any, runs: tuple[Run, ...]) -> dict[str, Any]:
    before, after = (_said_in(run, change) for run in runs)
    return {
        "signal": catalogue().signal(change.signal),
        "group": group_name(file.columns, key=change.group),
        "side": side_column(Side(change.side)),
        "before": before,
        "after": after,
    }


def _said_in(run: Run, change: Any) -> str:
    cell = run.cells.get((change.signal, change.group))
    said = cell.sides.get(change.side) if cell else None
    return answer_words(said) if said else str(ANSWER_WORDS[Answer.NOT_YET_ASSESSED])


def _places(places: Any, *, file: Any) -> list[tuple[Any, str]]:
    groups: dict[str, list[str]] = {}
    for signal_id, group in places:
        groups.setdefault(signal_id, []).append(group_name(file.columns, key=group))
    return [(catalogue().signal(each), ", ".join(names)) for each, names in groups.items()]


@needs(SEE_ASSESSMENTS)
def tasks(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The tasks of the jobs a use touches, as the people who hold them rate them."""
    use = use_of(request.organisation, pk=pk)
    context = {
        "use": use,
        "tasks": rated_tasks(use),
        "trail": trail_of(use, (_("Tasks of the job"), "")),
    }
    return render(request, "job_impact/tasks.html", context)
