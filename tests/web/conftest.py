"""What tests of rooms share: the guard on writes, a fixed clock, organisations and people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import translation

from commonweal_web.house.rooms import rooms
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of
from commonweal_web.record.action import is_open
from commonweal_web.record.actor import Actor
from factories import people as make

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
WRITE = re.compile(r'^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)"?', re.I)


def unguarded_tables() -> frozenset[str]:
    """Tables that rooms declare as unrecorded, each with its reason."""
    return frozenset(each.table for room in rooms() for each in room.unrecorded)


def guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Fail a write to one of our tables that happens outside an action."""
    write = WRITE.match(sql)
    if write and not is_open() and write.group(1) not in unguarded_tables():
        raise AssertionError(f"a write outside an action: {sql[:120]}")
    return execute(sql, params, many, context)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords as the demo does; the tests of signing in ask for the real hash."""
    quick = "commonweal_web.people.hashing.DemoPasswordHasher"
    with override_settings(PASSWORD_HASHERS=[quick]):
        yield


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Each test begins in English, whatever language the page of the one before was read in."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def write_guard(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test that touches the database runs under the guard."""
    with connection.execute_wrapper(guard):
        yield


@pytest.fixture
def now() -> datetime:
    """The moment of the test."""
    return NOW


@pytest.fixture
def organisation(db: None) -> Organisation:
    """A small employer."""
    return make.an_organisation("northbank", at=NOW)


@pytest.fixture
def other_organisation(db: None) -> Organisation:
    """Another employer on the same installation."""
    return make.an_organisation("southquay", at=NOW)


@pytest.fixture
def person(organisation: Organisation) -> Callable[..., Account]:
    """Makes people of the organisation: `person("people_lead", "executive")`."""

    def one(*held: str, **details: Any) -> Account:
        return make.a_person(organisation, *held, at=NOW, **details)

    return one


@pytest.fixture
def actor(person: Callable[..., Account]) -> Callable[..., Actor]:
    """Makes somebody who acts: `actor("worker_representative")`."""

    def one(*held: str, **details: Any) -> Actor:
        return actor_of(person(*held, **details), on=NOW.date())

    return one


@pytest.fixture
def browse(person: Callable[..., Account]) -> Callable[..., Client]:
    """Makes a signed-in browser: `browse("people_lead").get("/desk/")`."""

    def one(*held: str, account: Account | None = None, **details: Any) -> Client:
        client = Client()
        client.force_login(account or person(*held, **details))
        return client

    return one
