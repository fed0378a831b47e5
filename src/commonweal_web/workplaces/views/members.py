"""Who belongs to a worker group."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.people.queries import account_named
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.forms import EndForm, MemberForm
from commonweal_web.workplaces.permissions import KEEP_MEMBERS
from commonweal_web.workplaces.views.saving import is_sent, saved

if TYPE_CHECKING:
    from commonweal_web.people.models import Account


def person_named(request: PersonRequest, *, form: forms.Form) -> Account | None:
    """The person with the sign-in name in the form; the form says so when there is none."""
    found = account_named(request.organisation, username=form.cleaned_data["username"])
    if found is None:
        form.add_error("username", _("Nobody here signs in with this name. Add the person first."))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(KEEP_MEMBERS)
def new_member(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say that somebody belongs to a group."""
    group = queries.group_of(request.organisation, pk)
    form = MemberForm(request.POST or None, initial={"since": request.now.date()})
    account = person_named(request, form=form) if is_sent(request, form=form) else None
    if account and saved(
        request,
        form=form,
        action=actions.add_member,
        group=group,
        account=account,
        since=form.cleaned_data["since"],
    ):
        messages.success(request, _("%(name)s belongs to the group.") % {"name": account.name})
        return redirect("desk:workplaces:group", pk=group.pk)
    return render(request, "workplaces/new_member.html", {"form": form, "group": group})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(KEEP_MEMBERS)
def end_membership(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say until when somebody belonged to a group."""
    membership = queries.membership_of(request.organisation, pk=pk)
    form = EndForm(request.POST or None, initial={"until": request.now.date()})
    if is_sent(request, form=form) and saved(
        request,
        form=form,
        action=actions.end_membership,
        membership=membership,
        until=form.cleaned_data["until"],
    ):
        messages.success(request, _("The last day in the group is noted."))
        return redirect("desk:workplaces:group", pk=membership.group_id)
    context = {"form": form, "membership": membership}
    return render(request, "workplaces/end_membership.html", context)
