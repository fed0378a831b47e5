"""Changing several uses at once: what to change, for which uses, a look, then all or none."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from commonweal.practices import catalogue
from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import NotAllowed, Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.people.queries import account_of, accounts_in_role
from commonweal_web.systems import actions, queries
from commonweal_web.systems.forms.lists import UsesFilter
from commonweal_web.systems.forms.many import KINDS, ChangeForm
from commonweal_web.systems.permissions import APPOINT_OWNER, DESCRIBE_USE
from commonweal_web.systems.views.answers import acting, trail_to
from commonweal_web.systems.views.uses import asked_of, narrowing
from commonweal_web.workplaces.queries import group_of, groups_of

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs(DESCRIBE_USE)
def change_many(request: PersonRequest) -> HttpResponse:
    """Choose a kind of change; then its value and the uses; then look; then confirm."""
    kind = request.GET.get("kind", "")
    if kind not in dict(KINDS):
        return _kinds(request)
    if kind == "owner":
        request.actor.require(APPOINT_OWNER)
    asked = asked_of(request, search=UsesFilter(request.GET))
    found = queries.uses_asked(request.organisation, asked=asked, on=request.now.date())
    uses = {str(use.pk): use for use in found.select_related("owner")[: actions.MOST_USES]}
    form = _form(request, kind=kind, uses=uses)
    if request.method == "POST" and form.is_valid():
        done = _previewed(request, form=form, kind=kind, uses=uses)
        if done is not None:
            return done
    context = {
        "form": form,
        "kind_title": dict(KINDS)[kind],
        "total": found.count(),
        "most": actions.MOST_USES,
        "trail": trail_to((_("Change several at once"), "")),
    }
    return render(request, "systems/change_many.html", context)


def _kinds(request: PersonRequest) -> HttpResponse:
    query = narrowing(request)
    allowed = [
        (title, f"?{urlencode([*query.items(), ('kind', kind)])}")
        for kind, title in KINDS
        if kind != "owner" or request.actor.may(APPOINT_OWNER)
    ]
    trail = trail_to((_("Change several at once"), ""))
    return render(request, "systems/change_kinds.html", {"kinds": allowed, "trail": trail})


def _form(request: PersonRequest, *, kind: str, uses: dict[str, Any]) -> ChangeForm:
    return ChangeForm(
        request.POST or None,
        kind=kind,
        values=_values(request, kind=kind),
        uses=[(pk, use.name) for pk, use in uses.items()],
        initial={"uses": list(uses)},
    )


def _values(request: PersonRequest, *, kind: str) -> list[tuple[str, str]]:
    """What can be chosen for this kind of change; empty where it is typed."""
    if kind == "owner":
        held = accounts_in_role(request.organisation, role="use_owner", on=request.now.date())
        return [(str(each.pk), each.name) for each in held.order_by("name", "id")[:500]]
    if kind.startswith("codes"):
        return [(each.id, each.title) for each in catalogue().choices]
    if kind.startswith("group"):
        return [
            (str(each.pk), f"{each.name}, {each.site}") for each in groups_of(request.organisation)
        ]
    return []


def _change(request: PersonRequest, *, kind: str, value: Any) -> actions.Change:
    organisation = request.organisation
    if kind == "owner":
        return actions.Change(kind, owner=account_of(organisation, pk=value))
    if kind == "review":
        return actions.Change(kind, day=value)
    if kind.startswith("codes"):
        return actions.Change(kind, codes=(value,))
    if kind.startswith("group"):
        return actions.Change(kind, group=group_of(organisation, value))
    return actions.Change(kind, text=value)


def _previewed(
    request: PersonRequest, *, form: ChangeForm, kind: str, uses: dict[str, Any]
) -> HttpResponse | None:
    """The preview, or the way back once it is done; None where the form says what was wrong."""
    given = form.cleaned_data
    about = {
        **acting(request),
        "uses": [uses[pk] for pk in given["uses"]],
        "change": _change(request, kind=kind, value=given["value"]),
    }
    try:
        if request.POST.get("stamp"):
            return _done(request, count=actions.change_many(**about, stamp=request.POST["stamp"]))
    except NotAllowed:
        raise
    except Refused as refusal:
        add_refusal(form, refusal)
    seen = actions.preview_change(**about)
    context = {
        "form": form,
        "seen": seen,
        "kind_title": dict(KINDS)[kind],
        "sent": [
            (name, value)
            for name in request.POST
            if name not in ("csrfmiddlewaretoken", "stamp")
            for value in request.POST.getlist(name)
        ],
        "trail": trail_to((_("Look before you change"), "")),
    }
    return render(request, "systems/change_preview.html", context)


def _done(request: PersonRequest, *, count: int) -> HttpResponse:
    said = ngettext("%(count)s use is changed.", "%(count)s uses are changed.", count)
    messages.success(request, said % {"count": count})
    query = narrowing(request).urlencode()
    return redirect(f"{reverse('desk:systems:uses')}?{query or 'all=yes'}")
