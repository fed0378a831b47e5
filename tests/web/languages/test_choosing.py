"""Whoever is not signed in chooses a language at the top of the page, and sees whom to ask."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from commonweal_web.house.refusals import Refused
from commonweal_web.house.texts import day_text, in_english, kept_text
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.workplaces.actions import change_organisation
from factories.people import an_organisation

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


def test_a_link_chooses_the_language_of_this_page_and_the_next(client: Client) -> None:
    first = client.get(SIGN_IN, {"language": "de"})
    assert '<html lang="de">' in first.content.decode()
    cookie = first.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["httponly"], cookie["max-age"]) == ("de", True, "")
    assert '<html lang="de">' in client.get(SIGN_IN).content.decode()


def test_the_choice_keeps_where_somebody_was_going(client: Client) -> None:
    html = client.get(SIGN_IN, {"next": "/my/?a=1&b=2"}).content.decode()
    assert "?language=es&amp;next=%2Fmy%2F%3Fa%3D1%26b%3D2" in html


@pytest.mark.parametrize("odd", ["xx", "de\r\nSet-Cookie: a=b", "../de", ""])
def test_a_language_that_is_not_ours_changes_nothing(client: Client, odd: str) -> None:
    answer = client.get(SIGN_IN, {"language": odd})
    assert answer.status_code == 200
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_a_public_page_sets_a_cookie_only_for_whoever_chose_a_language(client: Client) -> None:
    assert not client.get("/public/").cookies
    client.get("/public/", {"language": "de"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "de"
    assert '<html lang="de"' in client.get("/public/about/privacy/").content.decode()


def test_the_sign_in_page_says_whom_to_ask(
    client: Client, organisation: Organisation, now: datetime
) -> None:
    assert "Ask whoever gave you your way in here." in client.get(SIGN_IN).content.decode()
    change_organisation(
        organisation=organisation,
        by=operator(),
        at=now,
        name=organisation.name,
        currency="EUR",
        help_contact="Ines, room 4, 555 010",
    )
    assert "Ines, room 4, 555 010" in client.get(SIGN_IN).content.decode()
    an_organisation("second", at=now)
    assert "555 010" not in client.get(SIGN_IN).content.decode()


def test_a_kept_sentence_is_said_in_english_where_it_must_be_the_same_for_all() -> None:
    with translation.override("de"), in_english():
        assert translation.gettext("Yes") == "Yes"
    assert kept_text("") == ""
    assert kept_text("What somebody typed.") == "What somebody typed."


def test_a_day_stands_as_its_readers_write_it() -> None:
    with translation.override("en"):
        assert day_text(date(2026, 5, 3)) == "3 May 2026"


def test_the_organisation_says_in_which_language_people_write(
    organisation: Organisation, now: datetime
) -> None:
    facts = {"organisation": organisation, "by": operator(), "at": now, "name": "N"}
    changed = change_organisation(currency="EUR", language="de", **facts)
    assert changed.language == "de"
    assert change_organisation(currency="EUR", **facts).language == "de"
    with pytest.raises(Refused, match="no language of this site"):
        change_organisation(currency="EUR", language="xx", **facts)
