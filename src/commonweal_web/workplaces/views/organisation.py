"""The organisation: its facts and its years."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.organisations.queries import years_of
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.forms import OrganisationForm, YearForm
from commonweal_web.workplaces.permissions import (
    ADD_REPRESENTATION,
    CHANGE_ORGANISATION,
    SEE_ROSTER,
    SEE_WORKPLACES,
    STATE_YEAR,
)
from commonweal_web.workplaces.views.saving import is_sent, saved


@require_safe
@needs(SEE_WORKPLACES)
def organisation(request: PersonRequest) -> HttpResponse:
    """Where people work, who speaks for them, and what the organisation spends and earns."""
    context = {
        "gaps": queries.sites_without_representation(request.organisation, limit=50),
        "totals": queries.totals(request.organisation),
        "years": years_of(request.organisation, limit=20),
        "may_change": request.actor.may(CHANGE_ORGANISATION),
        "may_state_year": request.actor.may(STATE_YEAR),
        "may_see_roster": request.actor.may(SEE_ROSTER),
        "may_add_body": request.actor.may(ADD_REPRESENTATION),
    }
    return render(request, "workplaces/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHANGE_ORGANISATION)
def change_organisation(request: PersonRequest) -> HttpResponse:
    """Change the facts of the organisation."""
    columns = ("name", "currency", "help_contact", "language", "colour")
    stands = {column: getattr(request.organisation, column) for column in columns}
    form = OrganisationForm(request.POST or None, initial=stands)
    if is_sent(request, form=form) and saved(
        request, form=form, action=actions.change_organisation, **form.cleaned_data
    ):
        messages.success(request, _("The organisation is changed."))
        return redirect("desk:workplaces:organisation")
    return render(request, "workplaces/change_organisation.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(STATE_YEAR)
def state_year(request: PersonRequest) -> HttpResponse:
    """State what was spent and earned in a year, or correct it."""
    first = {"year": request.now.year - 1, "currency": request.organisation.currency}
    form = YearForm(request.POST or None, initial=first)
    if is_sent(request, form=form):
        facts = dict(form.cleaned_data)
        facts.pop("currency")
        if saved(request, form=form, action=actions.state_year, **facts):
            messages.success(request, _("The year is noted."))
            return redirect("desk:workplaces:organisation")
    return render(request, "workplaces/state_year.html", {"form": form})
