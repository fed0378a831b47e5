"""A page with one form: shows it, hands what was typed to an action, keeps it when refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import Refused
from commonweal_web.house.requests import PersonRequest


@dataclass(frozen=True)
class FormPage:
    """What stands around a form: its question, its button, and where the way leads back."""

    title: str
    button: str
    done: str
    back: str
    lead: str = ""
    note: str = ""
    is_alarming: bool = False
    trail: Sequence[tuple[str, str]] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    template: str = "mitigations/form.html"
    more: Mapping[str, Any] = field(default_factory=dict)


def answer(
    request: PersonRequest,
    *,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    page: FormPage,
) -> HttpResponse:
    """Run the action with what was typed and go back, or show the form with its faults."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, page.done)
            return redirect(page.back)
    context = {"form": form, "page": page, "trail": page.trail, **page.more}
    return render(request, page.template, context)


def acting(request: PersonRequest) -> dict[str, Any]:
    """Who acts, for whom and when: what every action is told."""
    return {"organisation": request.organisation, "by": request.actor, "at": request.now}
