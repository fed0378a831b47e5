"""Bringing in a roster: send it, look at what it would change, then say so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.systems.inventory.table import Table
from commonweal.workplaces.headings import guessed_columns
from commonweal_web.house.declaration import Text
from commonweal_web.house.forms import add_refusal
from commonweal_web.house.paging import page_number, page_of
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.house.uploads import is_too_long
from commonweal_web.workplaces import actions, queries, uploads
from commonweal_web.workplaces.forms.roster import ColumnsForm, ConfirmForm, RosterFileForm
from commonweal_web.workplaces.permissions import CHANGE_ROSTER
from commonweal_web.workplaces.views.roster import trail_to

SHOWN = 100
FORM = ["GET", "HEAD", "POST"]


def _imports(*steps: tuple[Text, str]) -> list[tuple[Text, str]]:
    return trail_to((_("Rosters"), reverse("desk:workplaces:roster_imports")), *steps)


@require_safe
@needs(CHANGE_ROSTER)
def roster_imports(request: PersonRequest) -> HttpResponse:
    """The rosters that came in, with what each changed."""
    found = queries.imports_of(request.organisation)
    page = page_of(found, number=page_number(request.GET.get("page")))
    return render(request, "workplaces/roster_imports.html", {"page": page, "trail": _imports()})


@require_safe
@needs(CHANGE_ROSTER)
def roster_import(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One roster that came in, and what it changed."""
    found = queries.import_of(request.organisation, pk=pk)
    return render(
        request,
        "workplaces/roster_import.html",
        {"found": found, "trail": _imports((found.file_name, ""))},
    )


@csrf_exempt
@require_http_methods(FORM)
@needs(CHANGE_ROSTER)
def bring_in_roster(request: PersonRequest) -> HttpResponse:
    """Send a roster. One beyond the limit is refused by its length, before it is taken in."""
    if is_too_long(request):
        form = RosterFileForm()
        form.cleaned_data = {}
        add_refusal(form, uploads.ROSTERS.too_large())
        return _bring_in_page(request, form=form, status=413)
    return _receive(request)


@csrf_protect
def _receive(request: PersonRequest) -> HttpResponse:
    form = RosterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            waiting = _keep(request, given=form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("desk:workplaces:preview_roster", code=waiting.code)
    return _bring_in_page(request, form=form)


def _keep(request: PersonRequest, *, given: dict[str, Any]) -> uploads.WaitingRoster:
    """Store the file and read it once, so that one that cannot be read is refused here."""
    waiting = uploads.ROSTERS.keep(
        given["file"], actor=request.actor, lists=given["lists"], may_make=given["may_make"]
    )
    try:
        table = uploads.table_of(waiting)
    except Refused:
        uploads.ROSTERS.forget(waiting)
        raise
    return uploads.ROSTERS.note(replace(waiting, columns=guessed_columns(table.columns)))


def _bring_in_page(
    request: PersonRequest, *, form: forms.BaseForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "trail": _imports((_("Bring in a roster"), ""))}
    return render(request, "workplaces/roster_file.html", context, status=status)


@require_http_methods(FORM)
@needs(CHANGE_ROSTER)
def preview_roster(request: PersonRequest, code: str) -> HttpResponse:
    """What a roster would change; with the word for it, change it."""
    waiting = uploads.ROSTERS.kept(code, actor=request.actor)
    table = uploads.table_of(waiting)
    if request.method == "POST" and "columns" in request.POST:
        return _other_columns(request, waiting=waiting, table=table)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _bring_in(request, waiting=waiting, table=table, form=form)
        if done is not None:
            return done
    return _preview_page(request, waiting=waiting, table=table, form=form)


def _other_columns(
    request: PersonRequest, *, waiting: uploads.WaitingRoster, table: Table
) -> HttpResponse:
    columns = ColumnsForm(request.POST, table=table)
    if columns.is_valid():
        uploads.ROSTERS.note(replace(waiting, columns=columns.columns()))
    return redirect("desk:workplaces:preview_roster", code=waiting.code)


def _roster(waiting: uploads.WaitingRoster, *, table: Table) -> queries.RosterFile:
    return queries.RosterFile(
        waiting.name,
        waiting.sha256,
        table,
        waiting.columns,
        waiting.lists,  # type: ignore[arg-type]
        waiting.may_make,
    )


def _bring_in(
    request: PersonRequest, *, waiting: uploads.WaitingRoster, table: Table, form: ConfirmForm
) -> HttpResponse | None:
    """Bring it in; None where it was refused, and then the form says why."""
    try:
        result = actions.import_roster(
            organisation=request.organisation,
            by=request.actor,
            at=request.now,
            roster=_roster(waiting, table=table),
            leavers_confirmed=form.cleaned_data["leavers_confirmed"],
            expected=form.cleaned_data["expected"],
        )
    except (NotAllowed, NotHere):
        raise
    except Refused as refusal:
        add_refusal(form, refusal)
        return None
    uploads.ROSTERS.forget(waiting)
    if not any(count for kind, count in result.counts.items() if kind != "unchanged"):
        messages.success(request, _("Everything was as the file says. Nothing has changed."))
        return redirect("desk:workplaces:roster")
    latest = queries.imports_of(request.organisation)[0]
    messages.success(request, _("The roster is brought in."))
    return redirect("desk:workplaces:roster_import", pk=latest.pk)


def _preview_page(
    request: PersonRequest, *, waiting: uploads.WaitingRoster, table: Table, form: ConfirmForm
) -> HttpResponse:
    """The plan as it is now; a file that lacks a column asks only for its columns."""
    columns = {name: str(place) for name, place in waiting.columns.items()}
    context: dict[str, Any] = {
        "waiting": waiting,
        "form": form,
        "columns": ColumnsForm(table=table, initial=columns, auto_id="column_%s"),
        "trail": _imports((waiting.name, "")),
    }
    try:
        planned = queries.plan_import(
            request.organisation, roster=_roster(waiting, table=table), on=request.now.date()
        )
    except Refused as refusal:
        return render(request, "workplaces/roster_preview.html", {**context, "missing": refusal})
    return render(request, "workplaces/roster_preview.html", {**context, **_shown(planned)})


def _shown(planned: queries.RosterPlan) -> dict[str, Any]:
    said = {
        "joined": _("joins"),
        "changed": _("changes"),
        "moved": _("moves"),
        "left": _("leaves"),
    }
    order = {kind: place for place, kind in enumerate(("left", "moved", "changed", "joined"))}
    changes = sorted(planned.plan.changes, key=lambda each: (order[each.kind], each.name))
    return {
        "planned": planned,
        "result": planned.result,
        "digest": planned.digest,
        "changes": [(each, said[each.kind]) for each in changes[:SHOWN]],
        "changes_in_all": len(changes),
        "problems": planned.problems[:SHOWN],
        "new_sites": planned.reading.places.new_sites,
        "new_groups": planned.reading.places.new_groups[:SHOWN],
        "many_leave": planned.plan.many_leave,
    }
