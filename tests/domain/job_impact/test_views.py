from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from commonweal.job_impact.views import (
    Answer,
    Closing,
    ShownAuthor,
    Side,
    View,
    ViewError,
    shown_author,
)
from strategies.assessment_views import sides

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


def view(side: Side, answer: Answer = Answer.PRESENT) -> View:
    return View(
        id="v1",
        signal="RS9",
        side=side,
        answer=answer,
        at=MORNING,
        stage="piloting",
        catalogue_version="2026.1",
        author="secret-mark",
        author_group="packers",
        person="Ines Bor",
        until=date(2026, 4, 1),
    )


def closed(by: Side, *, later: timedelta = timedelta(days=1)) -> Closing:
    return Closing(by, "The speed limit was put into the contract.", MORNING + later)


@pytest.mark.parametrize("by", [Side.MANAGEMENT, Side.EXPERTS, Side.CONTRIBUTORS, Side.WORKERS])
@pytest.mark.parametrize("side", [Side.WORKERS, Side.REPRESENTATIVES])
def test_only_a_representative_closes_a_present_of_the_worker_side(by: Side, side: Side) -> None:
    with pytest.raises(ViewError, match="worker side's representative"):
        replace(view(side), closing=closed(by))
    assert replace(view(side), closing=closed(Side.REPRESENTATIVES)).is_closed(date(2026, 3, 3))


@given(sides, sides)
def test_only_representatives_close_what_another_side_said(by: Side, side: Side) -> None:
    if by is not side:
        assert by.may_close(side) == (by is Side.REPRESENTATIVES)


def test_management_closes_its_own_view_and_an_expert_or_contributor_no_colleagues() -> None:
    closing_own = {side for side in Side if side.may_close(side)}
    assert closing_own == {Side.REPRESENTATIVES, Side.MANAGEMENT}


def test_a_view_is_closed_only_with_a_written_reason() -> None:
    with pytest.raises(ViewError, match="written reason"):
        Closing(Side.REPRESENTATIVES, "  ", MORNING)


def test_a_closing_holds_from_its_day_on() -> None:
    ended = replace(view(Side.WORKERS), closing=closed(Side.REPRESENTATIVES))
    assert not ended.is_closed(date(2026, 3, 2))
    assert ended.is_closed(date(2026, 3, 3))


def test_a_view_is_not_closed_before_it_was_given() -> None:
    with pytest.raises(ViewError, match="closed before"):
        replace(
            view(Side.WORKERS), closing=closed(Side.REPRESENTATIVES, later=timedelta(hours=-1))
        )


def test_only_present_and_uncertain_are_closed() -> None:
    with pytest.raises(ViewError, match="Only “present” and “uncertain”"):
        replace(view(Side.WORKERS, Answer.NOT_PRESENT), closing=closed(Side.REPRESENTATIVES))


def test_not_yet_assessed_is_the_absence_of_a_view() -> None:
    with pytest.raises(ViewError, match="leave it unanswered"):
        view(Side.WORKERS, Answer.NOT_YET_ASSESSED)


@pytest.mark.parametrize("lacking", [{"person": " "}, {"until": None}])
def test_management_is_uncertain_only_with_a_person_and_a_date(lacking: dict[str, object]) -> None:
    with pytest.raises(ViewError, match="lacks a person or a date"):
        replace(view(Side.MANAGEMENT, Answer.UNCERTAIN), **lacking)  # type: ignore[arg-type]
    unsure = replace(view(Side.WORKERS, Answer.UNCERTAIN), **lacking)  # type: ignore[arg-type]
    assert unsure.is_uncertain_without_follow_up


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ViewError, match="no time zone"):
        replace(view(Side.WORKERS), at=datetime(2026, 3, 2, 9))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("headcount", "group"), [(None, None), (0, None), (4, None), (5, "packers"), (80, "packers")]
)
def test_a_group_under_five_is_not_named(headcount: int | None, group: str | None) -> None:
    assert shown_author(view(Side.WORKERS), headcount=headcount) == ShownAuthor(
        Side.WORKERS, group
    )


def test_printing_a_view_shows_no_author() -> None:
    assert "secret-mark" not in repr(view(Side.WORKERS))
    assert "packers" not in repr(view(Side.WORKERS))
