"""Sheets of sign-in codes for a whole group or site, a pageful at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.people.actions import MOST_AT_ONCE
from commonweal_web.people.permissions import PRINT_SHEETS
from commonweal_web.people.queries import has_registrar, may_print
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.forms.sheets import PlaceForm


@dataclass(frozen=True, slots=True)
class _Shown:
    """A sheet as the printed page shows it."""

    account: Any
    sheet: Any
    codes: tuple[str, ...]
    number: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PRINT_SHEETS)
def sheets(request: PersonRequest) -> HttpResponse:
    """How many people have no sheet yet, and the button that prints the next pageful."""
    given = request.POST if request.method == "POST" else request.GET
    form = PlaceForm(given, organisation=request.organisation)
    place = form.cleaned_data["place"] if form.is_valid() else ""
    waiting = _waiting(request, place=place)
    if request.method == "POST" and form.is_valid():
        made = actions.print_sheets(
            organisation=request.organisation,
            by=request.actor,
            at=request.now,
            lines=list(waiting[:MOST_AT_ONCE]),
        )
        if made:
            return _printed(request, made=made, place=place)
    today = request.now.date()
    count = waiting.count()
    context = {
        "form": form,
        "place": place,
        "count": count,
        "next": min(count, MOST_AT_ONCE),
        "most": MOST_AT_ONCE,
        "has_registrar": has_registrar(request.organisation, on=today),
        "may_print": may_print(request.actor, organisation=request.organisation, on=today),
    }
    return render(request, "workplaces/sheets.html", context)


def _waiting(request: PersonRequest, *, place: str) -> Any:
    kind, _colon, pk = place.partition(":")
    where: dict[str, Any] = {}
    if kind == "site":
        where["site"] = queries.site_of(request.organisation, pk=pk)
    if kind == "group":
        where["group"] = queries.group_of(request.organisation, pk=pk)
    return queries.lines_without_sheet(request.organisation, on=request.now.date(), **where)


def _printed(
    request: PersonRequest, *, made: list[actions.SheetOfLine], place: str
) -> HttpResponse:
    """The sheets, once: the answer to a form, which no address shows again."""
    shown = [
        _Shown(each.made.account, each.made.sheet, each.made.codes, each.number) for each in made
    ]
    back = reverse("desk:workplaces:sheets")
    context = {
        "sheets": shown,
        "address": settings.PUBLIC_ADDRESS + reverse("sign_in_by_code"),
        "back": f"{back}?place={place}" if place else back,
        "left": _waiting(request, place=place).count(),
    }
    return render(request, "people/printed_sheets.html", context)
