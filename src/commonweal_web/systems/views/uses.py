"""The list of uses, and registering one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.systems.inventory.writing import escape_cell
from commonweal_web.house.paging import page_number
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import actions, queries
from commonweal_web.systems.forms.lists import UsesFilter
from commonweal_web.systems.forms.uses import START_HINTS, RegisterForm
from commonweal_web.systems.permissions import IMPORT_USES, REGISTER_USE, SEE_USES
from commonweal_web.systems.views.answers import acting, is_done, trail_to


@require_safe
@needs(SEE_USES)
def uses(request: PersonRequest) -> HttpResponse:
    """The uses, fifty a page: searched, filtered, sorted, or as a file."""
    search = UsesFilter(request.GET)
    asked = _asked(search, sort=request.GET.get("sort", "name"))
    if request.GET.get("format") == "csv":
        return _as_file(request, asked=asked)  # type: ignore[return-value]
    page = queries.uses_listed(
        request.organisation, number=page_number(request.GET.get("page")), **asked
    )
    context = {
        "page": page,
        "search": search,
        "file_address": _file_address(request),
        "is_filtered": any(value for key, value in asked.items() if key != "sort"),
        "may_register": request.actor.may(REGISTER_USE),
        "may_import": request.actor.may(IMPORT_USES),
    }
    return render(request, "systems/uses.html", context)


def _asked(search: UsesFilter, *, sort: str) -> dict[str, Any]:
    """What to look for; a filter with a value of nobody's is left out."""
    search.is_valid()
    given = search.cleaned_data
    return {
        "text": given.get("words", ""),
        "stage": given.get("stage", ""),
        "unit": given.get("unit", ""),
        "without_gate": given.get("without_gate") == "yes",
        "sort": sort,
    }


def _file_address(request: PersonRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query["format"] = "csv"
    return f"?{query.urlencode()}"


class _Line:
    """Gives the csv writer back each line, so that a file is sent as it is written."""

    def write(self, line: str) -> str:
        return line


def _as_file(request: PersonRequest, *, asked: dict[str, Any]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        _lines(request, asked=asked), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="uses.csv"'
    return response


def _lines(request: PersonRequest, *, asked: dict[str, Any]) -> Iterator[str]:
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    titles = (
        _("Use"),
        _("System"),
        _("Part of the organisation"),
        _("Stage"),
        _("Since"),
        _("Running when registered"),
        _("Next review"),
        _("Touches"),
    )
    yield "\ufeff" + writer.writerow([escape_cell(title) for title in titles])
    for use in queries.uses_for_file(request.organisation, **asked):
        yield writer.writerow([escape_cell(cell) for cell in _cells(use)])


def _cells(use: queries.ListedUse) -> tuple[str, ...]:
    return (
        use.name,
        use.system,
        use.unit,
        use.stage,
        use.since.isoformat(),
        _("yes") if use.without_gate else _("no"),
        use.review_on.isoformat() if use.review_on else "",
        "; ".join(use.touches),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(REGISTER_USE)
def register(request: PersonRequest) -> HttpResponse:
    """Register one use."""
    form = RegisterForm(request.POST or None)
    made = []

    def act(**given: Any) -> None:
        given["review_on"] = given["review_on"] if given["stage"] != "identified" else None
        made.append(actions.register_use(**acting(request), **given))

    if request.method == "POST" and is_done(form, act=act):
        messages.success(request, _("It is on the register. Describe it next."))
        return redirect("desk:systems:use", pk=made[0].pk)
    context = {"form": form, "hints": START_HINTS, "trail": trail_to((_("Register a use"), ""))}
    return render(request, "systems/register.html", context)
