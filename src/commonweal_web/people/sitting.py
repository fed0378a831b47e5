"""What a browser may keep of these pages: nothing, and no longer than somebody sits there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from commonweal_web.people.sessions import idle_seconds, keep_alive

OPEN_TO_ALL = ("/public/", "/static/", "/health", "/metrics", "/favicon.ico")
"""What anybody may read is cached as its own pages say; everything else is kept by nobody."""


class SittingMiddleware:
    """Lets idle time count anew with each page, and forbids browsers to keep any of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.path.startswith(OPEN_TO_ALL):
            return self.get_response(request)
        if request.user.is_authenticated:
            keep_alive(request.session)
            request.idle_seconds = idle_seconds(request.session)
        response = self.get_response(request)
        add_never_cache_headers(response)
        return response
