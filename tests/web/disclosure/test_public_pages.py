"""What anyone may read: without a session or cookie, cacheable, in words and as data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from commonweal_web.disclosure import actions, queries
from factories.disclosure import SHARE, a_commitment, a_risk, publish

ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "/public/northbank/"


@pytest.fixture
def disclosed(organisation: Any, use: Any, now: Any) -> Any:
    """A use whose page stands in two versions."""
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    publish(use, at=now)
    a_risk(use, at=now, title="Break time shrinks")
    publish(use, at=now + timedelta(days=2))
    return use


def addresses(use: Any) -> list[str]:
    """Every public address of one organisation with one use."""
    page = f"{HOME}uses/{use.pk}"
    return [
        "/public/",
        HOME,
        "/public/northbank.json",
        f"{HOME}feed.atom",
        f"{HOME}versions/1/",
        f"{HOME}versions/1.json",
        f"{HOME}versions/2/changes/",
        f"{HOME}commitment/",
        f"{HOME}commitment.json",
        f"{HOME}commitment/versions/1/",
        f"{HOME}commitment/versions/1.json",
        f"{HOME}commitment/versions/1/changes/",
        f"{page}/",
        f"{page}.json",
        f"{page}/versions/1/",
        f"{page}/versions/1.json",
        f"{page}/versions/1/changes/",
        f"{page}/versions/2/changes/",
    ]


def test_every_public_page_answers_nobody_in_particular(disclosed: Any) -> None:
    for address in addresses(disclosed):
        response = Client().get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        assert "public" in response["Cache-Control"], address
        assert "'none'" in response["Content-Security-Policy"], address
        assert b"<script" not in response.content, address


def test_public_pages_change_nothing(disclosed: Any) -> None:
    for address in addresses(disclosed):
        assert Client().post(address).status_code == 405


def test_public_pages_cost_a_constant_number_of_statements(
    organisation: Any, disclosed: Any, now: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        a_risk(disclosed, at=now, title=f"Risk {number}")
        publish(disclosed, at=now)
    for address in addresses(disclosed):
        with django_assert_max_num_queries(14):
            Client().get(address)


@pytest.mark.parametrize(
    "address",
    [
        "/public/nowhere/",
        "/public/nowhere/commitment/",
        "/public/nowhere/feed.atom",
        "/public/nowhere.json",
        "/public/southquay/",
        "/public/northbank/uses/11111111-1111-4111-8111-111111111111/",
        "/public/northbank/versions/99/",
        "/public/northbank/commitment/versions/99/",
        "/public/northbank/versions/0/changes/",
    ],
)
def test_an_address_at_which_nothing_was_published_is_not_here(
    disclosed: Any, other_organisation: Any, address: str
) -> None:
    assert Client().get(address).status_code == 404


def test_a_use_is_read_at_its_own_organisation_only(
    other_organisation: Any, disclosed: Any, now: Any
) -> None:
    a_commitment(other_organisation, at=now)
    assert Client().get(f"/public/southquay/uses/{disclosed.pk}/").status_code == 404


def test_the_page_of_a_use_says_for_whom_why_and_what_is_done(disclosed: Any) -> None:
    text = Client().get(f"{HOME}uses/{disclosed.pk}/").content.decode()
    for words in (
        "Version 2",
        "what changed since version 1",
        "For people who work here and anyone who asks.",
        "reaches 4 of 5",
        "23 November 2026",
        "Less notice for shift changes",
        "31 contract drivers",
        "under 10 night pickers",
        "no accepted answer yet",
        "What workers decided",
        "Check it yourself",
        "does not endorse",
    ):
        assert words in text, words


def test_an_old_version_stays_as_it_was(disclosed: Any, now: Any) -> None:
    address = f"{HOME}uses/{disclosed.pk}/versions/1/"
    before = Client().get(address).content
    assert b"Break time shrinks" not in before
    a_risk(disclosed, at=now, title="Rest days move")
    publish(disclosed, at=now)
    data = Client().get(address.rstrip("/") + ".json").json()
    assert [each["title"] for each in data["published"]["page"]["lines"]] == [
        "Less notice for shift changes"
    ]
    assert b"Rest days move" not in Client().get(address).content


def test_what_is_met_and_undisclosed_is_itself_public(
    organisation: Any, use: Any, now: Any, monkeypatch: Any
) -> None:
    a_commitment(organisation, at=now - timedelta(days=30))
    a_risk(use, at=now - timedelta(days=12))
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    text = Client().get(HOME).content.decode()
    assert "threshold met, undisclosed for 12 days" in text
    data = Client().get("/public/northbank.json").json()
    assert data["undisclosed"] == [
        {"use": str(use.pk), "name": "Shift planner", "since": "2026-11-11", "days": 12}
    ]


def test_the_risk_itself_is_not_told_before_it_is_published(
    organisation: Any, use: Any, now: Any
) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    for address in (HOME, "/public/northbank.json", f"{HOME}feed.atom"):
        assert b"Less notice" not in Client().get(address).content


def test_anyone_can_check_that_data_is_what_was_recorded(disclosed: Any) -> None:
    data = Client().get(f"{HOME}uses/{disclosed.pk}.json").json()
    made = queries.page_id(data["published"])
    assert data["record"]["subject"] == f"disclosure.publishedpage:{made}"
    step = Client().get(data["record"]["address"])
    assert step.status_code == 200


def test_the_feed_is_atom_and_names_every_change_once(
    organisation: Any, disclosed: Any, now: Any
) -> None:
    response = Client().get(f"{HOME}feed.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for part in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert part.findtext(f"{ATOM}{name}"), name
    ids = [each.findtext(f"{ATOM}id") for each in entries]
    assert len(ids) == len(set(ids)) == 2 + 3 + 1 + 2
    assert all(UUID(each.removeprefix("urn:uuid:")) for each in ids)
    times = [each.findtext(f"{ATOM}updated") for each in entries]
    assert times == sorted(times, reverse=True)
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == organisation.name


def test_the_commitment_says_where_the_share_comes_from(organisation: Any, now: Any) -> None:
    a_commitment(organisation, SHARE, at=now, source_of_share="About a quarter reached it.")
    text = Client().get(f"{HOME}commitment/").content.decode()
    assert "About a quarter reached it." in text
    assert "We look at it again on" in text
    assert "Nobody outside was asked" in text


def test_what_changed_in_the_commitment_is_told_in_words(organisation: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    a_commitment(organisation, {"kind": "severity", "at_least": 3}, at=now)
    text = Client().get(f"{HOME}commitment/versions/2/changes/").content.decode()
    assert "<del>4</del>" in text
    assert "<ins>3</ins>" in text


def test_a_withdrawn_page_says_why(organisation: Any, use: Any, now: Any, given: Any) -> None:
    a_commitment(organisation, at=now)
    publish(use, at=now)
    actions.withdraw_use_page(**given, use=use, reason="The use never began.")
    text = Client().get(f"{HOME}uses/{use.pk}/").content.decode()
    assert "The use never began." in text


def test_a_language_is_chosen_by_the_address(disclosed: Any) -> None:
    response = Client().get(f"{HOME}?language=es")
    assert response["Content-Language"] == "es"
    assert b'lang="es"' in response.content
    assert Client().get(f"{HOME}?language=xx")["Content-Language"] == "en"


def test_what_people_typed_is_never_read_as_a_page(organisation: Any, use: Any, now: Any) -> None:
    a_commitment(organisation, at=now, why="<b onclick=x>bold</b>")
    a_risk(use, at=now, title="<img src=x>")
    publish(use, at=now)
    for address in addresses(use)[:16]:
        response = Client().get(address)
        if "html" in response["Content-Type"]:
            assert b"<img" not in response.content
            assert b"<b onclick" not in response.content
