from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.job_impact import closing, runs, standing
from commonweal.job_impact.closing import ClosingGap, ClosingGapKind, Move, closing_gaps
from commonweal.job_impact.participants import Expert, Participation, PartKind
from commonweal.job_impact.runs import (
    Change,
    Run,
    StageOfPractices,
    compare_runs,
    divergence,
    leads_to,
    matrix,
    not_yet_assessed,
    present,
    reopened,
)
from commonweal.job_impact.triggers import Event, Trigger, review_passed, task_for
from commonweal.job_impact.views import Answer, Side, View
from commonweal.shared.money import Money
from strategies.assessment_views import LAST_DAY, views

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 20)
SIGNALS = ("OS2", "RS9", "RS13")
GROUPS = ("packers", "drivers")


def view(
    signal: str,
    answer: Answer = Answer.NOT_PRESENT,
    *,
    side: Side = Side.WORKERS,
    group: str | None = None,
    hours: int = 0,
    evidence: frozenset[str] = frozenset(),
) -> View:
    return View(
        id=f"{signal}-{side.value}-{group}-{hours}",
        signal=signal,
        side=side,
        answer=answer,
        at=START + timedelta(hours=hours),
        stage="piloting",
        catalogue_version="2026.1",
        author=side.value,
        group=group,
        evidence=evidence,
    )


def event(**limits: object) -> Event:
    return Event(Trigger.DATA_CAME, START + timedelta(hours=5), **limits)  # type: ignore[arg-type]


EXPERTS = (
    Expert("e1", "Ergonomics", "", ""),
    Expert("e2", "Labour law", "Advises the works council", ""),
)
RUN = Run(
    id="run-1",
    stage="piloting",
    on=TODAY,
    signals=SIGNALS,
    groups=GROUPS,
    views=tuple(view(signal) for signal in SIGNALS),
    experts=EXPERTS,
    data_available=("shift plans",),
    data_missing=(),
)


def gap_kinds(run: Run) -> list[ClosingGapKind]:
    return [gap.kind for gap in closing_gaps(run)]


def test_a_run_with_everything_gone_through_closes() -> None:
    assert closing_gaps(RUN) == ()


def test_an_unanswered_signal_keeps_a_run_open_for_each_group() -> None:
    run = replace(RUN, views=(view("OS2"), view("RS9", group="packers"), view("RS13")))
    assert not_yet_assessed(run) == (("RS9", "drivers"),)
    assert closing_gaps(run) == (ClosingGap(ClosingGapKind.NOT_ASSESSED, "RS9", "drivers"),)
    assert closing_gaps(run)[0].move is Move.EVERYONE


def test_a_run_without_a_word_from_the_worker_side_stays_open() -> None:
    silent = tuple(view(signal, side=Side.MANAGEMENT) for signal in SIGNALS)
    assert gap_kinds(replace(RUN, views=silent)) == [ClosingGapKind.NO_WORKER_SIDE]


def test_an_uncertain_without_person_and_date_keeps_a_run_open() -> None:
    unsure = view("RS9", Answer.UNCERTAIN, group="packers", hours=1)
    assert closing_gaps(replace(RUN, views=(*RUN.views, unsure))) == (
        ClosingGap(
            ClosingGapKind.UNCERTAIN_WITHOUT_FOLLOW_UP, "RS9", "packers", subject=unsure.id
        ),
    )


PART = Participation(
    "p1",
    PartKind.SUBJECT,
    fee=Money.of("80.00", currency="EUR"),
    minutes=120,
    stated_on=date(2026, 3, 1),
    accepted_on=date(2026, 3, 1),
    due=TODAY,
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"due": date(2026, 3, 19)}, [ClosingGapKind.UNPAID]),
        ({"due": date(2026, 3, 19), "paid_on": date(2026, 3, 20)}, []),
        ({"due": date(2026, 3, 19), "paid_on": date(2026, 3, 21)}, [ClosingGapKind.UNPAID]),
        ({"stated_on": date(2026, 3, 2)}, [ClosingGapKind.NOT_STATED]),
        ({"fee": None}, [ClosingGapKind.NOT_STATED]),
        ({"minutes": None}, [ClosingGapKind.NOT_STATED]),
        ({"due": None}, [ClosingGapKind.NOT_STATED]),
        ({"accepted_on": None, "fee": None, "due": date(2026, 1, 1)}, []),
    ],
)
def test_fees_are_stated_before_and_paid_in_time(
    change: dict[str, object], expected: list[ClosingGapKind]
) -> None:
    part = replace(PART, **change)  # type: ignore[arg-type]
    assert gap_kinds(replace(RUN, participations=(part,))) == expected


