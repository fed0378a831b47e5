"""Beginning a use as a copy of another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import actions
from commonweal_web.systems.forms.many import CopyForm
from commonweal_web.systems.permissions import REGISTER_USE, SEE_USES
from commonweal_web.systems.views.answers import acting, is_done, the_use, trail_to
from commonweal_web.workplaces.queries import group_of, groups_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(REGISTER_USE)
def copy(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Name the copy and choose again whom it touches."""
    request.actor.require(SEE_USES)
    original = the_use(request, pk)
    choices = [
        (str(each.pk), f"{each.name}, {each.site}") for each in groups_of(request.organisation)
    ]
    form = CopyForm(request.POST or None, groups=choices)
    made: list[Any] = []

    def act(name: str, groups: list[str]) -> None:
        chosen = [group_of(request.organisation, each) for each in groups]
        made.append(
            actions.copy_use(**acting(request), original=original, name=name, groups=chosen)
        )

    if request.method == "POST" and is_done(form, act=act):
        messages.success(request, _("The copy is on the register, at its first stage."))
        return redirect("desk:systems:use", pk=made[0].pk)
    trail = trail_to((_("Begin a copy"), ""), use=original)
    return render(request, "systems/copy.html", {"form": form, "use": original, "trail": trail})
