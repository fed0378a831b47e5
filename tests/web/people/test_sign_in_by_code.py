"""Coming in by a printed code: once, alike for all that is wrong, and never shut out."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from commonweal.people.codes import BYTES_FOR_A_CODE, as_printed, code_from
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import actions, code_views, queries
from commonweal_web.people.models import Account, CodeLeft, WrongTries
from commonweal_web.people.queries import actor_of, operator
from commonweal_web.record.action import action
from factories import people as make
from factories.code_sheets import a_sheet, send_code

Person = Callable[..., Account]
PASSWORD = "tidal cedar lantern"


@pytest.fixture
def now() -> datetime:
    """The door asks the clock, so the sheets of these tests are printed today."""
    return timezone.now()


def fresh(text: str) -> str:
    """A page without the two values that are drawn anew each time it is sent."""
    return re.sub(r'(name="(?:csrfmiddlewaretoken|waited)" value=)"[^"]+"', r"\1", text)


def a_wrong_code(number: int = 0) -> str:
    return as_printed(code_from(number.to_bytes(BYTES_FOR_A_CODE, "big")))


def test_a_worker_comes_in_by_a_code_without_a_name_or_a_password(
    person: Person, now: datetime
) -> None:
    made = a_sheet(person("worker", name="Ana"), at=now)
    client = Client()
    assert send_code(made.codes[4], client=client)["Location"] == "/"
    assert client.get("/")["Location"] == "/my/"
    assert b"Ana" in client.get("/my/account/").content
    assert CodeLeft.objects.filter(sheet=made.sheet).count() == 11


@pytest.mark.parametrize("how", [str.lower, lambda code: code.replace("-", " ")])
def test_a_code_may_be_typed_in_any_way(
    person: Person, now: datetime, how: Callable[[str], str]
) -> None:
    made = a_sheet(person("worker"), at=now)
    assert send_code(how(made.codes[0])).status_code == 302


def the_codes_that_do_not_work(
    person: Person, organisation: Organisation, now: datetime
) -> dict[str, str]:
    """One code for each thing that can be wrong with it."""
    used = a_sheet(person("worker"), at=now)
    send_code(used.codes[0])
    expired = a_sheet(person("worker"), at=now)
    with action("tests.expire", organisation=organisation, by=operator(), at=now) as act:
        act.change(expired.sheet, expires_on=now.date() - timedelta(days=1))
    replaced = a_sheet(person("worker"), at=now)
    a_sheet(replaced.account, at=now)
    cancelled = a_sheet(person("worker"), at=now)
    actions.cancel_sheet(
        organisation=organisation,
        by=actor_of(cancelled.account, on=now.date()),
        at=now,
        sheet=cancelled.sheet,
    )
    closed = a_sheet(person("worker"), at=now)
    actions.close_account(organisation=organisation, by=operator(), at=now, account=closed.account)
    return {
        "wrong": a_wrong_code(7),
        "used": used.codes[0],
        "expired": expired.codes[0],
        "replaced": replaced.codes[0],
        "cancelled": cancelled.codes[0],
        "of a closed account": closed.codes[0],
        "mistyped": a_wrong_code(7)[:-1] + "!",
        "too short": "ABCD",
        "empty": "",
        "far too long": "A" * 5000,
        "not letters": "\u0000💥",
    }


def test_an_expired_used_or_mistyped_code_is_answered_like_a_wrong_one(
    person: Person, organisation: Organisation, now: datetime
) -> None:
    tried = the_codes_that_do_not_work(person, organisation, now)
    answers = {what: send_code(code) for what, code in tried.items()}
    assert {each.status_code for each in answers.values()} == {200}
    assert {fresh(each.content.decode()) for each in answers.values()} == {
        fresh(answers["wrong"].content.decode())
    }
    assert {len(each.content) for each in answers.values()} == {len(answers["wrong"].content)}
    heads = {frozenset(each.headers) for each in answers.values()}
    assert len(heads) == 1
    assert "This code does not work" in answers["wrong"].content.decode()
    assert "ABCD" not in answers["too short"].content.decode()


def test_each_wrong_code_costs_the_same_statements(
    person: Person, organisation: Organisation, now: datetime
) -> None:
    from django.test.utils import CaptureQueriesContext

    tried = the_codes_that_do_not_work(person, organisation, now)
    asked: dict[str, list[str]] = {}
    for what, code in tried.items():
        with CaptureQueriesContext(connection) as caught:
            send_code(code)
        asked[what] = [re.sub(r"'[^']*'|\d+", "?", each["sql"]) for each in caught]
    first = asked.pop("wrong")
    assert all(each == first for each in asked.values())


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_send_one_code_at_once_one_comes_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    now = timezone.now()
    worker = make.a_person(make.an_organisation("northbank", at=now), "worker", at=now)
    code = a_sheet(worker, at=now).codes[0]
    if connection.vendor == "sqlite":  # in memory, SQLite refuses instead of waiting
        path = tmp_path / "shared.sqlite3"
        with closing(sqlite3.connect(path)) as file:
            connection.connection.backup(file)
        monkeypatch.setitem(connection.settings_dict, "NAME", str(path))

    def send(_number: int) -> int:
        try:
            return int(send_code(code).status_code)
        finally:
            connection.close()

    def sessions() -> int:
        try:
            return Session.objects.count()
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        statuses = list(pool.map(send, range(50)))
        assert pool.submit(sessions).result() == 1
    assert statuses.count(302) == 1
    assert set(statuses) <= {302, 200, 429}


def test_whoever_came_in_by_a_code_is_a_worker_and_nothing_more(
    person: Person, now: datetime
) -> None:
    lead = person("worker", "worker_representative", password=PASSWORD)
    made = a_sheet(lead, at=now)
    client = Client()
    send_code(made.codes[0], client=client)
    assert client.get("/")["Location"] == "/my/"
    assert client.get("/desk/").status_code == 403
    assert client.get("/desk/people/").status_code == 403
    with_password = Client()
    with_password.post("/sign-in/", {"login": lead.username, "password": PASSWORD})
    assert with_password.get("/desk/").status_code == 200


@pytest.mark.parametrize("role", ["people_lead", "registrar", "case_handler", "administrator"])
def test_a_code_gives_no_right_of_a_role_that_needs_a_password(
    person: Person, now: datetime, role: str
) -> None:
    made = a_sheet(person(role), at=now)
    client = Client()
    send_code(made.codes[0], client=client)
    for address in ("/desk/", "/desk/people/", "/desk/account/", "/desk/workplaces/"):
        assert client.get(address).status_code == 403, address


@pytest.mark.parametrize(
    "address",
    [
        "/account/password/",
        "/account/second-step/",
        "/account/second-step/keys/add/",
        "/account/second-step/app/on/",
        "/account/second-step/recovery/new/",
        "/account/second-step/recovery/codes.txt",
        "/account/work/",
    ],
)
def test_a_code_changes_no_other_way_in(person: Person, now: datetime, address: str) -> None:
    made = a_sheet(person("worker", "worker_representative"), at=now)
    client = Client()
    send_code(made.codes[0], client=client)
    for answer in (client.get(address), client.post(address, {})):
        assert answer.status_code == 403
        assert b"This needs your password" in answer.content


def test_a_worker_chooses_a_password_after_a_code_and_stays_signed_in(
    person: Person, now: datetime
) -> None:
    worker = person("worker", password_is_own=False)
    made = a_sheet(worker, at=now)
    client = Client()
    send_code(made.codes[0], client=client)
    two = {"password1": PASSWORD, "password2": PASSWORD}
    differ = client.post("/account/own-password/", two | {"password2": "something else"})
    assert b"The two passwords differ" in differ.content
    weak = client.post("/account/own-password/", {"password1": "short", "password2": "short"})
    assert b"too short" in weak.content
    assert client.post("/account/own-password/", two)["Location"] == "/my/account/"
    assert client.get("/my/account/").status_code == 200
    worker.refresh_from_db()
    assert worker.password_is_own
    answer = Client().post("/sign-in/", {"login": worker.username, "password": PASSWORD})
    assert answer.status_code == 302
    assert send_code(made.codes[1]).status_code == 302  # the way back, should it be forgotten


def test_nobody_reaches_another_role_by_a_password_set_with_a_code(
    person: Person, now: datetime
) -> None:
    voice = person("worker", "worker_representative", password=PASSWORD)
    made = a_sheet(voice, at=now)
    client = Client()
    send_code(made.codes[0], client=client)
    two = {"password1": "another three words", "password2": "another three words"}
    answer = client.post("/account/own-password/", two)
    assert "You hold a role beside that of a worker" in answer.content.decode()
    voice.refresh_from_db()
    assert voice.check_password(PASSWORD)


def test_a_first_password_is_chosen_where_there_was_none(browse: Callable[..., Client]) -> None:
    client = browse("worker")
    assert client.get("/account/password/")["Location"] == "/account/own-password/"
    assert client.get("/account/own-password/").status_code == 200


def test_whoever_has_a_password_changes_it_with_the_old_one(
    browse: Callable[..., Client],
) -> None:
    assert (
        browse("worker", password=PASSWORD).get("/account/own-password/")["Location"]
        == "/account/password/"
    )
    assert Client().get("/account/own-password/")["Location"].startswith("/sign-in/")


def waited(page: Any) -> str:
    found = re.search(r'name="waited" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """A network from which many wrong codes came just now."""
    monkeypatch.setattr(queries.codes, "WRONG_OF_A_NETWORK", 3)
    for number in range(3):
        assert send_code(a_wrong_code(number)).status_code == 200


def test_after_many_wrong_codes_a_try_that_did_not_wait_is_not_looked_at(
    busy: None, person: Person, now: datetime
) -> None:
    made = a_sheet(person("worker"), at=now)
    answers = [send_code(code) for code in (made.codes[0], a_wrong_code(9))]
    assert [each.status_code for each in answers] == [429, 429]
    assert fresh(answers[0].content.decode()) == fresh(answers[1].content.decode())
    assert CodeLeft.objects.count() == 12


def test_a_worker_in_a_busy_network_waits_five_seconds_and_comes_in(
    busy: None, person: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_sheet(person("worker"), at=now)
    page = Client().get("/sign-in/code/")
    assert send_code(made.codes[0], waited=waited(page)).status_code == 429
    clock = time.time
    monkeypatch.setattr("django.core.signing.time.time", lambda: clock() + 6)
    assert send_code(made.codes[0], waited=waited(page)).status_code == 302


def test_waiting_in_one_network_does_not_count_in_another(
    busy: None, person: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_sheet(person("worker"), at=now)
    page = Client(REMOTE_ADDR="198.51.100.4").get("/sign-in/code/")
    clock = time.time
    monkeypatch.setattr("django.core.signing.time.time", lambda: clock() + 6)
    assert send_code(made.codes[0], waited=waited(page)).status_code == 429
    assert send_code(made.codes[0], waited="forged").status_code == 429


def test_an_outsider_slows_down_nobody_in_another_network(
    busy: None, person: Person, now: datetime
) -> None:
    made = a_sheet(person("worker"), at=now)
    elsewhere = Client(REMOTE_ADDR="198.51.100.4")
    assert send_code(made.codes[0], client=elsewhere).status_code == 302


def test_many_networks_together_slow_the_door_for_all_but_shut_it_for_nobody(
    person: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries.codes, "WRONG_OF_ALL", 3)
    made = a_sheet(person("worker"), at=now)
    for number in range(3):
        send_code(a_wrong_code(number), client=Client(REMOTE_ADDR=f"203.0.113.{number}"))
    page = Client().get("/sign-in/code/")
    assert send_code(made.codes[0], waited=waited(page)).status_code == 429
    clock = time.time
    monkeypatch.setattr("django.core.signing.time.time", lambda: clock() + 6)
    assert send_code(made.codes[0], waited=waited(page)).status_code == 302


def test_what_counts_tries_names_no_network_and_goes_within_the_hour(
    db: None, now: datetime
) -> None:
    send_code(a_wrong_code())
    rows = list(WrongTries.objects.values_list("key", flat=True))
    assert len(rows) == 2
    assert "127.0.0.1" not in str(rows)
    assert queries.tries_key("127.0.0.1", at=now) in rows
    tomorrow = now + timedelta(days=1)
    assert queries.tries_key("127.0.0.1", at=tomorrow) not in rows
    assert actions.forget_tries(at=now) == 0
    assert actions.forget_tries(at=now + timedelta(hours=1)) == 2


def test_it_goes_on_where_somebody_wanted_to_go_and_never_elsewhere(
    person: Person, now: datetime
) -> None:
    made = a_sheet(person("worker"), at=now)
    onward = send_code(made.codes[0], next="/my/account/")
    assert onward["Location"] == "/my/account/"
    codes = iter(made.codes[1:])
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert send_code(next(codes), next=elsewhere)["Location"] == "/"


def test_the_door_asks_for_nothing_that_a_browser_would_keep(db: None) -> None:
    page = Client().get("/sign-in/code/")
    text = page.content.decode()
    field = re.search(r'<input[^>]*name="code"[^>]*>', text)
    assert field
    assert 'autocomplete="off"' in field[0]
    assert "no-store" in page["Cache-Control"]
    assert re.search(r'value="shared"[^>]*checked', text)


def test_a_form_from_elsewhere_is_refused(person: Person, now: datetime) -> None:
    made = a_sheet(person("worker"), at=now)
    strict = Client(enforce_csrf_checks=True)
    assert send_code(made.codes[0], client=strict).status_code == 403
    assert CodeLeft.objects.count() == 12


def test_the_wait_is_signed_with_a_salt_of_its_own() -> None:
    assert code_views.WAIT_SECONDS == 5
    assert "waited" in code_views._waits.salt
