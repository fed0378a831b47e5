"""A use moves one stage at a time; ending it is always possible."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.systems.gates import gate_between
from commonweal.systems.stages import (
    RAIL,
    RailState,
    Stage,
    StageJumpError,
    allowed_next,
    check_transition,
    rail,
)

stages = st.sampled_from(Stage)
alive = st.sampled_from([stage for stage in Stage if not stage.is_over])


def test_a_use_walks_from_idea_to_retirement_one_step_at_a_time():
    for leaving, entering in itertools.pairwise(RAIL):
        check_transition(leaving, entering=entering)


def test_a_stage_jump_is_refused_and_says_what_is_possible():
    with pytest.raises(StageJumpError) as caught:
        check_transition(Stage.IDENTIFIED, entering=Stage.IN_USE)
    assert str(caught.value) == (
        "A use cannot go from “An idea” to “In use”. From here it can go to: “Choosing”, "
        "“Retired”, “Being stopped”. Each stage is entered through its own gate."
    )


def test_a_use_that_is_over_stays_over():
    with pytest.raises(StageJumpError, match=r"over \(Stopped\).*Describe a new use instead"):
        check_transition(Stage.STOPPED, entering=Stage.PILOTING)
    assert allowed_next(Stage.RETIRED) == ()


def test_a_stopping_use_ends_and_never_comes_back():
    assert allowed_next(Stage.STOPPING) == (Stage.STOPPED, Stage.RETIRED)


@given(alive)
def test_management_may_always_end_a_use_at_once_and_no_gate_stands_there(stage: Stage):
    endings = set(allowed_next(stage)) & {Stage.STOPPING, Stage.STOPPED, Stage.RETIRED}
    assert Stage.RETIRED in endings
    assert endings & {Stage.STOPPING, Stage.STOPPED}
    assert all(gate_between(stage, entering=ending) is None for ending in endings)


@given(stages, stages)
def test_every_step_towards_use_stands_behind_a_gate(leaving: Stage, entering: Stage):
    forward = entering in allowed_next(leaving) and entering in RAIL[1:-1]
    assert (gate_between(leaving, entering=entering) is not None) is (
        forward or (leaving is entering is Stage.IN_USE)
    )


@given(st.lists(st.integers(min_value=0, max_value=5), max_size=12))
def test_every_walk_ends_and_visits_no_stage_twice(choices: list[int]):
    walk = [Stage.IDENTIFIED]
    for choice in choices:
        following = allowed_next(walk[-1])
        if not following:
            assert walk[-1].is_over
            break
        walk.append(following[choice % len(following)])
    assert len(set(walk)) == len(walk)
    on_rail = [RAIL.index(stage) for stage in walk if stage in RAIL[:-1]]
    assert on_rail == list(range(len(on_rail)))


@given(stages, stages)
def test_the_check_and_the_list_of_next_stages_agree(leaving: Stage, entering: Stage):
    if entering in allowed_next(leaving):
        check_transition(leaving, entering=entering)
    else:
        with pytest.raises(StageJumpError):
            check_transition(leaving, entering=entering)


def states(steps: tuple[object, ...]) -> list[str]:
    return [f"{step.stage} {step.state}" for step in steps]


def test_the_rail_shows_what_is_passed_where_it_stands_and_what_is_ahead():
    assert states(rail(Stage.PROCURING)) == [
        "identified passed",
        "selecting passed",
        "procuring here",
        "piloting ahead",
        "in_use ahead",
        "retired ahead",
    ]


def test_the_rail_never_shows_a_stage_as_passed_that_had_no_gate():
    assert states(rail(Stage.IN_USE, entered_at=Stage.PILOTING)) == [
        "identified no_gate",
        "selecting no_gate",
        "procuring no_gate",
        "piloting passed",
        "in_use here",
        "retired ahead",
    ]


def test_the_rail_of_a_stopping_use_ends_with_stopped():
    steps = rail(Stage.STOPPING, last_before_end=Stage.SELECTING)
    assert states(steps) == [
        "identified passed",
        "selecting passed",
        "stopping here",
        "stopped ahead",
    ]


def test_the_rail_of_a_retired_use_shows_the_way_it_took():
    steps = rail(Stage.RETIRED, last_before_end=Stage.SELECTING)
    assert states(steps) == ["identified passed", "selecting passed", "retired here"]
    assert states(rail(Stage.STOPPED)) == ["stopped here"]


@given(stages)
def test_the_rail_has_exactly_one_place_where_the_use_stands(stage: Stage):
    here = [step.stage for step in rail(stage) if step.state is RailState.HERE]
    assert here == [stage]
    assert stage.words
