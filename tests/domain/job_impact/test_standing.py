from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commonweal.job_impact.standing import Cell, cell
from commonweal.job_impact.views import Answer, Closing, Side, View
from strategies.assessment_views import FIRST_DAY, LAST_DAY, days, groups, sides, views

DAY = timedelta(days=1)
REASON = "The works agreement now fixes the pace."


def said(
    answer: Answer,
    *,
    side: Side = Side.WORKERS,
    after: int = 0,
    author: str = "a",
    group: str | None = None,
    reason: str = "",
    until: int | None = None,
    closed_after: int | None = None,
) -> View:
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    closing = None
    if closed_after is not None:
        closing = Closing(Side.REPRESENTATIVES, REASON, start + closed_after * DAY)
    return View(
        id=f"{author}{after}{side.value}{group}",
        signal="RS9",
        side=side,
        answer=answer,
        at=start + after * DAY,
        stage="piloting",
        catalogue_version="2026.1",
        author=author,
        group=group,
        reason=reason,
        person="" if until is None else "Ines Bor",
        until=None if until is None else FIRST_DAY + until * DAY,
        closing=closing,
    )


def on(day: int, *given_views: View, group: str | None = None) -> Cell:
    return cell(given_views, signal="RS9", group=group, on=FIRST_DAY + day * DAY)


def test_a_signal_nobody_spoke_about_is_not_yet_assessed_and_not_absent() -> None:
    silent = on(0)
    assert silent.answer_of(Side.WORKERS) is Answer.NOT_YET_ASSESSED
    assert not silent.is_assessed
    assert not silent.is_present


def test_managements_no_stands_beside_the_workers_yes() -> None:
    both = on(1, said(Answer.PRESENT), said(Answer.NOT_PRESENT, side=Side.MANAGEMENT, after=1))
    assert both.answer_of(Side.WORKERS) is Answer.PRESENT
    assert both.answer_of(Side.MANAGEMENT) is Answer.NOT_PRESENT
    assert both.differs
    assert both.present_since == FIRST_DAY


def test_one_worker_saying_present_makes_the_side_say_it() -> None:
    others = [said(Answer.NOT_PRESENT, author=name, after=1) for name in "bcdef"]
    spoken = on(1, said(Answer.PRESENT), *others).sides[Side.WORKERS]
    assert spoken.answer is Answer.PRESENT
    assert spoken.differs_inside
    assert spoken.answers == {Answer.PRESENT, Answer.NOT_PRESENT}


def test_a_present_is_not_taken_back_without_a_reason() -> None:
    first = said(Answer.PRESENT)
    assert on(3, first, said(Answer.NOT_PRESENT, after=1)).present_since == FIRST_DAY
    assert on(3, first, said(Answer.UNCERTAIN, after=1, until=9)).is_present
    assert not on(3, first, said(Answer.NOT_PRESENT, after=1, reason=REASON)).is_present


def test_management_too_takes_back_its_present_only_with_a_reason() -> None:
    first = said(Answer.PRESENT, side=Side.MANAGEMENT)
    quiet = said(Answer.NOT_PRESENT, side=Side.MANAGEMENT, after=1)
    assert on(3, first, quiet).is_present


def test_what_was_not_present_becomes_present_without_any_reason() -> None:
    turned = on(2, said(Answer.NOT_PRESENT), said(Answer.PRESENT, after=2))
    assert turned.present_since == FIRST_DAY + 2 * DAY


def test_saying_present_again_does_not_set_back_its_first_day() -> None:
    assert on(5, said(Answer.PRESENT), said(Answer.PRESENT, after=5)).present_since == FIRST_DAY


def test_a_closed_present_no_longer_counts_and_its_reason_stays_readable() -> None:
    ended = said(Answer.PRESENT, closed_after=2)
    assert on(1, ended).is_present
    after = on(2, ended).sides[Side.WORKERS]
    assert after.present_since is None
    assert after.answer is Answer.NOT_PRESENT
    assert [view.closing.reason for view in after.closed if view.closing] == [REASON]


def test_a_present_after_a_closing_counts_anew_from_its_own_day() -> None:
    again = on(5, said(Answer.PRESENT, closed_after=2), said(Answer.PRESENT, after=4))
    assert again.present_since == FIRST_DAY + 4 * DAY


def test_closing_one_workers_present_leaves_anothers() -> None:
    both = on(9, said(Answer.PRESENT, closed_after=2), said(Answer.PRESENT, author="b", after=1))
    assert both.present_since == FIRST_DAY + DAY


def test_an_uncertain_counts_as_present_the_day_after_its_date() -> None:
    unsure = said(Answer.UNCERTAIN, until=3)
    assert not on(3, unsure).is_present
    late = on(4, unsure)
    assert late.present_since == FIRST_DAY + 4 * DAY
    assert late.answer_of(Side.WORKERS) is Answer.UNCERTAIN


