"""A person's own notices and how they are told: theirs alone, and cleared for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from commonweal_web.notices.models import Notice, Preference
from commonweal_web.people.models import Account
from commonweal_web.record.models import LogLeaf
from web.notices.conftest import Mailbox

Browse = Callable[..., Client]
Told = Callable[..., None]
PersonOf = Callable[..., Account]


@pytest.fixture
def owner(person: PersonOf) -> Account:
    return person("use_owner")


def test_an_empty_page_says_what_will_stand_here(browse: Browse) -> None:
    for role, address in (("worker", "/my/notices/"), ("use_owner", "/desk/notices/")):
        assert "Nothing new right now" in browse(role).get(address).content.decode()


def test_a_notice_stands_on_the_first_page_and_leads_to_its_subject(
    browse: Browse, owner: Account, told: Told
) -> None:
    told(owner)
    notice = Notice.objects.get()
    browser = browse(account=owner)
    for address in ("/desk/", "/desk/notices/"):
        html = browser.get(address).content.decode()
        assert "A gate waits for your side" in html
        assert f"/desk/notices/{notice.pk}/" in html
    assert browser.get(f"/desk/notices/{notice.pk}/")["Location"] == "/desk/uses/"


def test_that_a_notice_was_opened_is_kept_nowhere(
    browse: Browse, owner: Account, told: Told
) -> None:
    told(owner)
    before = Notice.objects.values().get()
    browse(account=owner).get(f"/desk/notices/{before['id']}/")
    assert Notice.objects.values().get() == before


def test_a_notice_is_cleared_for_good_and_by_its_holder_only(
    browse: Browse, owner: Account, person: PersonOf, told: Told
) -> None:
    told(owner)
    notice = Notice.objects.get()
    other = browse("people_lead", "executive")
    assert other.get(f"/desk/notices/{notice.pk}/").status_code == 404
    assert other.post(f"/desk/notices/{notice.pk}/clear/").status_code == 404
    leaves = LogLeaf.objects.count()
    assert browse(account=owner).post(f"/desk/notices/{notice.pk}/clear/").status_code == 302
    assert not Notice.objects.exists()
    assert LogLeaf.objects.count() == leaves
    assert browse(account=owner).get(f"/desk/notices/{uuid4()}/").status_code == 404


def test_clearing_all_keeps_what_came_after_the_page_was_opened(
    browse: Browse, owner: Account, told: Told, now: datetime
) -> None:
    told(owner, about="systems.gate:1")
    told(owner, about="systems.gate:2", at=now + timedelta(minutes=5))
    browse(account=owner).post("/desk/notices/clear/", {"until": now.isoformat()})
    assert [each.about for each in Notice.objects.all()] == ["systems.gate:2"]


@pytest.mark.parametrize("audience", ["my", "desk"])
def test_a_person_chooses_how_they_are_told(
    browse: Browse, person: PersonOf, audience: str, mailbox: Mailbox
) -> None:
    account = person("worker" if audience == "my" else "use_owner")
    browser = browse(account=account)
    address = f"/{audience}/notices/how/"
    assert "How we tell you" in browser.get(address).content.decode()
    given = {"channel": "mail", "rhythm": "at_once", "email": "me@home.example"}
    assert browser.post(address, given)["Location"] == address
    chosen = Preference.objects.get()
    account.refresh_from_db()
    assert (chosen.channel, chosen.rhythm) == ("mail", "at_once")
    assert account.email == "me@home.example"
    assert "me@home.example" in browser.get(address).content.decode()


def test_a_choice_that_does_not_exist_is_refused(browse: Browse, owner: Account) -> None:
    answer = browse(account=owner).post("/desk/notices/how/", {"channel": "pigeon", "rhythm": ""})
    assert set(answer.context["form"].errors) == {"channel", "rhythm"}
    assert not Preference.objects.exists()


def test_without_a_mail_server_the_page_says_so(browse: Browse, settings: Any) -> None:
    settings.MAIL_IS_SET = False
    html = browse("worker").get("/my/notices/how/").content.decode()
    assert "No mail is sent from here at the moment" in html


def test_the_page_of_ones_account_leads_there(browse: Browse) -> None:
    assert "/my/notices/how/" in browse("worker").get("/my/account/").content.decode()
    assert "/desk/notices/how/" in browse("executive").get("/desk/account/").content.decode()


def test_nobody_signed_in_is_told_to_sign_in(client: Client) -> None:
    for address in ("/my/notices/", "/desk/notices/", "/desk/notices/how/"):
        assert client.get(address)["Location"].startswith("/sign-in/")


def test_a_page_of_notices_costs_the_same_for_one_and_for_many(
    browse: Browse, owner: Account, told: Told, django_assert_max_num_queries: Any
) -> None:
    browser = browse(account=owner)
    told(owner)
    with django_assert_max_num_queries(12) as one:
        browser.get("/desk/notices/")
    for number in range(30):
        told(owner, about=f"systems.gate:{number}")
    with django_assert_max_num_queries(len(one.captured_queries)):
        browser.get("/desk/notices/")