@pytest.mark.parametrize(
    ("experts", "expected"),
    [
        ((), [ClosingGapKind.NO_INDEPENDENT_EXPERT]),
        (EXPERTS[1:], [ClosingGapKind.NO_INDEPENDENT_EXPERT, ClosingGapKind.ONE_DISCIPLINE]),
        (
            (EXPERTS[0], replace(EXPERTS[0], id="e3", discipline=" ergonomics")),
            [ClosingGapKind.ONE_DISCIPLINE],
        ),
        (
            (*EXPERTS, Expert("e4", "Statistics", None, "")),
            [ClosingGapKind.TIES_NOT_DECLARED],
        ),
    ],
)
def test_experts_are_independent_of_several_disciplines_and_declare_ties(
    experts: tuple[Expert, ...], expected: list[ClosingGapKind]
) -> None:
    assert gap_kinds(replace(RUN, experts=experts)) == expected


def test_a_run_states_which_data_existed_and_which_were_missing() -> None:
    assert gap_kinds(replace(RUN, data_available=None, data_missing=None)) == [
        ClosingGapKind.DATA_AVAILABLE_NOT_STATED,
        ClosingGapKind.DATA_MISSING_NOT_STATED,
    ]


def test_new_data_reopen_exactly_the_answers_that_rest_on_them() -> None:
    rests = view("RS9", group="packers", evidence=frozenset({"scanner log"}))
    run = replace(RUN, views=(*RUN.views, rests))
    came = event(signals=frozenset(), data=frozenset({"scanner log"}))
    assert reopened(run, came) == (("RS9", "packers"),)
    asked = replace(run, events=(came,))
    assert not_yet_assessed(asked) == (("RS9", "packers"),)
    again = view("RS9", hours=6)
    assert closing_gaps(replace(asked, views=(*run.views, again))) == ()


def test_an_answer_that_no_longer_rests_on_the_data_is_not_reopened() -> None:
    old = view("RS9", evidence=frozenset({"scanner log"}))
    newer = view("RS9", hours=1, evidence=frozenset({"interviews"}))
    run = replace(RUN, views=(view("OS2"), view("RS13"), old, newer))
    assert reopened(run, event(signals=frozenset(), data=frozenset({"scanner log"}))) == ()


def test_an_answer_given_after_the_data_came_is_not_reopened_by_them() -> None:
    fresh = view("RS9", hours=6, evidence=frozenset({"scanner log"}))
    run = replace(RUN, views=(view("OS2"), view("RS13"), fresh))
    assert reopened(run, event(signals=frozenset(), data=frozenset({"scanner log"}))) == ()


def test_an_event_reopens_the_signals_and_groups_it_names() -> None:
    named = event(signals=frozenset({"RS13"}), groups=frozenset({"drivers"}))
    assert reopened(RUN, named) == (("RS13", "drivers"),)
    assert len(reopened(RUN, event())) == len(SIGNALS) * len(GROUPS)


def test_a_reopened_answer_still_stands_until_a_new_one_comes() -> None:
    run = replace(RUN, views=(view("RS9", Answer.PRESENT),), events=(event(),))
    assert ("RS9", "packers") in not_yet_assessed(run)
    assert run.cells["RS9", "packers"].is_present


def test_after_an_event_the_worker_side_is_heard_again() -> None:
    newer = tuple(view(signal, side=Side.MANAGEMENT, hours=6) for signal in SIGNALS)
    run = replace(RUN, views=(*RUN.views, *newer), events=(event(),))
    assert gap_kinds(run) == [ClosingGapKind.NO_WORKER_SIDE]


@pytest.mark.parametrize("trigger", Trigger)
def test_every_trigger_opens_a_dated_task(trigger: Trigger) -> None:
    task = task_for(Event(trigger, START))
    assert task.opened == date(2026, 3, 2)
    assert task.due > task.opened


