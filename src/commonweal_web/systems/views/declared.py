"""What vendors claim for a use, and what went wrong with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import actions, queries
from commonweal_web.systems.forms.declarations import ClaimForm, FollowUpForm, IncidentForm
from commonweal_web.systems.permissions import (
    DESCRIBE_USE,
    FOLLOW_UP_INCIDENT,
    REPORT_INCIDENT,
    SEE_USES,
)
from commonweal_web.systems.queries.vendor_links import statements_about
from commonweal_web.systems.views.answers import acting, is_done, the_use, trail_to

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs(SEE_USES)
def claims(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What vendors say a system can do; those who describe the use can add to it."""
    use = the_use(request, pk)
    if request.method == "POST":
        request.actor.require(DESCRIBE_USE)
    form = ClaimForm(request.POST or None)

    def act(value: int | None, **given: Any) -> None:
        actions.state_claim(**acting(request), use=use, value_hundredths=value, **given)

    if request.method == "POST" and is_done(form, act=act):
        messages.success(request, _("The claim is kept, word for word."))
        return redirect("desk:systems:claims", pk=use.pk)
    context = {
        "use": use,
        "claims": queries.claims_of(use),
        "statements": statements_about(use.system),
        "form": form,
        "may_describe": request.actor.may(DESCRIBE_USE),
        "trail": trail_to((_("What vendors claim"), ""), use=use),
    }
    return render(request, "systems/claims.html", context)


@require_POST
@needs(DESCRIBE_USE)
def remove_claim(request: PersonRequest, pk: UUID, claim: UUID) -> HttpResponse:
    """Take a claim off."""
    use = the_use(request, pk)
    actions.remove_claim(**acting(request), claim=queries.claim_of(use, pk=claim))
    messages.success(request, _("The claim is taken off. The record keeps that it stood here."))
    return redirect("desk:systems:claims", pk=use.pk)


@require_http_methods(FORM)
@needs(SEE_USES)
def incidents(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What went wrong; report another one."""
    use = the_use(request, pk)
    may = request.actor.may(REPORT_INCIDENT)
    if request.method == "POST":
        request.actor.require(REPORT_INCIDENT)
    form = IncidentForm(request.POST or None)
    if request.method == "POST" and is_done(
        form, act=lambda **given: actions.report_incident(**acting(request), use=use, **given)
    ):
        messages.success(request, _("It is reported. Those who answer for the use see it now."))
        return redirect("desk:systems:incidents", pk=use.pk)
    context = {
        "use": use,
        "incidents": queries.incidents_of(use),
        "form": form,
        "may_report": may,
        "trail": trail_to((_("Incidents"), ""), use=use),
    }
    return render(request, "systems/incidents.html", context)


@require_http_methods(FORM)
@needs(SEE_USES)
def incident(request: PersonRequest, pk: UUID, incident: UUID) -> HttpResponse:
    """One incident: say what is done about it, confirm it, close it."""
    use = the_use(request, pk)
    row = queries.incident_of(use, pk=incident)
    initial = {"follow_up": row.follow_up, "follow_up_due": row.follow_up_due}
    form = FollowUpForm(request.POST or None, initial=initial)
    if request.method == "POST":
        request.actor.require(FOLLOW_UP_INCIDENT)
        if is_done(
            form,
            act=lambda **given: actions.follow_up_incident(
                **acting(request), incident=row, **given
            ),
        ):
            messages.success(request, _("What is done about it is kept."))
            return redirect("desk:systems:incident", pk=use.pk, incident=row.pk)
    context = {
        "use": use,
        "incident": row,
        "form": form,
        "may_follow_up": request.actor.may(FOLLOW_UP_INCIDENT) and row.closed_on is None,
        "trail": trail_to((_("An incident"), ""), use=use),
    }
    return render(request, "systems/incident.html", context)


@require_POST
@needs(FOLLOW_UP_INCIDENT)
def uphold(request: PersonRequest, pk: UUID, incident: UUID) -> HttpResponse:
    """Confirm that it happened."""
    use = the_use(request, pk)
    row = queries.incident_of(use, pk=incident)
    actions.uphold_incident(**acting(request), incident=row)
    messages.success(request, _("It is confirmed. The assessment of the use is open again."))
    return redirect("desk:systems:incident", pk=use.pk, incident=row.pk)


@require_POST
@needs(FOLLOW_UP_INCIDENT)
def close(request: PersonRequest, pk: UUID, incident: UUID) -> HttpResponse:
    """Close an incident."""
    use = the_use(request, pk)
    row = queries.incident_of(use, pk=incident)
    actions.close_incident(**acting(request), incident=row)
    messages.success(request, _("The incident is closed."))
    return redirect("desk:systems:incident", pk=use.pk, incident=row.pk)
