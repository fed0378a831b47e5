"""Whom a use touches, and where it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import actions, queries
from commonweal_web.systems.forms.uses import GroupForm, OutsidersForm, SiteForm
from commonweal_web.systems.models import Use
from commonweal_web.systems.permissions import DESCRIBE_USE
from commonweal_web.systems.views.answers import acting, is_done, the_use, trail_to
from commonweal_web.workplaces.queries import group_of, groups_of, site_of, sites_of

WAYS = ("group", "outsiders", "site")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DESCRIBE_USE)
def groups(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Name the worker groups, people outside and sites; three short forms on one page."""
    use = the_use(request, pk)
    asked = _forms(request)
    sent = request.POST.get("way", "")
    is_sent = request.method == "POST" and sent in WAYS
    if is_sent and is_done(asked[sent], act=_act(request, use=use, way=sent)):
        messages.success(request, _("Added. Name the next ones, or go back to the use."))
        return redirect("desk:systems:groups", pk=use.pk)
    context = {
        **asked,
        "use": use,
        "affected": queries.affected_groups_of(use),
        "sites": queries.sites_of_use(use),
        "sent": asked.get(sent, asked["group"]),
        "form": asked.get(sent),
        "trail": trail_to((_("Whom it touches, and where"), ""), use=use),
    }
    return render(request, "systems/groups.html", context)


def _forms(request: PersonRequest) -> dict[str, forms.Form]:
    """The three forms; only the one that was sent is filled."""
    sent = request.POST.get("way", "")

    def given(way: str) -> dict[str, Any]:
        return {"data": request.POST if sent == way else None, "auto_id": f"{way}_%s"}

    groups = [
        (str(each.pk), f"{each.name}, {each.site}") for each in groups_of(request.organisation)
    ]
    sites = [(str(each.pk), each.name) for each in sites_of(request.organisation)]
    return {
        "group": GroupForm(**given("group"), groups=groups),
        "outsiders": OutsidersForm(**given("outsiders")),
        "site": SiteForm(**given("site"), sites=sites),
    }


def _act(request: PersonRequest, *, use: Use, way: str) -> Callable[..., Any]:
    about = {**acting(request), "use": use}
    organisation = request.organisation
    acts: dict[str, Callable[..., Any]] = {
        "group": lambda group: actions.touch_group(**about, group=group_of(organisation, group)),
        "outsiders": lambda **given: actions.touch_outsiders(**about, **given),
        "site": lambda site: actions.use_at_site(**about, site=site_of(organisation, site)),
    }
    return acts[way]


@require_POST
@needs(DESCRIBE_USE)
def untouch(request: PersonRequest, pk: UUID, affected: UUID) -> HttpResponse:
    """Take a group off a use."""
    use = the_use(request, pk)
    row = queries.affected_of(use, pk=affected)
    name = str(row)
    actions.untouch(**acting(request), affected=row)
    messages.success(
        request,
        _("“%(name)s” is taken off. The record keeps that it was here.") % {"name": name},
    )
    return redirect("desk:systems:groups", pk=use.pk)
