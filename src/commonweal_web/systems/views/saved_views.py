"""Saving what the list shows under a name, and putting saved views in order."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import actions, queries
from commonweal_web.systems.forms.lists import SaveViewForm
from commonweal_web.systems.permissions import SEE_USES
from commonweal_web.systems.queries.filters import NAMES
from commonweal_web.systems.views.answers import is_done, trail_to
from commonweal_web.systems.views.uses import narrowing


@require_safe
@needs(SEE_USES)
def views(request: PersonRequest) -> HttpResponse:
    """One's own saved views, and those that others on one's side share."""
    found = queries.views_of(request.actor, organisation=request.organisation)
    context = {"views": found, "trail": trail_to((_("Saved views"), ""))}
    return render(request, "systems/views.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE_USES)
def save(request: PersonRequest) -> HttpResponse:
    """Give a name to the filters and the order of the address."""
    form = SaveViewForm(request.POST or None, initial={"filters": narrowing(request).urlencode()})

    def act(**given: Any) -> None:
        given["filters"] = _known_only(given["filters"])
        actions.save_view(organisation=request.organisation, by=request.actor, **given)

    if request.method == "POST" and is_done(form, act=act):
        messages.success(request, _("The view is saved. It stands above the list."))
        return redirect(f"{reverse('desk:systems:uses')}?{_known_only(request.POST['filters'])}")
    trail = trail_to((_("Save this view"), ""))
    return render(request, "systems/save_view.html", {"form": form, "trail": trail})


def _known_only(filters: str) -> str:
    """The filters of the list, and nothing that somebody else put into the address."""
    query = QueryDict(filters, mutable=True)
    for name in list(query):
        if name not in (*NAMES, "sort"):
            del query[name]
    return query.urlencode()


@require_POST
@needs(SEE_USES)
def forget(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Forget one of one's own views."""
    view = queries.own_view(request.actor, organisation=request.organisation, pk=pk)
    actions.forget_view(view=view)
    messages.success(request, _("The view “%(name)s” is forgotten.") % {"name": view.name})
    return redirect("desk:systems:views")


@require_POST
@needs(SEE_USES)
def open_with(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Open the list with this view from now on, or no longer."""
    view = queries.own_view(request.actor, organisation=request.organisation, pk=pk)
    actions.open_with(view=view, is_default=request.POST.get("default") == "yes")
    messages.success(request, _("The list opens as you chose."))
    return redirect("desk:systems:views")
