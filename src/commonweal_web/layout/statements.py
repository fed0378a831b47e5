"""The pages that say how this can be used, and what is kept about people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commonweal_web.house.declaration import Text
from commonweal_web.organisations.queries import organisation_by_slug

REVIEWED = date(2026, 11, 22)
"""When the statements were last held against the software."""


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that a browser is given: its name, what for, and how long it stays."""

    name: str
    what_for: Text
    how_long: Text


def cookies() -> list[Cookie]:
    """Every cookie there is. None is for watching people."""
    return [
        Cookie(
            settings.SESSION_COOKIE_NAME,
            _("keeps you signed in"),
            _("until you sign out, or have been idle for a while"),
        ),
        Cookie(
            settings.CSRF_COOKIE_NAME,
            _("keeps other sites from sending forms in your name"),
            _("until you sign out, at most a year"),
        ),
        Cookie(
            settings.LANGUAGE_COOKIE_NAME,
            _("remembers the language you chose before signing in"),
            _("until you close the browser or sign out"),
        ),
        Cookie(
            "messages",
            _("carries “saved” and the like to the next page"),
            _("until that page is shown"),
        ),
    ]


def _statement(request: HttpRequest, template: str, *, slug: str) -> HttpResponse:
    organisation = organisation_by_slug(slug) if slug else None
    request.organisation = organisation  # type: ignore[attr-defined]
    context = {"organisation": organisation, "cookies": cookies(), "reviewed": REVIEWED}
    return render(request, f"layout/statements/{template}.html", context)


@require_safe
def accessibility(request: HttpRequest, slug: str = "") -> HttpResponse:
    """What works for whom, what does not yet, and whom to tell."""
    return _statement(request, "accessibility", slug=slug)


@require_safe
def privacy(request: HttpRequest, slug: str = "") -> HttpResponse:
    """What is kept about people, who sees it, for how long, and what is never kept."""
    return _statement(request, "privacy", slug=slug)


@require_safe
def keyboard(request: HttpRequest, slug: str = "") -> HttpResponse:
    """How every page is used with keys alone."""
    return _statement(request, "keyboard", slug=slug)
