"""Every action is reached by page, by API and by command, or a room says why not."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click
import pytest
from django.core.management import get_commands
from django.urls import URLPattern, get_resolver

from commonweal_cli.main import command
from commonweal_web.house.api import api
from commonweal_web.house.rooms import rooms

OPENS_ACTION = re.compile(r"with action\(")
ROOMS = {room.name: room for room in rooms()}
OPERATIONS = [
    pytest.param(name, operation, id=f"{name}.{operation.action}")
    for name, room in ROOMS.items()
    for operation in room.operations
]


def modules_of_actions(room: str) -> Iterator[Any]:
    """The module `actions` of a room, or every module of its package."""
    name = f"commonweal_web.{room}.actions"
    if find_spec(name) is None:
        return
    found = import_module(name)
    yield found
    for each in pkgutil.iter_modules(getattr(found, "__path__", [])):
        yield import_module(f"{name}.{each.name}")


def actions_of(room: str) -> set[str]:
    """The public functions of a room that write."""
    return {
        name
        for module in modules_of_actions(room)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and function.__module__ == module.__name__
        and OPENS_ACTION.search(inspect.getsource(function))
    }


def page_names(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    """The names of all pages, each with its namespaces."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLPattern):
            if each.name:
                yield f"{prefix}{each.name}"
        else:
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from page_names(each.url_patterns, inner)


def routes() -> set[str]:
    """All routes as `METHOD /path`, their parameters without names."""
    return {
        nameless(f"{method.upper()} {path.removeprefix('/api/v1')}")
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }


def nameless(route: str) -> str:
    """A route whose parameters have no names."""
    return re.sub(r"{[^}]*}", "{}", route)


def is_command(text: str) -> bool:
    """Whether `commonweal …` has this command; behind `manage` stand Django's."""
    found: Any = command
    words = text.split()
    if words[0] == "manage":
        return len(words) > 1 and words[1] in get_commands()
    for word in words:
        if not isinstance(found, click.Group):
            return False
        found = found.get_command(click.Context(found), word)
        if found is None:
            return False
    return True


PAGES, ROUTES = set(page_names()), routes()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_lists_each_of_its_actions_once(room):
    listed = [operation.action for operation in ROOMS[room].operations]

    assert sorted(listed) == sorted(set(listed))
    assert set(listed) == actions_of(room)


@pytest.mark.parametrize(("room", "operation"), OPERATIONS)
def test_what_an_operation_names_is_there(room, operation):
    if operation.page:
        assert operation.page in PAGES
    if operation.api:
        assert nameless(operation.api) in ROUTES
    if operation.cli:
        assert is_command(operation.cli)


@pytest.mark.parametrize(("room", "operation"), OPERATIONS)
def test_a_missing_way_in_has_a_reason(room, operation):
    if not (operation.page and operation.api and operation.cli):
        assert operation.except_because.strip()


def test_every_writing_route_is_the_way_in_of_an_action():
    named = {
        nameless(operation.api)
        for room in ROOMS.values()
        for operation in room.operations
        if operation.api
    }

    assert {each for each in ROUTES if not each.startswith("GET ")} == named
