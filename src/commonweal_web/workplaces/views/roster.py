"""The people on the roster: the list, and one line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal_web.house.declaration import Text
from commonweal_web.house.forms import add_refusal
from commonweal_web.house.paging import page_number, page_of
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.people.permissions import PRINT_SHEETS
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.forms.roster import PersonForm, RosterFilter
from commonweal_web.workplaces.models import Membership
from commonweal_web.workplaces.permissions import CHANGE_ROSTER, SEE_ROSTER
from commonweal_web.workplaces.views.saving import is_sent, sheet

MOST_IN_A_FILE = 100_000


def trail_to(*steps: tuple[Text, str]) -> list[tuple[Text, str]]:
    """The way to a page of the roster."""
    return [
        (_("Workplaces"), reverse("desk:workplaces:organisation")),
        (_("Roster"), reverse("desk:workplaces:roster") if steps else ""),
        *steps,
    ]


@require_safe
@needs(SEE_ROSTER)
def roster(request: PersonRequest) -> HttpResponse:
    """Who is on the roster; representatives see the names and groups of those they speak for."""
    form = RosterFilter(request.GET, organisation=request.organisation)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.roster(
        request.organisation, actor=request.actor, on=request.now.date(), **asked
    )
    keeps = request.actor.may(CHANGE_ROSTER)
    if request.GET.get("format") == "csv":
        return _file(found, keeps=keeps)
    context = {
        "page": page_of(found, number=page_number(request.GET.get("page"))),
        "search": form,
        "is_filtered": any(value for name, value in asked.items() if name != "state"),
        "keeps": keeps,
        "may_print_sheets": request.actor.may(PRINT_SHEETS),
        "today": request.now.date(),
        "trail": trail_to(),
    }
    return render(request, "workplaces/roster.html", context)


def _file(found: QuerySet[Membership], *, keeps: bool) -> HttpResponse:
    """The list as a file that can be corrected and brought in again."""
    headings = [_("Name"), _("Site"), _("Group"), _("Contract"), _("Since"), _("Until")]
    own = [_("Personnel number"), _("E-mail"), _("Language")] if keeps else []
    rows = [
        [
            *((each.number, each.email, each.language) if keeps else ()),
            each.person_name,
            each.group.site.name,
            each.group.name,
            str(each.group.get_contract_display()),
            each.since.isoformat(),
            each.until.isoformat() if each.until else "",
        ]
        for each in found[:MOST_IN_A_FILE]
    ]
    return sheet("roster", headings=[*own, *headings], rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHANGE_ROSTER)
def new_line(request: PersonRequest) -> HttpResponse:
    """Put one person on the roster."""
    form = PersonForm(
        request.POST or None,
        organisation=request.organisation,
        initial={"since": request.now.date()},
    )
    return _person_page(request, form=form, line=None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHANGE_ROSTER)
def change_line(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Change one person, move them to another group, or say until when they worked here."""
    line = queries.line_of(request.organisation, pk=pk, actor=request.actor, on=request.now.date())
    if not line.number:
        return redirect("desk:workplaces:end_membership", pk=line.pk)
    stands: dict[str, Any] = {
        name: getattr(line, name)
        for name in ("number", "name", "email", "language", "since", "until")
    }
    form = PersonForm(
        request.POST or None,
        organisation=request.organisation,
        initial={**stands, "group": str(line.group_id)},
        is_known=True,
    )
    return _person_page(request, form=form, line=line)


def _person_page(
    request: PersonRequest, *, form: PersonForm, line: Membership | None
) -> HttpResponse:
    if is_sent(request, form=form) and _stated(request, form=form):
        return redirect("desk:workplaces:roster")
    title = line.person_name if line else _("Add a person")
    context = {"form": form, "line": line, "trail": trail_to((title, ""))}
    return render(request, "workplaces/roster_person.html", context)


def _stated(request: PersonRequest, *, form: PersonForm) -> bool:
    said = {
        "joined": _("%(name)s is on the roster."),
        "changed": _("What is known of %(name)s is changed."),
        "moved": _("%(name)s is in another group from today."),
        "left": _("%(name)s has left. Open cases, claims and votes stay."),
        None: _("Nothing was different, so nothing has changed."),
    }
    try:
        done = actions.apply_roster_change(
            organisation=request.organisation,
            by=request.actor,
            at=request.now,
            person=queries.person_stated(request.organisation, form.said()),
        )
    except (NotAllowed, NotHere):
        raise
    except Refused as refusal:
        add_refusal(form, refusal)
        return False
    messages.success(request, said[done.kind] % {"name": form.cleaned_data["name"]})
    return True
