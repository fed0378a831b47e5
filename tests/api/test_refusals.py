"""Every refusal of the API has one shape and is JSON."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
NOWHERE = "00000000-0000-4000-8000-000000000000"


def error_of(answer, *, status):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"].startswith("application/json")
    assert set(answer.json()) == {"error"}
    assert set(answer.json()["error"]) == {"code", "message", "where"}
    assert answer.json()["error"]["message"]
    return answer.json()["error"]


@pytest.mark.parametrize(
    "path",
    ["/", "/nothing", "/people/", "/people/x", "/%00", "/people/%ff", "/a%0Ab", "/people%0A"],
)
def test_an_unknown_address_is_told_in_json(program, path):
    assert error_of(program().get(path), status=404)["code"] == "address_unknown"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"])
def test_a_wrong_method_names_those_that_are_right(program, method):
    answer = program().call(method, "/people")

    assert answer.status_code == 405
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}
    if method != "HEAD":
        error_of(answer, status=405)


def raw(program, data, content_type="application/json"):
    return program.client.generic(
        "POST",
        "/api/v1/people",
        data,
        content_type=content_type,
        headers={"Authorization": f"Bearer {program.secret}"},
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "json_malformed"),
        (b"\xff\xfe", "json_malformed"),
        (b"[" * 100_000, "json_malformed"),
        (b"1" * 5000, "json_malformed"),
        (b'{"name": "a\\u0000b", "username": "ana"}', "nul_character"),
        (b'{"name": "' + b'{"a":' * 3 + b'"}', "json_malformed"),
        (b'{"name": "\\ud800", "username": "ana"}', "value_refused"),
        (b"[]", "value_refused"),
        (b"null", "value_refused"),
        (b"", "value_refused"),
        (b'{"name": "Ana", "username": "ana", "is_admin": true}', "value_refused"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(program, data, code):
    assert error_of(raw(program(), data), status=422)["code"] == code


def test_deep_nesting_is_refused(program):
    deep = b'{"name": ' + b"[" * 60 + b"]" * 60 + b"}"

    assert error_of(raw(program(), deep), status=422)["code"] == "too_deep"


def test_a_nul_character_in_an_address_is_refused(program):
    assert error_of(program().get("/people?words=%00"), status=422)["code"] == "nul_character"


def test_another_content_type_is_refused(program):
    error = error_of(raw(program(), b"name=Ana", "text/plain"), status=415)

    assert error["where"] == "Content-Type"


def test_a_body_beyond_the_limit_is_refused(program, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    error = error_of(raw(program(), b'{"name": "' + b"a" * 200 + b'"}'), status=413)

    assert error["code"] == "body_too_large"


def test_a_refusal_names_the_field(program):
    answer = program().post("/people", {"name": "Ana", "username": "a" * 151})

    assert error_of(answer, status=422)["where"] == "username"


def test_a_refusal_of_an_action_keeps_its_code(program):
    lead = program("people_lead")
    lead.post("/people", {"name": "Ana", "username": "ana"})

    error = error_of(lead.post("/people", {"name": "Ana", "username": "ANA"}), status=422)

    assert (error["code"], error["where"]) == ("username_taken", "username")


def test_a_row_that_is_not_here_is_told(program):
    assert error_of(program().get(f"/people/{NOWHERE}"), status=404)["code"] == "not_found"


def test_a_fault_of_ours_is_json_too_and_in_the_log(program, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise RuntimeError("a fault")

    monkeypatch.setattr("commonweal_web.people.queries.people", broken)

    error = error_of(program().get("/people"), status=500)

    assert error["code"] == "fault"
    assert "a fault" not in error["message"]
    assert "could not answer" in caplog.text


def test_the_description_is_public_and_openapi_3_1():
    answer = Client().get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"
