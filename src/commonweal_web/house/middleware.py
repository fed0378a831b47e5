"""Who asks, and how a refusal becomes a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from commonweal_web.house.errors import refusal_page
from commonweal_web.house.refusals import Refused
from commonweal_web.people.queries import actor_of
from commonweal_web.people.sessions import began_by_code
from commonweal_web.record.actor import ANONYMOUS

Answer = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Sets `request.actor`, `request.organisation` and `request.now`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()  # type: ignore[attr-defined]
        request.actor, request.organisation = ANONYMOUS, None  # type: ignore[attr-defined]
        if not request.path.startswith(("/public/", "/static/")) and request.user.is_authenticated:
            self._recognise(request)
        return self.get_response(request)

    @staticmethod
    def _recognise(request: Any) -> None:
        request.organisation = request.user.organisation
        good_for = ("worker",) if began_by_code(request.session) else None
        request.actor = actor_of(request.user, on=request.now.date(), only=good_for)
        if request.COOKIES.get("django_language") is None:
            translation.activate(request.user.language)


class LanguageChoiceMiddleware:
    """`?language=es` on any page: that page and, until the browser closes, the next ones."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("language", "")
        is_known = request.method == "GET" and asked in dict(settings.LANGUAGES)
        if not is_known:
            return self.get_response(request)
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = asked
        translation.activate(asked)
        request.LANGUAGE_CODE = asked
        response = self.get_response(request)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            asked,
            secure=settings.BEHIND_HTTPS,
            httponly=True,
            samesite="Lax",
        )
        return response


class RefusalMiddleware:
    """Shows a refusal as a page that says what was wrong and what to do next."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal_page(request, error) if isinstance(error, Refused) else None