def test_an_uncertain_is_answered_freely_before_its_date_and_with_a_reason_after_it() -> None:
    unsure = said(Answer.UNCERTAIN, until=3)
    assert not on(9, unsure, said(Answer.NOT_PRESENT, after=3)).is_present
    assert on(9, unsure, said(Answer.NOT_PRESENT, after=4)).is_present
    assert on(9, unsure, said(Answer.UNCERTAIN, after=4, until=20)).is_present
    assert not on(9, unsure, said(Answer.NOT_PRESENT, after=4, reason=REASON)).is_present


def test_the_date_of_an_uncertain_is_set_back_only_with_a_reason() -> None:
    unsure = said(Answer.UNCERTAIN, until=3)
    assert on(4, unsure, said(Answer.UNCERTAIN, after=1, until=20)).is_present
    assert not on(4, unsure, said(Answer.UNCERTAIN, after=1, until=20, reason=REASON)).is_present
    assert on(3, unsure, said(Answer.UNCERTAIN, after=1, until=2)).is_present


def test_one_answer_for_all_groups_is_split_where_a_group_differs() -> None:
    everyone = said(Answer.PRESENT)
    packers = said(Answer.NOT_PRESENT, group="packers")
    assert not on(0, everyone, packers, group="packers").is_present
    assert not on(0, packers, everyone, group="packers").is_present
    assert on(0, packers, everyone, group="drivers").is_present


def test_a_later_split_takes_a_present_back_only_with_a_reason() -> None:
    everyone = said(Answer.PRESENT)
    assert on(
        1, everyone, said(Answer.NOT_PRESENT, group="packers", after=1), group="packers"
    ).is_present


def test_without_present_or_uncertain_a_side_says_what_it_said_last() -> None:
    found = on(1, said(Answer.NOT_PRESENT), said(Answer.NOT_APPLICABLE, author="b", after=1))
    assert found.answer_of(Side.WORKERS) is Answer.NOT_APPLICABLE


def test_what_was_said_later_is_not_yet_known() -> None:
    assert not on(1, said(Answer.PRESENT, after=2)).is_assessed


def test_another_signal_is_not_touched() -> None:
    assert not cell([said(Answer.PRESENT)], signal="RS1", group=None, on=LAST_DAY).is_assessed


everything = st.lists(views(), max_size=8)


@given(everything, views(answers=st.just(Answer.PRESENT)), groups, days)
def test_no_answer_of_another_side_ever_hides_a_present(
    others: list[View], mine: View, group: str | None, day: date
) -> None:
    alone = cell([mine], signal="RS9", group=group, on=day)
    rest = [view for view in others if view.side is not mine.side]
    together = cell([*rest, mine], signal="RS9", group=group, on=day)
    assert together.sides.get(mine.side) == alone.sides.get(mine.side)
    if alone.present_since is not None:
        assert together.present_since is not None
        assert together.present_since <= alone.present_since


@given(everything, groups, days, sides)
def test_each_sides_answer_depends_on_its_own_views_only(
    found: list[View], group: str | None, day: date, side: Side
) -> None:
    own = [view for view in found if view.side is side]
    alone = cell(own, signal="RS9", group=group, on=day).sides.get(side)
    assert cell(found, signal="RS9", group=group, on=day).sides.get(side) == alone


def counts(view: View, *, on: date, closings_on: date) -> bool:
    if view.closing and view.closing.at.date() <= closings_on:
        return False
    overdue = view.answer is Answer.UNCERTAIN and view.until is not None and view.until < on
    return view.answer is Answer.PRESENT or overdue


def present_by_following_the_days(mine: Iterable[View], day: date) -> bool:
    """Oracle: one author's views, one time after another, keeping the one that stands."""
    current: View | None = None
    for view in sorted((one for one in mine if one.at.date() <= day), key=lambda one: one.at):
        today = view.at.date()
        if current is not None and not view.reason:
            ended = current.closing is not None and current.closing.at.date() <= today
            lifts = (
                counts(current, on=today, closings_on=day) and view.answer is not Answer.PRESENT
            )
            both = view.answer is current.answer is Answer.UNCERTAIN
            if lifts or (not ended and both and view.until > current.until):  # type: ignore[operator]
                continue
        current = view
    return current is not None and counts(current, on=day, closings_on=day)


@given(st.lists(views(side=st.just(Side.WORKERS)), max_size=7, unique_by=lambda v: v.at), days)
def test_one_persons_answers_agree_with_following_them_day_by_day(
    found: list[View], day: date
) -> None:
    mine = [view for view in found if view.author == "a" and view.group is None]
    assert cell(mine, signal="RS9", group=None, on=day).is_present == (
        present_by_following_the_days(mine, day)
    )


@given(everything, groups, days)
def test_a_presents_first_day_is_never_in_the_future(
    found: list[View], group: str | None, day: date
) -> None:
    since = cell(found, signal="RS9", group=group, on=day).present_since
    assert since is None or since <= day
