"""The address of every page, collected from the rooms: three audiences, the API and sign-in."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.urls import include, path
from django.views.generic import RedirectView

from commonweal_web.house.api import api
from commonweal_web.house.health import health
from commonweal_web.house.metrics import metrics
from commonweal_web.house.rooms import rooms

FAVICON = "/static/commonweal/favicon.svg"
"""Browsers ask for an icon beside files that are no pages, and find no link to it there."""


def _of_audience(audience: str) -> list[Any]:
    found = []
    for room in rooms():
        try:
            module = import_module(f"commonweal_web.{room.name}.urls")
        except ModuleNotFoundError as missing:
            if missing.name != f"commonweal_web.{room.name}.urls":
                raise
            continue
        patterns = getattr(module, audience, None)
        if patterns:
            found.append(path("", include((patterns, room.name), namespace=room.name)))
    return found


urlpatterns = [
    path("", include("commonweal_web.people.entrance")),
    path("desk/", include((_of_audience("desk"), "desk"), namespace="desk")),
    path("my/", include((_of_audience("my"), "my"), namespace="my")),
    path("public/", include((_of_audience("public"), "public"), namespace="public")),
    path("api/v1/", api.urls),
    path("health", health, name="health"),
    path("metrics", metrics, name="metrics"),
    path("favicon.ico", RedirectView.as_view(url=FAVICON), name="favicon"),
]
