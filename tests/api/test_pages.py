"""Lists come in pages, each named by a signed cursor."""

from __future__ import annotations

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db


def everything(program, path):
    """All entries of a list, page by page."""
    join = "&" if "?" in path else "?"
    found, cursor = [], ""
    for _ in range(100):
        page = program.get(f"{path}{join}cursor={cursor}").json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found
    raise AssertionError("the pages never end")


@pytest.fixture
def lead(program):
    made = program("people_lead")
    for name in ("Ana", "ana", "Eva", "Eva", "Zoë", "Ébano", "Ana"):
        number = len(made.get("/people?limit=200").json()["items"])
        made.post("/people", {"name": name, "username": f"u{number}"})
    return made


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 200])
def test_pages_together_hold_every_entry_once(lead, limit):
    found = [each["id"] for each in everything(lead, f"/people?limit={limit}")]

    assert len(found) == len(set(found)) == 8
    assert found == [each["id"] for each in lead.get("/people?limit=200").json()["items"]]


def test_steps_come_newest_first_over_pages(lead):
    indexes = [each["index"] for each in everything(lead, "/record/steps?limit=4")]

    assert indexes == sorted(indexes, reverse=True)
    assert indexes[-1] == 0


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", ""])
def test_a_page_is_bounded(lead, limit):
    assert lead.get(f"/people?limit={limit}").status_code == 422


def refused(answer):
    return (answer.status_code, answer.json()["error"]["code"]) == (422, "cursor_refused")


def test_a_cursor_that_was_changed_is_refused(lead):
    cursor = lead.get("/people?limit=1").json()["next"]

    for place in range(0, len(cursor), 7):
        other = "A" if cursor[place] != "A" else "B"
        changed = cursor[:place] + other + cursor[place + 1 :]
        assert refused(lead.get(f"/people?limit=1&cursor={changed}"))


def test_a_cursor_signed_for_something_else_is_refused(lead):
    assert refused(lead.get(f"/people?cursor={signing.dumps(['Ana', '1'])}"))


def test_a_cursor_belongs_to_its_list_its_filters_and_its_organisation(lead, other_program):
    cursor = lead.get("/people?limit=1").json()["next"]

    assert refused(lead.get(f"/people?limit=1&words=a&cursor={cursor}"))
    assert refused(lead.get(f"/record/steps?limit=1&cursor={cursor}"))
    assert refused(other_program.get(f"/people?limit=1&cursor={cursor}"))
    assert lead.get(f"/people?limit=2&cursor={cursor}").status_code == 200


@given(cursor=st.text(st.characters(codec="ascii", exclude_categories=["C", "Z"]), min_size=1))
def test_no_text_is_a_cursor(cursor):
    from commonweal_web.house.api_pages import Paging, _opened
    from commonweal_web.house.refusals import Refused

    with pytest.raises(Refused):
        _opened(None, paging=Paging(cursor=cursor))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["/people", "/sites", "/record/steps", "/practices", "/tokens"])
def test_a_page_costs_a_constant_number_of_statements(lead, path, django_assert_max_num_queries):
    for limit in (1, 200):
        with django_assert_max_num_queries(6):
            assert lead.get(f"{path}?limit={limit}").status_code == 200
