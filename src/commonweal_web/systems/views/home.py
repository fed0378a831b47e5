"""The first page of everyone at a desk, and all uses by what to look at first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal_web.house.paging import page_number
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import queries
from commonweal_web.systems.page_parts import opening_of
from commonweal_web.systems.permissions import (
    EXPORT_USES,
    IMPORT_USES,
    REGISTER_USE,
    SEE_DESK,
    SEE_USES,
)
from commonweal_web.systems.views.answers import trail_to

FIRST = 10


@require_safe
@needs(SEE_DESK)
def home(request: PersonRequest) -> HttpResponse:
    """What waits for this person, then the uses to look at first, and why."""
    actor = request.actor
    context = {**opening_of(request), "audience": "desk", "sees_uses": actor.may(SEE_USES)}
    context["setup"] = queries.setup_shown(request.organisation, actor=actor, at=request.now)
    if actor.may(SEE_USES):
        found = queries.attention_page(request.organisation, on=request.now.date(), size=FIRST)
        context |= {"page": found.page, **_rights(request)}
        context["has_uses"] = bool(found.page.total) or queries.has_uses(request.organisation)
    return render(request, "systems/home.html", context)


def _rights(request: PersonRequest) -> dict[str, bool]:
    return {
        "may_import": request.actor.may(IMPORT_USES),
        "may_register": request.actor.may(REGISTER_USE),
        "may_export": request.actor.may(EXPORT_USES),
    }


@require_safe
@needs(SEE_USES)
def attention(request: PersonRequest) -> HttpResponse:
    """Every use that needs attention, in the order in which to look, with the reasons."""
    found = queries.attention_page(
        request.organisation,
        on=request.now.date(),
        number=page_number(request.GET.get("page")),
    )
    context = {"page": found.page, "trail": trail_to((_("Look at first"), ""))}
    return render(request, "systems/attention.html", context)
