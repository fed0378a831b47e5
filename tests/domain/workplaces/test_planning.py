"""Who joins, changes, moves and leaves; and that a second time nothing does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.workplaces.people import Person
from commonweal.workplaces.places import Place
from commonweal.workplaces.planning import Change, Line, Lists, change_of, plan_roster

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
PICKERS = Place("Harbour", "Pickers", "permanent")
PACKERS = Place("Harbour", "Packers", "permanent")
PLANNERS = Place("North", "Planners", "permanent")
ANA = Person("1", "Ana", PICKERS, email="ana@example.org", since=date(2020, 1, 1))
LINE = Line(UUID(int=1), "1", "Ana", "ana@example.org", "", PICKERS, date(2020, 1, 1), None)


def after(change: Change | None, *, line: Line | None) -> Line | None:
    """The latest line of a person once a change is carried out."""
    if change is None:
        return line
    if change.kind in ("joined", "moved"):
        return Line(
            UUID(int=9), change.number, place=change.place, is_first=line is None, **change.sets
        )
    assert line is not None
    return replace(line, **change.sets)


def test_whoever_has_no_line_joins_from_the_day_the_roster_says() -> None:
    change = change_of(ANA, line=None, on=TODAY)
    assert change is not None
    assert change.kind == "joined"
    assert change.sets["since"] == date(2020, 1, 1)


def test_another_group_ends_the_old_line_yesterday_and_begins_one_today() -> None:
    change = change_of(replace(ANA, place=PACKERS), line=LINE, on=TODAY)
    assert change is not None
    assert (change.kind, change.ends, change.sets["since"]) == ("moved", TODAY - DAY, TODAY)


def test_whoever_moves_before_their_first_day_begins_in_the_new_group_then() -> None:
    later = replace(LINE, since=TODAY + 30 * DAY)
    change = change_of(replace(ANA, place=PACKERS), line=later, on=TODAY)
    assert change is not None
    assert (change.ends, change.sets["since"]) == (TODAY + 29 * DAY, TODAY + 30 * DAY)


def test_what_was_not_said_stays() -> None:
    said_less = replace(ANA, email=None, since=None)
    assert change_of(said_less, line=replace(LINE, until=TODAY), on=TODAY) is None


def test_an_open_end_that_is_said_takes_a_last_day_away() -> None:
    change = change_of(replace(ANA, says_until=True), line=replace(LINE, until=TODAY), on=TODAY)
    assert change is not None
    assert change.sets == {"until": None}


def test_a_last_day_that_is_past_is_a_leave_once_and_then_nothing() -> None:
    gone = replace(ANA, until=TODAY - DAY, says_until=True)
    change = change_of(gone, line=LINE, on=TODAY)
    assert change is not None
    assert change.kind == "left"
    assert change_of(gone, line=after(change, line=LINE), on=TODAY) is None
    assert change_of(gone, line=None, on=TODAY) is None


def test_whoever_comes_back_begins_after_the_line_that_ended() -> None:
    ended = replace(LINE, until=TODAY - 10 * DAY)
    change = change_of(ANA, line=ended, on=TODAY)
    assert change is not None
    assert (change.kind, change.sets["since"]) == ("joined", TODAY - 9 * DAY)
    assert change_of(ANA, line=after(change, line=ended), on=TODAY) is None


def test_the_first_day_is_corrected_only_on_the_first_line_of_a_person() -> None:
    corrected = replace(ANA, since=date(2019, 5, 1))
    change = change_of(corrected, line=LINE, on=TODAY)
    assert change is not None
    assert change.sets == {"since": date(2019, 5, 1)}
    assert change_of(corrected, line=replace(LINE, is_first=False), on=TODAY) is None


OTHERS = {
    "1": LINE,
    "2": replace(LINE, id=UUID(int=2), number="2"),
    "3": replace(LINE, id=UUID(int=3), number="3", place=PLANNERS),
    "4": replace(LINE, id=UUID(int=4), number="4", until=date(2024, 1, 1)),
}


@pytest.mark.parametrize(
    ("lists", "leaving", "current"),
    [("some", [], 3), ("sites", ["2"], 2), ("everyone", ["2", "3"], 3)],
)
def test_only_a_whole_list_makes_somebody_leave(
    lists: Lists, leaving: list[str], current: int
) -> None:
    plan = plan_roster([ANA], lines=OTHERS, lists=lists, on=TODAY)
    assert [each.number for each in plan.of("left")] == leaving
    assert plan.current == current
    assert plan.unchanged == 1


def test_exactly_a_fifth_may_leave_unasked_and_one_more_may_not() -> None:
    lines = {str(n): replace(LINE, id=UUID(int=n), number=str(n)) for n in range(10)}
    people = [replace(ANA, number=str(n)) for n in range(10)]
    assert not plan_roster(people[2:], lines=lines, lists="everyone", on=TODAY).many_leave
    assert plan_roster(people[3:], lines=lines, lists="everyone", on=TODAY).many_leave


DAYS = st.none() | st.dates(TODAY - 40 * DAY, TODAY + 40 * DAY)
PEOPLE = st.builds(
    Person,
    number=st.just("1"),
    name=st.sampled_from(["Ana", "Anna"]),
    place=st.sampled_from([PICKERS, PACKERS]),
    email=st.sampled_from([None, "", "ana@example.org"]),
    language=st.sampled_from([None, "", "es"]),
    since=DAYS,
    until=DAYS,
    says_until=st.booleans(),
).filter(lambda each: each.says_until or each.until is None)
LINES = st.none() | st.builds(
    Line,
    id=st.just(UUID(int=1)),
    number=st.just("1"),
    name=st.sampled_from(["Ana", "Anna"]),
    email=st.sampled_from(["", "ana@example.org"]),
    language=st.sampled_from(["", "es"]),
    place=st.sampled_from([PICKERS, PACKERS]),
    since=st.dates(TODAY - 40 * DAY, TODAY + 40 * DAY),
    until=DAYS,
    is_first=st.booleans(),
)


@given(PEOPLE, LINES)
def test_the_same_statement_a_second_time_changes_nothing(
    person: Person, line: Line | None
) -> None:
    once = after(change_of(person, line=line, on=TODAY), line=line)
    assert change_of(person, line=once, on=TODAY) is None


@given(st.lists(PEOPLE, max_size=1), LINES)
def test_equal_plans_have_equal_digests_and_others_do_not(
    people: list[Person], line: Line | None
) -> None:
    lines = {"1": line} if line else {}
    plan = plan_roster(people, lines=lines, lists="some", on=TODAY)
    again = plan_roster(people, lines=lines, lists="some", on=TODAY)
    assert plan.digest == again.digest
    if plan.changes:
        assert plan.digest != plan_roster([], lines=lines, lists="some", on=TODAY).digest