def test_harm_that_happened_is_looked_at_sooner() -> None:
    upheld = task_for(Event(Trigger.GRIEVANCE_UPHELD, START))
    assert upheld.due < task_for(Event(Trigger.NEW_USE, START)).due


def test_a_review_date_passes_on_the_day_after() -> None:
    assert review_passed(date(2026, 3, 31), zone=UTC).at == datetime(2026, 4, 1, tzinfo=UTC)


def test_the_matrix_has_a_row_for_each_signal_and_a_column_for_each_group() -> None:
    rows = matrix(RUN)
    assert [[(c.signal, c.group) for c in row] for row in rows] == [
        [(signal, group) for group in GROUPS] for signal in SIGNALS
    ]
    assert [len(row) for row in matrix(replace(RUN, groups=()))] == [1, 1, 1]


def test_disagreement_is_listed_and_agreement_is_not() -> None:
    run = replace(RUN, views=(*RUN.views, view("RS9", Answer.PRESENT, side=Side.EXPERTS)))
    assert [(c.signal, c.group) for c in divergence(run)] == [
        ("RS9", "packers"),
        ("RS9", "drivers"),
    ]


def test_two_runs_are_compared_side_by_side() -> None:
    later = replace(
        RUN,
        id="run-2",
        signals=("OS2", "RS9", "RS1"),
        groups=("packers", "temps"),
        views=(view("OS2"), view("RS9", Answer.PRESENT, group="packers")),
        data_available=("shift plans", "scanner log"),
        data_missing=("injury register",),
    )
    found = compare_runs(RUN, later)
    workers = Side.WORKERS
    assert Change("RS9", "packers", workers, Answer.NOT_PRESENT, Answer.PRESENT) in found.answers
    gone = Change("RS13", "packers", workers, Answer.NOT_PRESENT, Answer.NOT_YET_ASSESSED)
    assert gone in found.answers
    assert found.newly_present == (("RS9", "packers"),)
    assert compare_runs(later, RUN).no_longer_present == (("RS9", "packers"),)
    assert (found.signals_added, found.signals_removed) == (("RS1",), ("RS13",))
    assert (found.groups_added, found.groups_removed) == (("temps",), ("drivers",))
    assert found.data_gained == ("scanner log",)
    assert found.data_still_missing == ("injury register",)


def test_present_and_uncertain_signals_lead_to_practices_by_earliest_stage() -> None:
    run = replace(
        RUN,
        views=(view("OS2"), view("RS9", Answer.PRESENT), view("RS13", Answer.UNCERTAIN)),
    )
    assert leads_to(
        run,
        practices_of={"OS2": ["RPU17"], "RS9": ["RPU4", "RPU16"], "RS13": ["RPU12", "RPU4"]},
        stage_of={"RPU17": "using", "RPU4": "whole", "RPU16": "using", "RPU12": "using"},
        stages=["organisation", "whole", "using"],
    ) == (
        StageOfPractices("whole", (("RPU4", ("RS9", "RS13")),)),
        StageOfPractices("using", (("RPU16", ("RS9",)), ("RPU12", ("RS13",)))),
    )


@given(st.lists(views(), max_size=6))
def test_a_run_compared_with_itself_has_not_changed(found: list[View]) -> None:
    run = replace(RUN, on=LAST_DAY, views=tuple(found))
    same = compare_runs(run, run)
    assert (same.answers, same.newly_present, same.no_longer_present) == ((), (), ())


@given(st.lists(views(), max_size=6))
def test_a_present_opportunity_never_changes_what_a_risk_shows(found: list[View]) -> None:
    without = replace(RUN, on=LAST_DAY, views=tuple(found))
    gains = [replace(one, signal="OS2", id="gain" + one.id) for one in found]
    beside = replace(without, views=(*found, *gains))
    risks = [c for c in present(without) if c.signal != "OS2"]
    assert [c for c in present(beside) if c.signal != "OS2"] == risks


def test_nothing_in_the_assessment_holds_a_score_or_a_count() -> None:
    for module in (closing, runs, standing):
        for value in vars(module).values():
            if dataclasses.is_dataclass(value):
                for field in dataclasses.fields(value):
                    assert str(field.type) not in {"int", "float", "Fraction", "Decimal"}, field
