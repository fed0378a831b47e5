"""What the tests of the layout share: a way to render a template, and the house around a page."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

Render = Callable[..., str]


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Static addresses without hashes, so that no collected manifest is needed."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    settings.STATIC_URL = "/static/"


@pytest.fixture
def render() -> Render:
    """Renders a template's text with the components loaded, as if for `address`."""

    def rendered(source: str, address: str = "/", **context: Any) -> str:
        head, end, body = source.partition("%}") if "{% extends" in source else ("", "", source)
        loaded = f"{head}{end}{{% load i18n components %}}{body}"
        request = RequestFactory().get(address)
        return engines["django"].from_string(loaded).render(context, request)

    return rendered


@pytest.fixture
def house() -> dict[str, Any]:
    """What the context processor gives for someone of a sample organisation."""
    return {
        "organisation": SimpleNamespace(
            name="Northbank Logistics", help_contact="people@northbank.example", colour="#0b5566"
        ),
        "is_sample": True,
        "account": SimpleNamespace(pk=1),
        "roles": ["people lead"],
        "navigation": [
            {"title": "Uses", "url": "/desk/uses", "is_current": True},
            {"title": "Practices", "url": "/desk/practices", "is_current": False},
        ],
    }
