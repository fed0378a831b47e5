"""The statements on accessibility, privacy and keys: there for everybody, and true."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from commonweal_web.layout.statements import cookies
from commonweal_web.organisations.models import Organisation

NAMES = ("accessibility", "privacy", "keyboard")


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("name", NAMES)
def test_everybody_reads_the_statements_without_signing_in(
    client: Client, db: None, name: str
) -> None:
    page = read(client, f"/public/about/{name}/")
    assert "<h1>" in page
    assert not client.cookies


@pytest.mark.parametrize("name", NAMES)
def test_every_page_leads_to_them(
    client: Client, organisation: Organisation, browse: Callable[..., Client], name: str
) -> None:
    assert f'href="/public/about/{name}/"' in read(client, "/sign-in/")
    own = f"/public/about/{organisation.slug}/{name}/"
    for role, address in (("people_lead", "/desk/"), ("worker", "/my/")):
        assert f'href="{own}"' in read(browse(role), address)
    assert organisation.name in read(client, own)


def test_they_name_whom_to_ask_or_say_that_nobody_is_named(
    client: Client, organisation: Organisation
) -> None:
    page = f"/public/about/{organisation.slug}/privacy/"
    assert "has not named anybody yet" in read(client, page)
    assert "each employer that uses Commonweal" in read(client, "/public/about/privacy/")
    assert client.get("/public/about/nobody/privacy/").status_code == 404


def test_every_cookie_that_is_given_is_named(
    organisation: Organisation, browse: Callable[..., Client]
) -> None:
    named = {cookie.name for cookie in cookies()}
    client = browse("people_lead")
    for address in ("/desk/", "/sign-in/", "/desk/account/", "/public/"):
        client.get(address)
    client.post("/desk/account/", {"language": "de"})
    assert set(client.cookies) <= named
    assert settings.SESSION_COOKIE_NAME in named
    page = read(client, "/public/about/privacy/")
    assert all(re.search(rf"<code>{name}</code>", page) for name in named)
