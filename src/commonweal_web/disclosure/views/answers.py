"""How public pages answer: without a session, cacheable, in a chosen language, or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal_web.disclosure.queries import published_versions
from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.organisations.queries import organisation_by_slug

MINUTES = 60
SOON, LONG = 5 * MINUTES, 24 * 60 * MINUTES
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)

PublicView = Callable[..., HttpResponse]


def public(*, keep: int = SOON) -> Callable[[PublicView], PublicView]:
    """A view that anyone may read, of an organisation that published its commitment."""

    def around(view: PublicView) -> PublicView:
        @require_safe
        @wraps(view)
        def answered(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            organisation = _publishing(slug)
            request.organisation = organisation  # type: ignore[attr-defined]
            choose_language(request)
            response = view(request, organisation, **kwargs)
            patch_cache_control(response, public=True, max_age=keep)
            return response

        return answered

    return around


def _publishing(slug: str) -> Organisation:
    """The organisation with this short name. Raises `NotHere` also when it published nothing."""
    nothing = NotHere("nothing_published", _("Nothing was published at this address."))
    try:
        organisation = organisation_by_slug(slug)
    except NotHere:
        raise nothing from None
    if not published_versions(organisation, limit=1):
        raise nothing
    return organisation


def choose_language(request: HttpRequest) -> None:
    """Honour `?language=`: public pages set no cookie."""
    asked = request.GET.get("language", "")
    if asked in LANGUAGES:
        translation.activate(asked)


def page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """A public page. It has no messages: reading them would need a session."""
    return render(request, template, {**context, "messages": ()})


def as_json(document: Mapping[str, Any]) -> JsonResponse:
    """Public data that programs of any site may read."""
    response = JsonResponse(dict(document), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Access-Control-Allow-Origin"] = "*"
    return response
