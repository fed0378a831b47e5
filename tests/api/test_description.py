"""What the OpenAPI document says about every route."""

from __future__ import annotations

import inspect
from collections import Counter
from importlib import import_module

import pytest
from ninja import Schema

from commonweal_web.house.api import api
from commonweal_web.house.rooms import rooms

METHODS = {"get", "post", "put", "patch", "delete"}
SCHEMA = api.get_openapi_schema()
ROUTES = {
    f"{method.upper()} {path.removeprefix('/api/v1')}": details
    for path, methods in SCHEMA["paths"].items()
    for method, details in methods.items()
}


def schemas_of(module):
    """Every shape that a module of routes defines, its submodules included."""
    found = {}
    modules = [module, *(each for _, each in inspect.getmembers(module, inspect.ismodule))]
    for each in modules:
        if each.__name__.startswith(module.__name__):
            for name, value in inspect.getmembers(each, inspect.isclass):
                if issubclass(value, Schema) and value.__module__.startswith("commonweal_web"):
                    found[value] = name
    return found


def test_it_is_openapi_3_1_and_knows_every_open_room():
    assert SCHEMA["openapi"] == "3.1.0"
    tags = {tag for details in ROUTES.values() for tag in details["tags"]}
    assert tags == {room.name for room in rooms() if room.api}


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_says_what_it_does_and_every_error_it_answers(route):
    details = ROUTES[route]
    method, path = route.split(" ")
    answers = set(details["responses"])

    assert details["summary"]
    assert len(details["description"]) > 10
    assert {401, 403, 422} <= answers
    assert details["security"] == [{"BearerToken": []}]
    assert details["x-scope"].endswith(":read" if method == "GET" else ":write")
    if "{" in path:
        assert 404 in answers
    if method != "GET":
        assert {404, 409} <= answers
    if "requestBody" in details:
        assert {413, 415} <= answers
    assert len({str(status)[0] for status in answers if status < 300}) == 1


@pytest.mark.parametrize("route", [each for each in ROUTES if each.startswith("POST ")])
def test_every_post_takes_an_idempotency_key(route):
    names = {each["name"] for each in ROUTES[route]["parameters"]}

    assert "Idempotency-Key" in names


def test_every_list_is_bounded_and_comes_in_pages():
    for route, details in ROUTES.items():
        answer = details["responses"].get(200, {}).get("content", {}).get("application/json", {})
        reference = answer.get("schema", {}).get("$ref", "")
        if "PageOf" in reference:
            limits = [each for each in details["parameters"] if each["name"] == "limit"]
            assert limits, route
            assert limits[0]["schema"]["maximum"] == 200
        else:
            assert answer.get("schema", {}).get("type") != "array", route


def test_every_error_has_the_one_shape():
    for details in ROUTES.values():
        for status, answer in details["responses"].items():
            if status >= 400:
                content = answer["content"]["application/json"]
                assert content["schema"]["$ref"].endswith("/ErrorAnswer")


def test_no_two_shapes_share_a_name():
    shapes = {}
    for room in rooms():
        if room.api:
            shapes |= schemas_of(import_module(room.api.split(":")[0]))

    double = [name for name, count in Counter(shapes.values()).items() if count > 1]
    assert double == []


def test_nothing_in_it_is_a_score_or_a_count_of_who_answered():
    forbidden = ("score", "rating", "net_", "voters", "answered_count", "respondents")
    for name, shape in SCHEMA["components"]["schemas"].items():
        for field in shape.get("properties", {}):
            assert not any(word in field.lower() for word in forbidden), f"{name}.{field}"


def test_no_shape_tells_a_workers_authorship():
    for name, shape in SCHEMA["components"]["schemas"].items():
        assert not {"author", "named_author", "named_author_id", "author_group"} & set(
            shape.get("properties", {})
        ), name


def test_sealed_rooms_have_no_routes():
    sealed = {"grievances", "anonymous", "participation"}
    assert not [room.name for room in rooms() if room.api and room.name in sealed]
