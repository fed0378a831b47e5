"""Stopping and retiring a use: management may do so at once, and says why."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal_web.house.refusals import Conflict
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import actions, queries
from commonweal_web.systems.forms.gates import RetireForm, StopForm
from commonweal_web.systems.permissions import STOP_USE
from commonweal_web.systems.views.answers import acting, asked, the_use, trail_to
from commonweal_web.systems.views.gates import refused

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs(STOP_USE)
def stop(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Begin to stop a use."""
    use = the_use(request, pk)
    return asked(
        request,
        template="systems/plain_form.html",
        form=StopForm(request.POST or None, initial={"stopping_on": request.now.date()}),
        use=use,
        title=_("Stop this use"),
        act=lambda **given: actions.stop_use(**acting(request), use=use, **given),
        said=_("The use is being stopped. Everybody it touches can see that."),
        lead=_("No gate and no vote is needed to stop. The file and everything promised stay."),
        button=_("Stop this use"),
        is_alarming=True,
    )


@require_http_methods(FORM)
@needs(STOP_USE)
def finish(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say that a use has stopped."""
    use = the_use(request, pk)
    if request.method == "POST":
        try:
            actions.finish_stopping(**acting(request), use=use)
        except Conflict as refusal:
            return refused(request, use=the_use(request, pk), refusal=refusal)
        messages.success(request, _("The use has stopped."))
        return redirect("desk:systems:use", pk=use.pk)
    context = {"use": use, "trail": trail_to((_("It has stopped"), ""), use=use)}
    return render(request, "systems/finish_stopping.html", context)


@require_http_methods(FORM)
@needs(STOP_USE)
def retire(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Retire a use; first what stays, what is deleted, and which promises remain open."""
    use = the_use(request, pk)
    return asked(
        request,
        template="systems/retire.html",
        form=RetireForm(request.POST or None),
        use=use,
        title=_("Retire this use"),
        act=lambda **given: actions.retire_use(**acting(request), use=use, **given),
        said=_("The use is retired. Its file and its open promises stay."),
        kept=queries.kept_after(use, at=request.now),
        promises=queries.promises_open(use, at=request.now),
    )
