"""The page on which two people decide to delete everything, and everybody sees it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.operations import actions, permissions, queries
from commonweal_web.operations.forms import DeletionForm
from commonweal_web.operations.models.endings import WAIT

PAGE = "desk:operations:ending"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(permissions.SEE_ENDING)
def ending(request: PersonRequest) -> HttpResponse:
    """Whether everything is to be deleted, why, when, and what holds it up; or the way to ask."""
    is_asking = request.method == "POST"
    if is_asking:
        request.actor.require(permissions.ASK_DELETION)
    form = DeletionForm(request.POST if is_asking else None)
    if is_asking and form.is_valid():
        try:
            actions.ask_deletion(**_acting(request), reason=form.cleaned_data["reason"])
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Asked. Somebody else must agree."))
            return redirect(PAGE)
    return render(request, "operations/ending.html", _context(request, form=form))


@require_POST
@needs(permissions.AGREE_TO_DELETION)
def agree_to_deletion(request: PersonRequest) -> HttpResponse:
    """Agree as the second person."""
    actions.agree_to_deletion(**_acting(request))
    messages.success(request, _("Agreed. Everybody has time to object now."))
    return redirect(PAGE)


@require_POST
@needs(permissions.ASK_DELETION)
def withdraw_deletion(request: PersonRequest) -> HttpResponse:
    """Take the deletion back."""
    actions.withdraw_deletion(**_acting(request))
    messages.success(request, _("Taken back. Nothing will be deleted."))
    return redirect(PAGE)


def _acting(request: PersonRequest) -> dict[str, Any]:
    return {"organisation": request.organisation, "by": request.actor, "at": request.now}


def _context(request: PersonRequest, *, form: DeletionForm) -> dict[str, Any]:
    asked = queries.deletion_open(request.organisation)
    may_ask = request.actor.may(permissions.ASK_DELETION)
    is_second = asked is not None and asked.asked_by_id != request.actor.account_id
    return {
        "form": form,
        "asked": asked,
        "wait_days": WAIT.days,
        "blocks": queries.blocks_of(request.organisation, at=request.now),
        "is_exported": bool(
            asked
            and asked.agreed_at
            and queries.export_since(request.organisation, at=asked.agreed_at)
        ),
        "may_ask": may_ask and asked is None,
        "may_agree": is_second
        and asked.agreed_at is None  # type: ignore[union-attr]
        and request.actor.may(permissions.AGREE_TO_DELETION),
        "may_withdraw": may_ask and asked is not None,
    }
