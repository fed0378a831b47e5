"""What a view knows of the person asking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeAlias, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers

from commonweal_web.house.declaration import Permission
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor

View: TypeAlias = Callable[..., HttpResponse]


class PersonRequest(HttpRequest):
    """A request with who asks, for which organisation, and when. Set by `ActorMiddleware`."""

    actor: Actor
    organisation: Organisation
    now: datetime


def needs(permission: Permission) -> Callable[[View], View]:
    """Open a view only to people whose roles hold this right.

    Nobody signed in is sent to sign in; somebody without the right is refused with the roles that
    hold it.
    """

    def around(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            person = cast(PersonRequest, request)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            person.actor.require(permission)
            response = view(person, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return around


def opens(url: str, *, actor: Actor) -> bool:
    """Whether the page at one of our own addresses is open to this actor's roles.

    A page that is open to everyone says so by asking for no right.
    """
    try:
        view = resolve(url).func
    except Resolver404:
        return False
    permission = getattr(view, "permission", None)
    return permission is None or actor.may(permission)
