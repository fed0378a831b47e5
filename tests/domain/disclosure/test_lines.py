from __future__ import annotations

import copy
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.disclosure.lines import (
    Alteration,
    DisclosedLine,
    PublicGroup,
    PublicMitigation,
    difference,
    public_headcount,
)

LINE = DisclosedLine(
    risk="r1",
    signal="RS9",
    title="Speeds up tasks without other changes",
    groups=(PublicGroup("Packers", public_headcount(7), "Many are new to the country."),),
    mitigations=(PublicMitigation("Ten minutes' break", "accepted", date(2026, 5, 1)),),
    since=date(2026, 4, 1),
    days_undisclosed=3,
)


@pytest.mark.parametrize(
    ("people", "shown"), [(0, "under 10"), (9, "under 10"), (10, "10"), (431, "431")]
)
def test_a_headcount_under_ten_is_shown_as_a_band(people: int, shown: str) -> None:
    assert public_headcount(people) == shown


def test_a_negative_headcount_is_refused() -> None:
    with pytest.raises(ValueError, match="give 0 or more"):
        public_headcount(-1)


def test_a_disclosed_line_names_risk_people_mitigation_state_and_date() -> None:
    assert json.loads(json.dumps(LINE.payload())) == {
        "id": "r1",
        "signal": "RS9",
        "title": "Speeds up tasks without other changes",
        "for_whom": [
            {
                "name": "Packers",
                "people": "under 10",
                "vulnerable_because": "Many are new to the country.",
            }
        ],
        "mitigations": [{"text": "Ten minutes' break", "state": "accepted", "date": "2026-05-01"}],
        "since": "2026-04-01",
        "days_undisclosed": 3,
    }


def test_an_added_removed_and_altered_line_are_told_apart() -> None:
    old = {"why": "strict", "risks": [{"id": "a", "state": "proposed"}, {"id": "b"}]}
    new = {"why": "strict", "risks": [{"id": "c"}, {"id": "a", "state": "accepted"}]}
    found = difference(old, new)
    assert found.added == (Alteration(("risks", "c"), None, {"id": "c"}),)
    assert found.removed == (Alteration(("risks", "b"), {"id": "b"}, None),)
    assert found.altered == (Alteration(("risks", "a", "state"), "proposed", "accepted"),)


@pytest.mark.parametrize(
    ("old", "new"),
    [([], {}), ([], ""), (1, True), ([1, 2], [2, 1]), ([{"id": 1}, {"id": 1}], [{"id": 1}])],
)
def test_values_of_another_kind_or_order_are_altered(old: object, new: object) -> None:
    assert difference({"x": old}, {"x": new}).altered == (Alteration(("x",), old, new),)


def test_a_value_that_is_none_is_not_the_same_as_an_absent_one() -> None:
    assert difference({}, {"x": None}).added == (Alteration(("x",), None, None),)


leaves = st.none() | st.booleans() | st.integers(-3, 3) | st.text("ab", max_size=2)
lines = st.lists(
    st.fixed_dictionaries({"id": st.text("abc", min_size=1, max_size=1), "v": leaves}),
    max_size=3,
    unique_by=lambda line: line["id"],
)
payloads = st.dictionaries(
    st.sampled_from("pqr"), leaves | lines | st.dictionaries(st.sampled_from("st"), leaves)
)


def by_id(value: object) -> object:
    """Oracle: the payload as text, the lines of each list sorted by their id."""
    if isinstance(value, dict):
        return {key: by_id(part) for key, part in value.items()}
    if isinstance(value, list):
        return sorted(json.dumps(part, sort_keys=True) for part in value)
    return value


@given(payloads, payloads)
def test_no_edit_is_silent(old: dict[str, object], new: dict[str, object]) -> None:
    same = json.dumps(by_id(old), sort_keys=True) == json.dumps(by_id(new), sort_keys=True)
    assert bool(difference(old, new)) == (not same)


@given(payloads, payloads)
def test_the_difference_read_backwards_is_the_difference_of_going_back(
    old: dict[str, object], new: dict[str, object]
) -> None:
    there, back = difference(old, new), difference(new, old)
    assert {one.path for one in there.added} == {one.path for one in back.removed}
    assert {one.path for one in there.altered} == {one.path for one in back.altered}


@given(payloads)
def test_comparing_changes_neither_version(payload: dict[str, object]) -> None:
    before = copy.deepcopy(payload)
    assert not difference(payload, before)
    assert payload == before
