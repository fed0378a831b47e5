"""Pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commonweal_web.house.refusals import Refused

_TEMPLATES = {403: "403.html", 404: "404.html"}


def refusal_page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The refusal in plain words, with its own status."""
    template = _TEMPLATES.get(refusal.status, "refused.html")
    return render(request, template, {"refusal": refusal}, status=refusal.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    return render(request, "form_expired.html", status=403)
