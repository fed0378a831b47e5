"""Sheets of sign-in codes: one printed for a person, and one cancelled by its holder."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.people import actions, queries
from commonweal_web.people.permissions import CHANGE_OWN_ACCOUNT, PRINT_SHEETS


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PRINT_SHEETS)
def print_sheet(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A new sheet for one person. Its codes are on the answer to the form, and nowhere else."""
    account = queries.person_of(request.organisation, pk=pk)
    today = request.now.date()
    if request.method == "POST":
        made = actions.issue_sheets(
            organisation=request.organisation,
            by=request.actor,
            at=request.now,
            accounts=[account],
        )
        back = reverse("desk:people:person", kwargs={"pk": pk})
        return shown_once(request, sheets=made, back=back)
    context = {
        "person": account,
        "has_sheet": any(each.works_on(today) for each in queries.sheets_of(account)),
        "has_registrar": queries.has_registrar(request.organisation, on=today),
        "may_print": account.is_active
        and queries.may_print(request.actor, organisation=request.organisation, on=today),
    }
    return render(request, "people/print_sheet.html", context)


def shown_once(
    request: PersonRequest, *, sheets: Sequence[actions.NewSheet], back: str, left: int = 0
) -> HttpResponse:
    """The page to print. It is the answer to a form: loading it anew never shows these codes."""
    address = settings.PUBLIC_ADDRESS + reverse("sign_in_by_code")
    context = {"sheets": sheets, "address": address, "back": back, "left": left}
    return render(request, "people/printed_sheets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHANGE_OWN_ACCOUNT)
def cancel_sheet(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Make one's own sheet useless, at once."""
    audience = "my" if request.path.startswith("/my/") else "desk"
    own = queries.person_of(request.organisation, pk=str(request.actor.account_id))
    sheet = queries.sheet_of(own, pk=pk)
    back = reverse(f"{audience}:people:account")
    if request.method == "POST":
        actions.cancel_sheet(
            organisation=request.organisation, by=request.actor, at=request.now, sheet=sheet
        )
        if not request.session.exists(str(request.session.session_key)):
            request.session.flush()
            return redirect("signed_out")
        messages.success(request, _("The sheet is cancelled. None of its codes works any more."))
        return redirect(back)
    context = {"own": own, "sheet": sheet, "back": back, "layout": f"layout/{audience}.html"}
    return render(request, "people/cancel_sheet.html", context)
