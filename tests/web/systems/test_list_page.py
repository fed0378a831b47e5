"""The list of uses: bounded in statements, searched, filtered, and taken along as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from commonweal_web.organisations.models import Organisation
from commonweal_web.systems import actions
from commonweal_web.systems.models import Use
from commonweal_web.systems.queries.filters import Asked
from commonweal_web.systems.queries.listing import uses_for_file, uses_listed
from commonweal_web.workplaces.models import WorkerGroup
from factories.systems import a_use

Counted = Callable[..., Any]


@pytest.fixture
def sixty(as_lead: Callable[[], dict[str, Any]], pickers: WorkerGroup) -> list[Use]:
    made = [
        actions.register_use(
            **as_lead(), name=f"Use {number:02}", system_name=f"System {number % 7}"
        )
        for number in range(60)
    ]
    for use in made[:5]:
        actions.touch_group(**as_lead(), use=use, group=pickers)
    return made


def test_an_empty_list_teaches_the_first_step(lead: Client, organisation: Organisation) -> None:
    html = lead.get("/desk/uses/").content.decode()
    assert "No use of AI is written down yet." in html
    assert "/desk/uses/registers/bring-in/" in html


def test_fifty_are_on_a_page_and_the_rest_on_the_next(lead: Client, sixty: list[Use]) -> None:
    assert lead.get("/desk/uses/").content.decode().count('role="rowheader"') == 50
    assert lead.get("/desk/uses/?page=2").content.decode().count('role="rowheader"') == 10
    assert lead.get("/desk/uses/?page=99").content.decode().count('role="rowheader"') == 10


def test_the_list_costs_at_most_six_statements_however_many_uses_there_are(
    lead: Client, use: Use, django_assert_max_num_queries: Counted, request: Any
) -> None:
    lead.get("/desk/uses/")
    with django_assert_max_num_queries(6) as statements:
        assert lead.get("/desk/uses/").status_code == 200
        few = len(statements)
    request.getfixturevalue("sixty")
    lead.get("/desk/uses/")
    with django_assert_max_num_queries(6) as statements:
        assert lead.get("/desk/uses/").status_code == 200
        assert len(statements) == few > 0


def test_searching_and_filtering_cost_no_more(
    lead: Client, sixty: list[Use], django_assert_max_num_queries: Counted
) -> None:
    lead.get("/desk/uses/")
    with django_assert_max_num_queries(6):
        lead.get("/desk/uses/?words=use&stage=identified&unit=&sort=-name&page=2")
    with django_assert_max_num_queries(6):
        lead.get("/desk/uses/?gaps=yes&move=use_owner&dates=none&group=pick&sort=-gaps")


def test_words_find_a_use_by_its_system(lead: Client, sixty: list[Use]) -> None:
    html = lead.get("/desk/uses/?words=System+3").content.decode()
    assert "Use 03" in html
    assert "Use 04" not in html


def test_a_search_without_a_hit_says_what_to_try(lead: Client, sixty: list[Use]) -> None:
    assert "Try fewer words" in lead.get("/desk/uses/?words=zebra").content.decode()


def test_the_list_is_sorted_both_ways(lead: Client, sixty: list[Use]) -> None:
    forth = lead.get("/desk/uses/").content.decode()
    back = lead.get("/desk/uses/?sort=-name").content.decode()
    assert forth.index("Use 01") < forth.index("Use 02")
    assert back.index("Use 59") < back.index("Use 58")


def test_only_those_that_entered_without_gate(
    lead: Client, sixty: list[Use], organisation: Organisation, now: datetime
) -> None:
    a_use(organisation, at=now, name="Pace system", stage="in_use")
    html = lead.get("/desk/uses/?without_gate=yes").content.decode()
    assert "Pace system" in html
    assert "Use 00" not in html


def test_a_filter_that_does_not_exist_is_left_out(lead: Client, use: Use) -> None:
    assert use.name in lead.get("/desk/uses/?stage=bogus&sort=bogus").content.decode()


def rows_of(page: Any) -> list[list[str]]:
    text = b"".join(page.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_file_holds_what_is_shown_on_all_pages(lead: Client, sixty: list[Use]) -> None:
    rows = rows_of(lead.get("/desk/uses/?format=csv"))
    assert len(rows) == 61
    assert rows[1][0] == "Use 00"
    assert rows[1][-1] == "Pickers (212)"
    assert len(rows_of(lead.get("/desk/uses/?format=csv&words=System+3"))) == 10


@pytest.mark.parametrize("sort", ["name", "-name", "gaps", "-gaps", "next", "owner", "-risks"])
def test_page_after_page_shows_each_use_once_in_the_order_of_the_whole_list(
    organisation: Organisation, sixty: list[Use], now: datetime, sort: str
) -> None:
    asked = Asked(sort=sort)
    whole = [each.name for each in uses_for_file(organisation, asked=asked, at=now)]
    pages = [
        each.name
        for number in (1, 2, 3)
        for each in uses_listed(organisation, asked=asked, at=now, number=number, size=25).rows
    ]
    assert pages == whole
    assert len(set(pages)) == 60


def test_a_name_that_a_spreadsheet_could_run_is_made_harmless(
    lead: Client, organisation: Organisation, now: datetime
) -> None:
    a_use(organisation, at=now, name="=cmd|'/C calc'!A0")
    rows = rows_of(lead.get("/desk/uses/?format=csv"))
    assert rows[1][0] == "'=cmd|'/C calc'!A0"


def test_another_organisations_uses_are_never_listed(
    lead: Client, use: Use, other_organisation: Organisation, now: datetime
) -> None:
    a_use(other_organisation, at=now, name="Their secret")
    assert "Their secret" not in lead.get("/desk/uses/").content.decode()
    assert len(rows_of(lead.get("/desk/uses/?format=csv"))) == 2


def test_what_somebody_wrote_is_text_and_never_markup(
    lead: Client, organisation: Organisation, now: datetime
) -> None:
    a_use(organisation, at=now, name="<script>alert(1)</script>")
    html = lead.get("/desk/uses/").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
