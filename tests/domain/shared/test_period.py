from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.shared.period import Period, PeriodError

START = date(2026, 1, 1)
days = st.integers(0, 40).map(lambda count: START + timedelta(days=count))
periods = st.builds(lambda a, b: Period(min(a, b), max(a, b)), days, days)


def days_of(period: Period) -> set[date]:
    """Oracle: the days themselves, counted out one by one."""
    return {day for n in range(60) if period.first <= (day := START + timedelta(n)) <= period.last}  # type: ignore[operator]


def test_the_first_and_the_last_day_belong_to_a_period() -> None:
    january = Period(date(2026, 1, 1), date(2026, 1, 31))
    assert date(2026, 1, 1) in january
    assert date(2026, 1, 31) in january
    assert date(2026, 2, 1) not in january
    assert january.days == 31


def test_a_period_without_a_last_day_never_ends() -> None:
    forever = Period(START)
    assert date(9999, 12, 31) in forever
    assert forever.days is None
    assert not forever.is_over(date(9999, 12, 31))


def test_a_period_is_not_over_on_its_last_day() -> None:
    assert not Period.of_year(2026).is_over(date(2026, 12, 31))
    assert Period.of_year(2026).is_over(date(2027, 1, 1))


def test_a_period_of_one_day_begins_and_ends_on_it() -> None:
    assert Period.of_days(START, days=1) == Period(START, START)
    with pytest.raises(PeriodError, match="at least one day"):
        Period.of_days(START, days=0)


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(PeriodError, match="before the first day"):
        Period(date(2026, 2, 1), date(2026, 1, 1))


def test_a_time_of_day_is_refused() -> None:
    with pytest.raises(PeriodError, match="time of day"):
        Period(datetime(2026, 1, 1, tzinfo=UTC))


@given(periods)
def test_the_length_is_the_number_of_its_days(period: Period) -> None:
    assert period.days == len(days_of(period))


@given(periods, periods)
def test_periods_overlap_when_they_share_a_day(one: Period, other: Period) -> None:
    assert one.overlaps(other) == bool(days_of(one) & days_of(other))


@given(periods, days)
def test_an_endless_period_overlaps_what_is_not_over_before_it(one: Period, day: date) -> None:
    assert Period(day).overlaps(one) == one.overlaps(Period(day)) == (one.last >= day)  # type: ignore[operator]
