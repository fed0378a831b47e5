"""One's deputies, one's absences, and stepping down."""

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

from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import NotHere, Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.people import actions, queries
from commonweal_web.people.forms import AbsenceForm, DeputyForm, EndForm
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.permissions import CHANGE_OWN_ACCOUNT

ANSWER = require_http_methods(["GET", "HEAD", "POST"])
PAGE = "desk:people:deputies"


@ANSWER
@needs(CHANGE_OWN_ACCOUNT)
def deputies(request: PersonRequest) -> HttpResponse:
    """Who stands in for me in each of my roles, and for whom I stand in."""
    own = _own(request)
    form = DeputyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        named = _acted(form, lambda: _name_deputy(request, form=form))
        if named is not None:
            told = _("The workers’ side must agree to them.") if named.is_pending else ""
            said = _("%(name)s stands in when you are away.") % {"name": named.account.name}
            messages.success(request, f"{said} {told}".strip())
            return redirect(PAGE)
    today = request.now.date()
    offices = queries.offices_of(own, on=today)
    context = {
        "form": form,
        "own": own,
        "offices": offices,
        "is_away": any(office.away_words for office in offices),
        "standing_by": [
            (each, queries.role_title(each.role)) for each in queries.standing_by(own, on=today)
        ],
        "asked_for": request.POST.get("appointment", ""),
    }
    return render(request, "people/deputies.html", context)


def _name_deputy(request: PersonRequest, *, form: DeputyForm) -> Appointment:
    username = form.cleaned_data["username"].strip()
    found = queries.account_named(request.organisation, username=username)
    if found is None:
        raise Refused(
            "person_unknown",
            _("Nobody signs in as “%(name)s” here. Look the name up among the people.")
            % {"name": username},
            where="username",
        )
    return actions.name_deputy(
        **_acting(request),
        appointment=_own_appointment(request, pk=form.cleaned_data["appointment"]),
        deputy=found,
    )


@ANSWER
@needs(CHANGE_OWN_ACCOUNT)
def away(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say from when until when somebody is away; their deputies act then."""
    account = queries.person_of(request.organisation, pk=pk)
    _refuse_stranger(request, account=account)
    form = AbsenceForm(
        request.POST if request.method == "POST" else None, initial={"since": request.now.date()}
    )
    if form.is_bound and form.is_valid():
        done = _acted(
            form,
            lambda: actions.note_absence(**_acting(request), account=account, **form.cleaned_data),
        )
        if done is not None:
            messages.success(request, _("Noted. The deputies act in that time."))
            return redirect(PAGE)
    context = {
        "form": form,
        "person": account,
        "is_own": account.pk == request.actor.account_id,
        "offices": queries.offices_of(account, on=request.now.date()),
    }
    return render(request, "people/away.html", context)


def _refuse_stranger(request: PersonRequest, *, account: Account) -> None:
    """The page tells a name and roles, so only those who could note the absence open it."""
    offices = queries.offices_of(account, on=request.now.date())
    if not any(queries.may_cover(each, actor=request.actor) for each in offices):
        raise NotHere("not_found", _("There is no such page for you."))


@require_POST
@needs(CHANGE_OWN_ACCOUNT)
def back(request: PersonRequest) -> HttpResponse:
    """Say that one is back."""
    actions.note_return(**_acting(request), account=_own(request))
    messages.success(request, _("Welcome back. Your deputies stand by again."))
    return redirect(PAGE)


@ANSWER
@needs(CHANGE_OWN_ACCOUNT)
def step_down(request: PersonRequest, pk: UUID) -> HttpResponse:
    """End one of one's own roles."""
    appointment = _own_appointment(request, pk=pk)
    form = EndForm(
        request.POST if request.method == "POST" else None, initial={"until": request.now.date()}
    )
    if form.is_bound and form.is_valid():
        ended = _acted(
            form,
            lambda: actions.end_appointment(
                **_acting(request), appointment=appointment, until=form.last_day
            ),
        )
        if ended is not None:
            messages.success(request, _("The end of your role is noted."))
            return redirect("home")
    context = {
        "form": form,
        "appointment": appointment,
        "title": queries.role_title(appointment.role),
    }
    return render(request, "people/step_down.html", context)


def _own(request: PersonRequest) -> Account:
    return queries.person_of(request.organisation, pk=str(request.actor.account_id))


def _own_appointment(request: PersonRequest, *, pk: UUID) -> Appointment:
    found = queries.appointment_of(request.organisation, pk=pk)
    if found.account_id != request.actor.account_id:
        raise NotHere("not_found", _("This role is not yours."))
    return found


def _acting(request: PersonRequest) -> dict[str, Any]:
    return {"organisation": request.organisation, "by": request.actor, "at": request.now}


def _acted(form: forms.Form, act: Callable[[], Any]) -> Any:
    """What the action gave; None where it was refused, and the form says why."""
    try:
        return act()
    except Refused as refusal:
        add_refusal(form, refusal)
        return None
