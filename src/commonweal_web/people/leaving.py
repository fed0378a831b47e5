"""Signing out, so that the device holds nothing of whoever sat there."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.logout import logout
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

CLEARED = '"cache", "cookies", "storage"'
COOKIES = (
    settings.SESSION_COOKIE_NAME,
    settings.CSRF_COOKIE_NAME,
    settings.LANGUAGE_COOKIE_NAME,
    "messages",
)


class SignOutView(account.LogoutView):  # type: ignore[misc]
    """Ends the session, deletes its row and every cookie, and tells the browser to forget."""

    def post(self, request: HttpRequest, *_args: Any, **_named: Any) -> HttpResponse:
        logout(request, show_message=False)
        return _cleared(redirect(f"{reverse('signed_out')}?in={translation.get_language()}"))


@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Says that this device holds nothing of the person any more; also where idle time led to.

    Whoever is still signed in, in another window, is sent back to their work instead.
    """
    if request.user.is_authenticated:
        return redirect("home")
    language = request.GET.get("in", "")
    translation.activate(language if language in dict(settings.LANGUAGES) else "en")
    context = {"after_idle": request.GET.get("after") == "idle"}
    return _cleared(render(request, "people/sign_in/signed_out.html", context))


@require_safe
def still_here(request: HttpRequest) -> HttpResponse:
    """A sign of life of somebody who is typing; the middleware lets the time count anew."""
    return JsonResponse({"here": request.user.is_authenticated})


def _cleared(response: HttpResponse) -> HttpResponse:
    response["Clear-Site-Data"] = CLEARED
    for name in COOKIES:
        response.delete_cookie(name, samesite="Lax")
    return response
