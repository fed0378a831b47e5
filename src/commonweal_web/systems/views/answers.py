"""What every page of this room does alike: read the use, run an action, say what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Text
from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.house.requests import PersonRequest
from commonweal_web.systems import queries
from commonweal_web.systems.models import Use

Trail = list[tuple[Text, str]]


def acting(request: PersonRequest) -> dict[str, Any]:
    """The three things that every action asks for."""
    return {
        "organisation": request.organisation,
        "by": request.actor,
        "at": request.now,
    }


def the_use(request: PersonRequest, pk: UUID) -> Use:
    """The use of this address, in the reader's organisation only."""
    return queries.use_of(request.organisation, pk=pk)


def trail_to(*steps: tuple[Text, str], use: Use | None = None) -> Trail:
    """The way to a page: the list of uses, the use, then the page."""
    trail: Trail = [(_("Uses"), reverse("desk:systems:uses"))]
    if use is not None:
        trail.append((use.name, reverse("desk:systems:use", args=[use.pk])))
    return [*trail, *steps]


def is_done(form: forms.BaseForm, *, act: Callable[..., Any]) -> bool:
    """Whether the form was right and the action took it; else the form says what was wrong.

    A missing right is no fault of the form and becomes a page.
    """
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data)
    except (NotAllowed, NotHere):
        raise
    except Refused as refusal:
        add_refusal(form, refusal)
        return False
    return True


def asked(
    request: PersonRequest,
    *,
    template: str,
    form: forms.BaseForm,
    use: Use,
    title: Text,
    act: Callable[..., Any],
    said: Text,
    **context: Any,
) -> HttpResponse:
    """A page with one form about a use: show it, or do it and go back to the use."""
    if request.method == "POST" and is_done(form, act=act):
        messages.success(request, str(said))
        return redirect(context.get("back") or "desk:systems:use", pk=use.pk)
    shown = {"form": form, "use": use, "title": title, "trail": trail_to((title, ""), use=use)}
    return render(request, template, {**shown, **context})
