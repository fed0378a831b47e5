"""Who holds which role: the pages of the people room."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.systems.inventory.table import Column
from commonweal.systems.inventory.writing import write_csv
from commonweal_web.house.forms import add_refusal
from commonweal_web.house.paging import page_number, page_of
from commonweal_web.house.refusals import NotAllowed, Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.people import actions, queries, roles
from commonweal_web.people.forms import (
    AppointmentForm,
    EndForm,
    PeopleFilter,
    PersonForm,
)
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.permissions import ADD_ACCOUNT, SEE_PEOPLE

MOST_IN_A_FILE = 20_000


@require_safe
@needs(SEE_PEOPLE)
def people(request: PersonRequest) -> HttpResponse:
    """Everybody who can sign in and the roles they hold."""
    form = PeopleFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.people(
        request.organisation,
        on=request.now.date(),
        words=asked.get("words", ""),
        role=asked.get("role", ""),
    )
    if request.GET.get("format") == "csv":
        return _people_file(list(found[:MOST_IN_A_FILE]))
    page = page_of(found, number=page_number(request.GET.get("page")))
    context = {
        "page": page,
        "people": [(each, _role_titles(each)) for each in page.rows],
        "search": form,
        "is_filtered": any(asked.values()),
        "may_add": request.actor.may(ADD_ACCOUNT),
    }
    return render(request, "people/people.html", context)


def _role_titles(account: Account) -> list[str]:
    return [str(roles.BY_NAME[each.role].title) for each in account.current_roles]  # type: ignore[attr-defined]


def _people_file(found: list[Account]) -> HttpResponse:
    headings = (_("Name"), _("Sign-in name"), _("Roles"), _("May sign in"))
    rows = [
        (
            each.name,
            each.username,
            "; ".join(_role_titles(each)),
            _("yes") if each.is_active else _("no"),
        )
        for each in found
    ]
    columns = [Column(place, heading) for place, heading in enumerate(headings, start=1)]
    response = HttpResponse(
        write_csv(columns, rows, profile="spreadsheet"), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADD_ACCOUNT)
def new_person(request: PersonRequest) -> HttpResponse:
    """Add somebody who may sign in."""
    form = PersonForm(request.POST or None, initial={"language": "en"})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            account = actions.add_account(
                organisation=request.organisation,
                by=request.actor,
                at=request.now,
                username=facts["username"],
                name=facts["name"],
                password=facts["password"] or None,
                language=facts["language"],
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s can sign in now.") % {"name": account.name})
            return redirect("desk:people:person", pk=account.pk)
    return render(request, "people/new_person.html", {"form": form})


@require_safe
@needs(SEE_PEOPLE)
def person(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One person with every role they hold or held."""
    account = queries.person_of(request.organisation, pk=pk)
    today = request.now.date()
    open_roles = {name for name, _title in queries.roles_open_to(request.actor)}
    held = [
        {
            "appointment": each,
            "title": roles.BY_NAME[each.role].title,
            "side": roles.BY_NAME[each.role].side,
            "is_current": each.holds_on(today),
            "is_pending": each.is_pending and not each.has_ended(today),
            "may_confirm": queries.may_confirm(each, actor=request.actor, on=today),
            "may_end": each.role in open_roles and not each.has_ended(today),
            "is_recall_proposed": bool(each.recall_by_side) and not each.has_ended(today),
        }
        for each in queries.appointments_of(account)
    ]
    context = {
        "person": account,
        "held": held,
        "offices": queries.offices_of(account, on=today),
        "may_appoint": bool(open_roles) and account.is_active,
        "may_print": account.is_active
        and queries.may_print(request.actor, organisation=request.organisation, on=today),
        "may_close": account.is_active
        and request.actor.may(actions.closing_permission(account, on=today)),
    }
    return render(request, "people/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE_PEOPLE)
def appoint(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Give a person a role."""
    account = queries.person_of(request.organisation, pk=pk)
    _require_any_role(request)
    form = AppointmentForm(
        request.POST or None, actor=request.actor, initial={"since": request.now.date()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.appoint(
                organisation=request.organisation,
                by=request.actor,
                at=request.now,
                account=account,
                **form.cleaned_data,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            if form.cleaned_data["role"] in roles.OF_BOTH_SIDES:
                told = _("%(name)s is proposed. The other side confirms them.")
            else:
                told = _("%(name)s has a new role.")
            messages.success(request, told % {"name": account.name})
            return redirect("desk:people:person", pk=account.pk)
    hints = {role.name: role.description for role in roles.ROLES}
    context = {"form": form, "person": account, "hints": hints}
    return render(request, "people/appoint.html", context)


def _require_any_role(request: PersonRequest) -> None:
    if not queries.roles_open_to(request.actor):
        raise NotAllowed("not_allowed", _("None of your roles can give a role to somebody."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE_PEOPLE)
def confirm_appointment(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Agree to a handler whom the other side proposed."""
    appointment = queries.appointment_of(request.organisation, pk=pk)
    request.actor.require(queries.appointment_permission(appointment.role))
    if request.method == "POST":
        actions.confirm_appointment(
            organisation=request.organisation,
            by=request.actor,
            at=request.now,
            appointment=appointment,
        )
        messages.success(request, _("Both sides have agreed. The role is theirs."))
        return redirect("desk:people:person", pk=appointment.account_id)
    title = roles.BY_NAME[appointment.role].title
    context = {"appointment": appointment, "title": title}
    return render(request, "people/confirm_appointment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE_PEOPLE)
def end_appointment(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say which day is the last one of a role."""
    appointment = queries.appointment_of(request.organisation, pk=pk)
    request.actor.require(queries.appointment_permission(appointment.role))
    form = EndForm(request.POST or None, initial={"until": request.now.date()})
    if request.method == "POST" and form.is_valid():
        try:
            ended = actions.end_appointment(
                organisation=request.organisation,
                by=request.actor,
                at=request.now,
                appointment=appointment,
                until=form.last_day,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _ended_words(ended, today=request.now.date()))
            return redirect("desk:people:person", pk=appointment.account_id)
    context = {
        "form": form,
        "appointment": appointment,
        "title": roles.BY_NAME[appointment.role].title,
    }
    return render(request, "people/end_appointment.html", context)


def _ended_words(ended: Appointment, *, today: date) -> str:
    """What became of a recall: done, noted for a day, or proposed to the other side."""
    if ended.has_ended(today):
        return _("The role has ended.")
    if ended.until is None and ended.recall_by_side:
        return _("Proposed. The role ends when the other side says the same.")
    return _("The last day of the role is noted.")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE_PEOPLE)
def close_account(request: PersonRequest, pk: UUID) -> HttpResponse:
    """End a person’s access."""
    account = queries.person_of(request.organisation, pk=pk)
    request.actor.require(actions.closing_permission(account, on=request.now.date()))
    if request.method == "POST":
        actions.close_account(
            organisation=request.organisation, by=request.actor, at=request.now, account=account
        )
        messages.success(request, _("%(name)s cannot sign in any more.") % {"name": account.name})
        return redirect("desk:people:person", pk=account.pk)
    return render(request, "people/close_account.html", {"person": account})
