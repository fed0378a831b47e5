"""The first steps of a new people lead."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal_web.house.requests import PersonRequest, needs, opens
from commonweal_web.systems import actions, queries
from commonweal_web.systems.page_parts import role_title
from commonweal_web.systems.permissions import REGISTER_USE, SEE_DESK


@require_safe
@needs(SEE_DESK)
def steps(request: PersonRequest) -> HttpResponse:
    """Every step in its order, with what is on file for it and where it is done."""
    setup = queries.setup_of(request.organisation, at=request.now)
    rows = [
        {
            "step": each,
            "who": role_title(each.who),
            "url": each.url if each.url and opens(each.url, actor=request.actor) else "",
            "is_next": each is setup.next,
        }
        for each in setup.steps
    ]
    may = request.actor.may(REGISTER_USE)
    context = {"setup": setup, "rows": rows, "may_set_aside": may, "trail": _trail()}
    return render(request, "systems/setup.html", context)


def _trail() -> list[tuple[str, str]]:
    return [(_("What waits for you"), "/desk/"), (_("First steps"), "")]


@require_POST
@needs(SEE_DESK)
def set_aside(request: PersonRequest) -> HttpResponse:
    """Show the steps on one's first page no longer, or again."""
    is_wanted = request.POST.get("show") == "yes"
    actions.set_steps_aside(
        organisation=request.organisation, by=request.actor, is_wanted=is_wanted
    )
    if is_wanted:
        messages.success(request, _("The first steps stand on your first page again."))
    else:
        messages.success(request, _("The first steps are set aside. You find them under Uses."))
    return redirect("desk:systems:home")
