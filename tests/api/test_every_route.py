"""What holds for every route: apart from other organisations, and a constant number of reads."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonweal_web.house.api import api
from factories.people import a_person, an_organisation
from factories.populated import NO_ROW, Populated, populate, populate_more
from factories.programs import a_program

OF_EVERYBODY = {"practice_id", "signal_id"}
BY_PLACE = {"code", "index", "old", "number", "year"}
ROUTES = [
    (method.upper(), path.removeprefix("/api/v1"), details)
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method, details in methods.items()
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def filled() -> Populated:
    """An organisation with something of everything."""
    now = datetime.now(UTC)
    return populate(an_organisation("northbank", at=now), at=now)


def address(path, *, ids):
    """The address of a route with these ids."""
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    found = re.sub(r"{\w+_id}", str(NO_ROW), path)
    needed = {
        "/comparison": "before=1",
        "/evidence": f"subject={ids.get('subject', '')}",
        "/search": "words=shift",
    }
    end = found[found.rindex("/") :]
    return f"{found}?{needed[end]}" if end in needed else found


def names_a_row(details):
    names = {each["name"] for each in details["parameters"] if each["in"] == "path"}
    return bool(names - OF_EVERYBODY - BY_PLACE)


def test_no_route_opens_another_organisations_rows(filled):
    now = datetime.now(UTC)
    stranger = a_program(a_person(an_organisation("southquay", at=now), "people_lead", at=now))

    for method, path, details in ROUTES:
        if names_a_row(details):
            answer = stranger.call(method, address(path, ids=filled.ids))
            may_say = {404} if "requestBody" not in details else {404, 415, 422}
            assert answer.status_code in may_say, (method, path, answer.content)


def test_every_reading_route_answers_the_people_lead(filled):
    lead = a_program(filled.lead)

    for method, path, _details in ROUTES:
        if method == "GET":
            answer = lead.get(address(path, ids=filled.ids))
            assert answer.status_code == 200, (path, answer.content)


def test_a_list_costs_the_same_however_long_it_is(filled):
    lead = a_program(filled.lead)
    lists = [path for method, path, _ in ROUTES if method == "GET" and "{" not in path]

    def cost(path):
        with CaptureQueriesContext(
            connection,
        ) as reads:
            asked = address(path, ids=filled.ids)
            sign = "&" if "?" in asked else "?"
            assert lead.get(f"{asked}{sign}limit=200").status_code == 200, path
        return len(reads)

    for path in lists:
        cost(path)
    few = {path: cost(path) for path in lists}
    populate_more(filled.organisation, at=datetime.now(UTC))
    for path in lists:
        cost(path)
    many = {path: cost(path) for path in lists}

    assert many == few
    assert max(many.values()) <= 25, many
