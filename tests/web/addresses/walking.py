"""Finds every address of the product and who may open it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from commonweal_web.organisations.models import Organisation

TABLE = Path(__file__).with_name("addresses.toml")
SIGN_IN = "/sign-in/"


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its full name, and the names of what it is about."""

    name: str
    arguments: tuple[str, ...]


def addresses() -> list[Address]:
    """Every address of a page; those of the API are walked by its own tests."""
    found = {address.name: address for address in _below(get_resolver(), ())}
    return [found[name] for name in sorted(found)]


def _below(resolver: URLResolver, spaces: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.app_name == "ninja" or str(entry.pattern).startswith("api/"):
                continue
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _below(entry, inner)
        elif isinstance(entry, URLPattern):
            if entry.name is None:
                raise AssertionError(f"an address without a name: {entry.pattern}")
            yield Address(":".join((*spaces, entry.name)), tuple(entry.pattern.converters))


def table() -> dict[str, dict[str, Any]]:
    """Who may open what, as agreed."""
    return tomllib.loads(TABLE.read_text())


def path_of(address: Address, *, about: dict[str, str], organisation: Organisation) -> str:
    """A real path for an address: `about` says which row each argument names.

    `systems.use[name=Pace board]` is the first row of that model with that value in the
    organisation, `…#column` another column of it than its id, and `=word` the word itself.
    """
    values = {name: _value(about[name], organisation=organisation) for name in address.arguments}
    return reverse(address.name, kwargs=values)


def _value(named: str, *, organisation: Organisation) -> Any:
    if named.startswith("="):
        return named[1:]
    found = re.fullmatch(r"([\w.]+)(?:\[(\w+)=(.*)\])?(?:#(\w+))?", named)
    assert found, named
    label, column, value, wanted = found.groups()
    if label == "organisations.organisation":
        return getattr(organisation, wanted or "slug")
    rows = apps.get_model(label)._default_manager.filter(organisation=organisation)
    row = rows.filter(**({column: value} if column else {})).first()
    assert row is not None, f"the sample holds no {named}; extend its story"
    return getattr(row, wanted or "pk")


def may_open(client: Client, path: str) -> bool:
    """Whether this person gets in: not sent to sign in, not refused, not told nothing."""
    response = client.get(path)
    assert response.status_code < 500, f"{path}: {response.status_code}"
    if response.status_code in (301, 302):
        return not response["Location"].startswith(SIGN_IN)
    return response.status_code not in (401, 403, 404, 405)


def may_post(client: Client, path: str) -> bool:
    """Whether an empty form from this person is looked at, even if only to be refused as empty.

    Some need no words, so whatever it did is undone.
    """
    with transaction.atomic():
        response = client.post(path, {})
        transaction.set_rollback(True)
    assert response.status_code < 500, f"POST {path}: {response.status_code}"
    if response.status_code in (301, 302):
        return not response["Location"].startswith(SIGN_IN)
    return response.status_code not in (401, 403, 404, 405)
