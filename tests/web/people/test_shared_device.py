"""Sitting at a device: how long a session lasts, and what is left when somebody signs out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from commonweal_web.people import sessions
from commonweal_web.people.actions import forget_who_left
from commonweal_web.people.models import Account
from factories.code_sheets import a_sheet

Person = Callable[..., Account]
PASSWORD = "tidal cedar lantern"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def now() -> datetime:
    """Sessions ask the clock."""
    return timezone.now()


def came_in(person: Person, now: datetime, *, device: str) -> Client:
    client = Client()
    code = a_sheet(person("worker"), at=now).codes[0]
    client.post("/sign-in/code/", {"code": code, "device": device})
    return client


@pytest.mark.parametrize(
    ("device", "minutes"), [("shared", 5), ("own", 30), ("", 5), ("a fridge", 5)]
)
def test_a_session_ends_soon_on_a_shared_device_and_later_on_one_s_own(
    person: Person, now: datetime, device: str, minutes: int
) -> None:
    came_in(person, now, device=device)
    ends = Session.objects.get().expire_date
    assert timedelta() <= ends - now - minutes * MINUTE < timedelta(seconds=20)


def test_the_cookie_goes_with_the_browser_however_long_the_session_lasts(
    person: Person, now: datetime
) -> None:
    cookie = came_in(person, now, device="shared").cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]


def run_out(client: Client) -> None:
    """Let the idle time of a session pass."""
    Session.objects.filter(pk=client.session.session_key).update(
        expire_date=timezone.now() - MINUTE
    )


def test_after_the_idle_time_the_server_asks_to_sign_in_again(
    person: Person, now: datetime
) -> None:
    client = came_in(person, now, device="shared")
    assert client.get("/my/account/").status_code == 200
    run_out(client)
    assert client.get("/my/account/").status_code == 302
    assert forget_who_left(at=timezone.now()) == 0
    assert not Session.objects.exists()


def test_each_page_lets_the_time_count_anew_but_writes_at_most_twice_a_minute(
    person: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = came_in(person, now, device="shared")
    before = Session.objects.get().expire_date
    client.get("/my/account/")
    assert Session.objects.get().expire_date == before
    monkeypatch.setattr(sessions.time, "time", lambda: now.timestamp() + 31)
    client.get("/still-here/")
    assert Session.objects.get().expire_date > before


def test_a_sign_of_life_tells_a_stranger_nothing(db: None) -> None:
    answer = Client().get("/still-here/")
    assert answer.json() == {"here": False}
    assert not answer.cookies


def test_a_password_asks_whose_device_it_is_as_well(person: Person, now: datetime) -> None:
    worker = person("worker", password=PASSWORD)
    for device, seconds in (("shared", 300), ("own", 1800), ("", 300)):
        client = Client()
        client.post(
            "/sign-in/", {"login": worker.username, "password": PASSWORD, "device": device}
        )
        assert sessions.idle_seconds(client.session) == seconds


def test_a_way_in_that_asks_nothing_counts_as_one_s_own_device(
    browse: Callable[..., Client],
) -> None:
    assert sessions.idle_seconds(browse("worker").session) == 1800


def test_every_page_says_when_it_leaves_by_itself_with_script_and_without(
    person: Person, now: datetime
) -> None:
    text = came_in(person, now, device="shared").get("/my/account/").content.decode()
    assert re.search(r'<noscript><meta http-equiv="refresh" content="300; url=/signed-out/', text)
    assert 'data-idle="300"' in text
    assert "idle.js" not in Client().get("/sign-in/code/").content.decode()


def test_signing_out_deletes_the_session_and_every_cookie(person: Person, now: datetime) -> None:
    client = came_in(person, now, device="shared")
    client.get("/my/account/")
    client.cookies["django_language"] = "de"
    client.cookies["messages"] = "something"
    answer = client.post("/sign-out/")
    assert not Session.objects.exists()
    assert answer.status_code == 302
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    for name in ("sessionid", "csrftoken", "django_language", "messages"):
        assert answer.cookies[name]["max-age"] == 0, name
        assert answer.cookies[name].value == ""
    client.cookies.clear()  # as a browser does with cookies whose time is over
    page = client.get(answer["Location"])
    assert '<html lang="de"' in page.content.decode()
    assert page["Clear-Site-Data"]
    assert {name: each.value for name, each in page.cookies.items() if each.value} == {}
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(("asked", "shown"), [("es", "es"), ("xx", "en"), ("", "en")])
def test_the_last_page_is_in_the_language_of_whoever_left(
    db: None, asked: str, shown: str
) -> None:
    page = Client().get("/signed-out/", {"in": asked})
    assert f'<html lang="{shown}">' in page.content.decode()


def test_after_idle_time_the_page_says_why(db: None) -> None:
    page = Client().get("/signed-out/?after=idle")
    assert "Nothing was touched for a while" in page.content.decode()


def test_a_link_from_elsewhere_signs_nobody_out(browse: Callable[..., Client]) -> None:
    client = browse("worker")
    answer = client.get("/signed-out/")
    assert answer["Location"] == "/"
    assert "Clear-Site-Data" not in answer
    assert client.get("/my/account/").status_code == 200


def test_each_worker_page_has_a_button_that_signs_out(browse: Callable[..., Client]) -> None:
    text = browse("worker").get("/my/account/").content.decode()
    form = re.search(r'<form class="leave[^>]*action="/sign-out/">.*?</form>', text, re.S)
    assert form
    assert "Sign out" in form[0]


PRIVATE = (
    "/",
    "/my/",
    "/my/account/",
    "/my/voices/",
    "/desk/",
    "/desk/people/",
    "/desk/account/",
    "/account/second-step/",
    "/account/password/",
    "/sign-in/",
    "/sign-in/code/",
    "/sign-out/",
    "/nowhere/",
    "/api/v1/people",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_browsers_keep_nothing_of_what_is_not_public(
    browse: Callable[..., Client], address: str
) -> None:
    for client in (browse("worker", "people_lead"), Client()):
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"], (address, answer.status_code)


def test_what_anybody_may_read_stays_free_of_sessions(db: None) -> None:
    answer: Any = Client().get("/public/")
    assert "no-store" not in answer.get("Cache-Control", "")
    assert "Cookie" not in answer.get("Vary", "")


def test_nothing_shows_when_somebody_was_last_here(
    person: Person, browse: Callable[..., Client], now: datetime
) -> None:
    """Before and after a visit, everybody else sees the same pages of a person."""
    worker, lead = person("worker"), browse("people_lead")
    made = a_sheet(worker, at=now)

    def seen() -> list[str]:
        pages = [lead.get(f"/desk/people/{worker.pk}/"), lead.get("/desk/people/")]
        return [re.sub(r'value="[\w-]{32,}"', "", each.content.decode()) for each in pages]

    before = seen()
    Client().post("/sign-in/code/", {"code": made.codes[0], "device": "shared"})
    assert seen() == before
