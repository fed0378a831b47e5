"""A POST with an Idempotency-Key is done once."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from commonweal_web.people.actions import forget_answers
from commonweal_web.people.models import Account, ApiAnswer
from factories.people import a_person, an_organisation
from factories.programs import a_program

ANA = {"name": "Ana", "username": "ana"}


@pytest.mark.django_db
def test_the_same_request_again_gives_the_first_answer(program):
    lead = program("people_lead")
    first = lead.post("/people", ANA, **{"Idempotency-Key": "one"})

    again = lead.post("/people", ANA, **{"Idempotency-Key": "one"})

    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotent-Replayed"] == "true"
    assert Account.objects.filter(username="ana").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "body"), [("/people", {"name": "Eva", "username": "eva"}), ("/sites", ANA)]
)
def test_a_key_is_not_used_for_another_request(program, path, body):
    lead = program("people_lead")
    lead.post("/people", ANA, **{"Idempotency-Key": "one"})
    if path == "/sites":
        body = {"name": "Zaragoza", "country": "ES"}

    answer = lead.post(path, body, **{"Idempotency-Key": "one"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "key_reused")


@pytest.mark.django_db
def test_a_refused_request_may_be_sent_again_corrected(program):
    lead = program("people_lead")
    lead.post("/people", ANA)
    taken = lead.post("/people", ANA, **{"Idempotency-Key": "one"})

    answer = lead.post(
        "/people", {"name": "Ana", "username": "ana2"}, **{"Idempotency-Key": "one"}
    )

    assert (taken.status_code, answer.status_code) == (422, 201)


@pytest.mark.django_db
def test_keys_of_two_tokens_do_not_meet(program):
    first, second = program("people_lead"), program("people_lead")
    first.post("/people", ANA, **{"Idempotency-Key": "one"})

    answer = second.post(
        "/people", {"name": "Eva", "username": "eva"}, **{"Idempotency-Key": "one"}
    )

    assert answer.status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", " ", "with space", "é", "x" * 201])
def test_a_key_that_is_none_is_refused(program, key):
    answer = program().post("/people", ANA, **{"Idempotency-Key": key})

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "key_refused")
    assert not Account.objects.filter(username="ana").exists()


@pytest.mark.django_db
def test_a_secret_is_not_shown_again(program):
    lead = program("people_lead")
    body = lead.post("/representations", {"name": "Council", "kind": "works_council"}).json()
    path = f"/representations/{body['id']}/invitations"
    first = lead.post(path, {"days": 3}, **{"Idempotency-Key": "one"})

    again = lead.post(path, {"days": 3}, **{"Idempotency-Key": "one"})

    assert "/name-your-representative/" in first.json()["link"]
    assert (again.status_code, again.json()["error"]["code"]) == (409, "answered_once")
    assert not ApiAnswer.objects.exclude(answer="").exists()


@pytest.mark.django_db
def test_an_answer_is_kept_for_a_day(program):
    lead = program("people_lead")
    lead.post("/people", ANA, **{"Idempotency-Key": "one"})

    assert forget_answers(at=datetime.now(UTC) + timedelta(hours=23)) == 0
    assert forget_answers(at=datetime.now(UTC) + timedelta(hours=25)) == 1
    assert not ApiAnswer.objects.exists()


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """A lead's program in a database that several connections write to at once.

    In memory, SQLite locks tables without waiting, unlike the file of a real installation: there
    the rows move to a file first.
    """
    now = datetime.now(UTC)
    lead = a_program(a_person(an_organisation("northbank", at=now), "people_lead", at=now))
    if connection.vendor == "sqlite":
        path = tmp_path / "shared.sqlite3"
        with closing(sqlite3.connect(path)) as file:
            connection.connection.backup(file)
        monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
    return lead


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_done_once(shared):
    def send(_number):
        try:
            return shared.post("/people", ANA, **{"Idempotency-Key": "one"})
        finally:
            connection.close()

    def count():
        try:
            return Account.objects.filter(username="ana").count()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(8)))
        stored = pool.submit(count).result()

    assert [each.status_code for each in answers] == [201] * 8
    assert len({each.json()["id"] for each in answers}) == 1
    assert stored == 1
