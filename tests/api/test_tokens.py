"""Who a program may act for, and what a token opens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from commonweal_web.people import actions
from commonweal_web.people.models import ApiToken
from commonweal_web.people.queries import account_with_roles, actor_of, operator
from commonweal_web.record.action import action

pytestmark = pytest.mark.django_db


def code_of(answer):
    return answer.json()["error"]["code"]


def test_without_a_token_nothing_opens(program):
    nobody = program()
    nobody.secret = ""

    answer = nobody.get("/people")

    assert (answer.status_code, code_of(answer)) == (401, "token_missing")
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "Basic YTpi", "cw_1", "Bearer cw_" + "0" * 64]
)
def test_what_is_no_token_in_force_is_refused(program, header):
    answer = program().get("/people", Authorization=header)

    assert answer.status_code == 401
    assert code_of(answer) in {"token_missing", "token_refused"}


def test_a_session_is_never_enough(person):
    browser = Client()
    browser.force_login(person("people_lead"))

    assert browser.get("/api/v1/people").status_code == 401


@pytest.mark.parametrize(
    ("scopes", "read", "write"),
    [
        (["people:read"], 200, 403),
        (["people:write"], 200, 201),
        (["*:read"], 200, 403),
        (["*:write"], 200, 201),
        (["record:write"], 403, 403),
        ([], 403, 403),
    ],
)
def test_a_token_opens_its_scopes_only(program, scopes, read, write):
    lead = program("people_lead", scopes=scopes)

    assert lead.get("/people").status_code == read
    assert lead.post("/people", {"name": "Ana", "username": "ana"}).status_code == write


def test_a_missing_scope_is_named(program):
    answer = program("people_lead", scopes=["record:read"]).get("/people")

    assert code_of(answer) == "scope_missing"
    assert answer.json()["error"]["where"] == "people:read"


def test_a_token_gives_no_right_that_its_maker_lacks(program):
    expert = program("expert")

    answer = expert.post("/people", {"name": "Ana", "username": "ana"})

    assert (answer.status_code, code_of(answer)) == (403, "not_allowed")
    assert expert.get("/people").status_code == 403


def test_a_token_ends_on_its_day(program):
    lead = program("people_lead")
    token = ApiToken.objects.get()
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    with action(
        "tests.expire",
        organisation=lead.account.organisation,
        by=operator(),
        at=datetime.now(UTC),
    ) as act:
        act.change(token, expires_on=yesterday)

    assert code_of(lead.get("/people")) == "token_refused"


def test_a_closed_account_ends_its_tokens(program):
    lead, other = program("people_lead"), program("people_lead")

    closed = lead.post(f"/people/{other.account.pk}/close")

    assert closed.json()["is_active"] is False
    assert other.get("/people").status_code == 401


def test_a_recalled_role_ends_what_the_token_may_do(program):
    lead, other = program("people_lead"), program("people_lead")
    held = account_with_roles(other.account.pk).appointments.get()

    actions.end_appointment(
        organisation=lead.account.organisation,
        by=actor_of(lead.account, on=datetime.now(UTC).date()),
        at=datetime.now(UTC),
        appointment=held,
        until=datetime.now(UTC).date() - timedelta(days=1),
    )

    assert other.get("/people").status_code == 403


def test_another_organisations_rows_are_not_here(program, other_program):
    theirs = program("people_lead").account.pk

    assert other_program.get(f"/people/{theirs}").status_code == 404
    assert other_program.post(f"/people/{theirs}/close").status_code == 404
    names = [each["name"] for each in other_program.get("/people").json()["items"]]
    assert names == [other_program.account.name]
