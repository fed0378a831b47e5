"""The map of practices: whole, in words, and open to everyone at a desk."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from commonweal.practices import catalogue
from commonweal_web.organisations.models import Organisation

Browse = Callable[..., Client]


def text_of(browser: Client, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def test_the_map_holds_all_practices_signals_and_groups(
    browse: Browse, organisation: Organisation
) -> None:
    text = text_of(browse("people_lead"), "/desk/practices/")
    known = catalogue()
    for entry in (*known.practices, *known.signals):
        assert entry.title in text
    headings = [group.heading for group in known.practices_by_stage_group()]
    assert sorted(headings, key=text.index) == headings
    assert known.edition.notice in text


@pytest.mark.parametrize("practice", catalogue().practices, ids=lambda each: each.id)
def test_a_practice_says_what_it_asks_and_where_it_comes_from(
    browse: Browse, organisation: Organisation, practice: Any
) -> None:
    text = text_of(browse("worker_representative"), f"/desk/practices/{practice.id}/")
    assert practice.asks in text
    assert practice.provenance.sentence in text
    for each in practice.reading:
        assert catalogue().source(each).title in text


@pytest.mark.parametrize("signal", catalogue().signals, ids=lambda each: each.id)
def test_a_signal_asks_its_question_and_leads_to_its_practices(
    browse: Browse, organisation: Organisation, signal: Any
) -> None:
    text = text_of(browse("expert"), f"/desk/practices/signals/{signal.id}/")
    assert signal.question in text
    for each in signal.practices:
        assert f"/desk/practices/{each}/" in text


@pytest.mark.parametrize("address", ["RPU99", "signals/XX1", "rpu3"])
def test_what_the_catalogue_does_not_have_is_not_there(
    browse: Browse, organisation: Organisation, address: str
) -> None:
    assert browse("people_lead").get(f"/desk/practices/{address}/").status_code == 404


def test_a_worker_alone_and_nobody_are_refused(
    browse: Browse, client: Client, organisation: Organisation
) -> None:
    assert browse("worker").get("/desk/practices/").status_code == 403
    assert client.get("/desk/practices/").status_code == 302


def test_the_pages_cost_no_more_than_knowing_who_asks(
    browse: Browse, organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    browser = browse("people_lead")
    with django_assert_max_num_queries(3):
        browser.get("/desk/practices/")
