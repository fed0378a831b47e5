"""The pages of people who work with AI: what waits for them, and the uses that touch them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal_web.house.refusals import NotHere
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import actions, queries
from commonweal_web.systems.forms.declarations import IncidentForm
from commonweal_web.systems.models import Use
from commonweal_web.systems.page_parts import needs_of, opening_of, stops_of
from commonweal_web.systems.permissions import REPORT_INCIDENT, SEE_OWN_USES
from commonweal_web.systems.views.answers import acting, is_done
from commonweal_web.systems.views.use import needs_next, needs_title
from commonweal_web.workplaces.queries import groups_of_account

FORM = ["GET", "HEAD", "POST"]


@require_safe
@needs(SEE_OWN_USES)
def home(request: PersonRequest) -> HttpResponse:
    """What waits for this person, then the uses that touch their work."""
    context = {**opening_of(request), "audience": "my", "uses": _own_uses(request)}
    return render(request, "systems/my_home.html", context)


@require_safe
@needs(SEE_OWN_USES)
def uses(request: PersonRequest) -> HttpResponse:
    """The uses that touch one's own work, and every gate here that was passed by override."""
    context = {
        "uses": _own_uses(request),
        "overrides": queries.overrides_counted(request.organisation),
    }
    return render(request, "systems/my_uses.html", context)


def _groups(request: PersonRequest) -> Collection[UUID]:
    groups = groups_of_account(request.user, request.now.date())  # type: ignore[arg-type]
    return [group.pk for group in groups]


def _own_uses(request: PersonRequest) -> list[Use]:
    return queries.uses_touching(request.organisation, groups=_groups(request))


def own_use(request: PersonRequest, pk: UUID) -> Use:
    """A use that touches this person's work. Raises `NotHere` for any other."""
    use = queries.use_of(request.organisation, pk=pk)
    mine = set(_groups(request))
    if not any(each.group_id in mine for each in queries.affected_groups_of(use)):
        raise NotHere("not_found", _("No such use of AI touches your work."))
    return use


@require_safe
@needs(SEE_OWN_USES)
def use(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One use in plain words: what it is, whom it touches, where it stands, what comes next."""
    the = own_use(request, pk)
    file = queries.file_of(the, at=request.now)
    context: dict[str, Any] = {
        "use": the,
        "file": file,
        "stops": stops_of(file.rail, since=the.stage_since),
        "needs": needs_next(file, actor=request.actor),
        "needs_title": needs_title(file),
        "ungated": needs_of(file.ungated, actor=request.actor),
        "overrides": [row for row in file.history if row.way == "overridden"],
        "asked": queries.overrides_asked(the),
        "may_report": request.actor.may(REPORT_INCIDENT),
        "trail": [(_("Uses"), reverse("my:systems:uses")), (the.name, "")],
    }
    return render(request, "systems/my_use.html", context)


@require_http_methods(FORM)
@needs(REPORT_INCIDENT)
def report(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Report that something went wrong; nobody is told who reported it."""
    request.actor.require(SEE_OWN_USES)
    the = own_use(request, pk)
    form = IncidentForm(request.POST or None)
    if request.method == "POST" and is_done(
        form, act=lambda **given: actions.report_incident(**acting(request), use=the, **given)
    ):
        messages.success(request, _("Thank you. Those who answer for it see what you wrote."))
        return redirect("my:systems:use", pk=the.pk)
    context = {
        "use": the,
        "form": form,
        "is_unnamed": request.actor.require(REPORT_INCIDENT).role == "worker",
        "trail": [
            (the.name, reverse("my:systems:use", args=[the.pk])),
            (_("Something went wrong"), ""),
        ],
    }
    return render(request, "systems/my_report.html", context)
