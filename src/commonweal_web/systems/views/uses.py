"""The list of uses, and registering one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal_web.house.paging import page_number
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import actions, queries
from commonweal_web.systems.forms.lists import FIRST_FIELDS, UsesFilter
from commonweal_web.systems.forms.uses import START_HINTS, RegisterForm
from commonweal_web.systems.permissions import (
    DESCRIBE_USE,
    IMPORT_USES,
    REGISTER_USE,
    SEE_USES,
)
from commonweal_web.systems.queries.filters import NAMES
from commonweal_web.systems.templatetags.use_rows import column_titles
from commonweal_web.systems.views.answers import acting, is_done, trail_to
from commonweal_web.systems.views.list_file import as_file

SORT_KEYS = ("name", "owner", "since", "gaps", "next", "differ", "risks")


@require_safe
@needs(SEE_USES)
def uses(request: PersonRequest) -> HttpResponse:
    """The uses, fifty a page: searched, filtered, sorted, or as a file."""
    views = queries.views_of(request.actor, organisation=request.organisation)
    first = next((each for each in views if each.opens_first), None)
    if first is not None and first.filters and not request.GET:
        return redirect(f"{request.path}?{first.filters}")
    search = UsesFilter(request.GET)
    asked = asked_of(request, search=search)
    if request.GET.get("format") in ("csv", "exact"):
        return as_file(request, asked=asked, profile=request.GET["format"])  # type: ignore[return-value]
    page = listed(request, asked=asked)
    context = {
        "page": page,
        "search": search,
        "views": views,
        "is_filtered": asked.is_narrowed,
        "shows_more": _shows_more(request, asked=asked),
        "more_address": _more_address(request),
        "left": _left(request) if page.is_behind else 0,
        "today": request.now.date(),
        "columns": list(zip(column_titles(), SORT_KEYS, strict=True)),
        **_addresses(request),
        "may_register": request.actor.may(REGISTER_USE),
        "may_import": request.actor.may(IMPORT_USES),
        "may_change_many": request.actor.may(DESCRIBE_USE),
    }
    return render(request, "systems/uses.html", context)


def _shows_more(request: PersonRequest, *, asked: queries.Asked) -> bool:
    """The rarer filters cost a page more than its rows, so they come when they are wanted."""
    others = (name for name in NAMES if name not in FIRST_FIELDS)
    return request.GET.get("more") == "yes" or any(getattr(asked, name) for name in others)


def _more_address(request: PersonRequest) -> str:
    query = narrowing(request)
    query["more"] = "yes"
    return f"?{query.urlencode()}"


def asked_of(request: PersonRequest, *, search: UsesFilter) -> queries.Asked:
    """What the address asks for."""
    return search.asked(sort=request.GET.get("sort", "name"))


def listed(request: PersonRequest, *, asked: queries.Asked) -> queries.UsesPage:
    """The page that is asked for, with every line counted."""
    number = page_number(request.GET.get("page"))
    organisation, at = request.organisation, request.now
    return actions.counted(
        organisation,
        at=at,
        read=lambda: queries.uses_listed(organisation, asked=asked, at=at, number=number),
    )


def _left(request: PersonRequest) -> int:
    return queries.lines_left(request.organisation, on=request.now.date())


def narrowing(request: PersonRequest) -> QueryDict:
    """The filters and the order of the address, and nothing else of it."""
    query = request.GET.copy()
    for name in list(query):
        if name not in (*NAMES, "sort") or not query[name]:
            del query[name]
    return query


def _addresses(request: PersonRequest) -> dict[str, str]:
    query = narrowing(request)
    found = {"query": f"?{query.urlencode()}" if query else "", "sort": query.get("sort", "")}
    for name, way in (("file_address", "csv"), ("exact_address", "exact")):
        query["format"] = way
        found[name] = f"?{query.urlencode()}"
    return found


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
