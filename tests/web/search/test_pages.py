"""The page of results, the box at the top of each page, and the route for programs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from commonweal_web.house.searching import SearchReader
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.search.queries import found
from commonweal_web.systems.models import Use
from factories.mitigations import Workplace
from factories.people import a_person
from factories.programs import a_program
from factories.systems import a_use

Browse = Callable[..., Client]
Read = Callable[..., SearchReader]
HIT = re.compile(r'<h3><a href="([^"]+)">')


def page(browser: Client, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_empty_page_teaches_how_to_search(browse: Browse) -> None:
    html = page(browse("people_lead"), "/desk/search/")
    assert "Find anything here by any word of it." in html
    assert "nobody sees what you look for" in html


def test_results_stand_by_kind_with_where_they_stand(place: Workplace, browse: Browse) -> None:
    html = page(browse(account=place.lead), "/desk/search/?words=planner")
    assert [each for each in ("Uses of AI", "Risks", "Decisions") if f"<h2>{each}</h2>" in html]
    assert "not answered yet" in html or "closed" in html


def test_one_kind_alone_has_pages(place: Workplace, browse: Browse) -> None:
    html = page(browse(account=place.lead), "/desk/search/?words=planner&kind=use")
    assert len(HIT.findall(html)) == 1
    assert 'aria-current="page">Uses of AI' in html.replace("\n", "")


def test_a_page_that_finds_nothing_says_what_to_try(browse: Browse) -> None:
    html = page(browse("people_lead"), "/desk/search/?words=elephant")
    assert "Nothing that you may see fits “elephant”." in html


def test_only_leaving_out_words_is_explained(browse: Browse) -> None:
    html = page(browse("people_lead"), "/desk/search/?words=-elephant")
    assert "There is no word to look for in that." in html


def test_what_was_typed_is_shown_as_text(browse: Browse) -> None:
    html = page(browse("people_lead"), "/desk/search/?words=<script>alert(1)</script>")
    assert "<script>alert" not in html


@pytest.mark.parametrize("words", ["planner", "überstunden", "rota", "depots", "built", "risk"])
@pytest.mark.parametrize("who", ["lead", "representative", "worker", "owner", "executive"])
def test_every_hit_opens_for_whom_it_was_found(
    place: Workplace, browse: Browse, who: str, words: str
) -> None:
    account: Account = getattr(place, who)
    browser = browse(account=account)
    bases = {"worker": ["/my"], "representative": ["/desk", "/my"]}.get(who, ["/desk"])
    for base in bases:
        for url in HIT.findall(page(browser, f"{base}/search/?words={words}")):
            assert url.startswith(base)
            assert browser.get(url).status_code == 200, url


def test_what_does_not_open_for_a_worker_is_not_found_by_them(
    place: Workplace, browse: Browse, organisation: Organisation, now: datetime
) -> None:
    hidden = a_use(organisation, at=now, by=place.lead, name="Planner of others")
    browser = browse(account=place.worker)
    assert browser.get(f"/my/uses/{hidden.pk}/").status_code == 404
    html = page(browser, "/my/search/?words=planner")
    assert "Planner of others" not in html
    shown = {url for url in HIT.findall(html) if "/uses/" in url}
    opens = {
        f"/my/uses/{use.pk}/"
        for use in Use.objects.all()
        if browser.get(f"/my/uses/{use.pk}/").status_code == 200
    }
    assert shown == opens


def test_the_box_stands_only_where_it_leads_somewhere(place: Workplace, browse: Browse) -> None:
    assert 'action="/desk/search/"' in page(browse(account=place.lead), "/desk/uses/")
    assert 'action="/my/search/"' in page(browse(account=place.worker), "/my/uses/")
    assert "search-box" not in page(browse(account=place.worker), "/my/search/")


def test_a_page_costs_the_same_statements_whatever_is_found(
    place: Workplace, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    browser = browse(account=place.lead)
    with django_assert_max_num_queries(12):
        page(browser, "/desk/search/?words=planner")
    with django_assert_max_num_queries(6):
        page(browser, "/desk/search/?words=planner&kind=use")


def test_programs_find_the_same(place: Workplace, reading: Read, browse: Browse) -> None:
    program = a_program(place.lead, scopes=["search:read"])
    answer = program.get("/search?words=planner&limit=2")
    assert answer.status_code == 200
    first = answer.json()
    rest = program.get(f"/search?words=planner&limit=2&cursor={quote(first['next'])}").json()
    names = [(each["kind"], each["title"]) for each in first["items"] + rest["items"]]
    expected = found("planner", reader=reading(place.lead)).page.rows
    assert names == [(each.kind, str(each.hit.title)) for each in expected][:4]


def test_a_worker_has_no_search_at_the_desk(place: Workplace, browse: Browse) -> None:
    assert browse(account=place.worker).get("/desk/search/?words=x").status_code == 403


def test_nobody_signed_in_is_asked_to_sign_in(db: None) -> None:
    assert Client().get("/desk/search/").status_code == 302


def test_a_system_and_a_vendor_have_pages(place: Workplace, browse: Browse, now: datetime) -> None:
    made = a_use(place.organisation, at=now, by=place.lead, name="Gate", vendor_name="Acme")
    browser = browse(account=place.lead)
    html = page(browser, f"/desk/systems/{made.system_id}/")
    assert "Gate" in html
    vendor = made.system.vendor_id
    assert "Rota" in page(browser, f"/desk/vendors/{vendor}/")


def test_the_pages_of_others_are_not_there(
    place: Workplace, browse: Browse, other_organisation: Organisation, now: datetime
) -> None:
    others = a_use(other_organisation, at=now, name="Theirs", vendor_name="Acme")
    browser = browse(account=place.lead)
    assert browser.get(f"/desk/systems/{others.system_id}/").status_code == 404
    assert browser.get(f"/desk/vendors/{others.system.vendor_id}/").status_code == 404
    worker = a_person(place.organisation, "worker", at=now)
    assert browse(account=worker).get(f"/desk/systems/{others.system_id}/").status_code == 403
