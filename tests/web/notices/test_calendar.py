"""The private calendar, parsed back: the days of the page, and no word of what they are about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from commonweal_web.house.declaration import Room, Waiting
from commonweal_web.notices.models import Feed
from commonweal_web.notices.queries import everything_waiting
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of, operator
from commonweal_web.record.action import action
from factories.systems import a_use

Browse = Callable[..., Client]
PersonOf = Callable[..., Account]
SECRET_WORDS = ("Shift planner", "Harbour", "Pace board")


@pytest.fixture(autouse=True)
def no_earlier_reads() -> None:
    cache.clear()


@pytest.fixture
def lead(person: PersonOf, now: datetime) -> Account:
    """A people lead for whom two reviews wait, one of them overdue."""
    account = person("people_lead")
    by = actor_of(account, on=now.date())
    for name, days in (("Shift planner", -3), ("Pace board", 12)):
        use = a_use(account.organisation, at=now, name=name, stage="in_use")
        with action("tests.review", organisation=use.organisation, by=by, at=now) as act:
            act.change(use, review_on=now.date() + timedelta(days=days))
    return account


def address_of(browser: Client, audience: str = "desk") -> str:
    """The path of a new calendar address, as the page shows it once."""
    answer = browser.post(f"/{audience}/notices/calendar/")
    assert answer["Cache-Control"].startswith("max-age=0")
    found: str = answer.context["address"]
    return found[found.index("/public/") :]


def entries(client: Client, address: str) -> list[Any]:
    """The days in a calendar, as a calendar program reads them."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_calendar_has_the_days_of_the_page_and_no_others(
    browse: Browse, client: Client, lead: Account, now: datetime, at_now: None
) -> None:
    waiting = everything_waiting(
        actor=actor_of(lead, on=now.date()), organisation=lead.organisation, at=now
    )
    on_the_page = sorted(each.due for each in waiting if each.due)
    found = entries(client, address_of(browse(account=lead)))
    assert sorted(each.decoded("dtstart") for each in found) == on_the_page
    assert len(on_the_page) >= 2


def test_an_entry_is_a_whole_day_with_one_neutral_word_and_leads_to_the_first_page(
    browse: Browse, client: Client, lead: Account, settings: Any, at_now: None
) -> None:
    settings.PUBLIC_ADDRESS = "https://commonweal.north.example"
    address = address_of(browse(account=lead))
    for each in entries(client, address):
        assert type(each.decoded("dtstart")) is date
        assert each["summary"] == "A date in Commonweal: review"
        assert each["url"] == "https://commonweal.north.example/"
        assert each["class"] == "PRIVATE"
        assert "description" not in each
    text = client.get(address).content.decode()
    assert not any(word in text for word in (*SECRET_WORDS, "systems", lead.name))


def test_an_entry_keeps_its_id_so_that_a_calendar_moves_it(
    browse: Browse, client: Client, lead: Account, at_now: None
) -> None:
    browser = browse(account=lead)
    first = {str(each["uid"]) for each in entries(client, address_of(browser))}
    again = {str(each["uid"]) for each in entries(client, address_of(browser))}
    assert first == again
    assert len(first) == 2


def test_the_day_of_what_is_private_stays_when_it_is_done(
    browse: Browse, client: Client, person: PersonOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def private(*, is_done: bool) -> Any:
        one = Waiting(
            "Questions",
            "A few.",
            "/my/",
            "Begin",
            due=date(2026, 12, 1),
            key="job_impact.own:1",
            date_words="questions",
            is_private=True,
            is_done=is_done,
        )
        return lambda **_asked: [one]

    account = person("worker")
    browser = browse(account=account)
    address = address_of(browser, "my")
    seen, shown = [], []
    for is_done in (False, True):
        room = Room(name="one", title="", waiting=(private(is_done=is_done),))
        rooms = partial(tuple, [room])
        monkeypatch.setattr("commonweal_web.notices.queries.waiting.rooms", rooms)
        seen.append(client.get(address).content)
        shown.append("Begin" in browser.get("/my/").content.decode())
    assert seen[0] == seen[1]
    assert shown == [True, False]


def test_wrong_old_and_switched_off_addresses_are_answered_alike(
    browse: Browse, client: Client, lead: Account, now: datetime, other_organisation: Any
) -> None:
    browser = browse(account=lead)
    old, address = address_of(browser), address_of(browser)
    secret = address.rsplit("/", 1)[1]
    wrong = client.get(f"/public/northbank/calendar/{'x' * 43}.ics")
    elsewhere = client.get(f"/public/southquay/calendar/{secret}")
    nowhere = client.get(f"/public/nobody/calendar/{secret}")
    browser.post("/desk/notices/calendar/off/")
    off = client.get(address)
    answers = [wrong, elsewhere, nowhere, off, client.get(old)]
    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1


def test_a_closed_account_has_no_calendar(
    browse: Browse, client: Client, lead: Account, now: datetime
) -> None:
    address = address_of(browse(account=lead))
    with action("tests.close", organisation=lead.organisation, by=operator(), at=now) as act:
        act.change(lead, is_active=False)
    assert client.get(address).status_code == 404


def test_only_a_digest_of_the_secret_is_kept(browse: Browse, lead: Account) -> None:
    secret = address_of(browse(account=lead)).rsplit("/", 1)[1].removesuffix(".ics")
    kept = " ".join(str(value) for value in Feed.objects.values().get().values())
    assert secret not in kept
    assert len(secret) >= 43


def test_nothing_on_the_way_keeps_a_calendar_and_it_is_not_sent_twice(
    browse: Browse, client: Client, lead: Account
) -> None:
    address = address_of(browse(account=lead))
    answer = client.get(address)
    assert answer["Cache-Control"] == "no-store, private"
    assert "Set-Cookie" not in answer
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_an_address_that_is_read_every_second_is_turned_away(
    browse: Browse, client: Client, lead: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commonweal_web.notices.views.FEED_READS_AN_HOUR", 3)
    address = address_of(browse(account=lead))
    assert {client.head(address).status_code for _each in range(3)} == {200}
    assert client.head(address).status_code == 429


@pytest.fixture
def at_now(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """The calendar is read at the moment of the test."""
    monkeypatch.setattr("commonweal_web.notices.views.timezone.now", lambda: now)
