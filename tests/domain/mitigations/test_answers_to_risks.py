from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.mitigations.mitigation import (
    STEPS,
    Acceptance,
    DecidedBy,
    Kind,
    Mitigation,
    MitigationError,
    State,
)
from commonweal.mitigations.risk import (
    AffectedGroup,
    Decided,
    Gap,
    GapKind,
    Outcome,
    Risk,
    Weight,
    answered,
    change_or_stop,
    gaps,
)
from commonweal.shared.severity import Severity

TODAY = date(2026, 6, 1)
PACKERS = AffectedGroup("packers", has_representatives=True)
DRIVERS = AffectedGroup("drivers", has_representatives=False)


def yes(group: str, by: DecidedBy = DecidedBy.REPRESENTATIVES) -> Acceptance:
    return Acceptance(group, by, "decision-7", TODAY)


def no(group: str, by: DecidedBy = DecidedBy.REPRESENTATIVES) -> Acceptance:
    return Acceptance(group, by, "decision-8", TODAY, accepted=False, reason="It only slows us.")


def plan(*groups: str) -> Mitigation:
    return Mitigation(
        "m1",
        Kind.REDUCE,
        "A break of ten minutes each two hours",
        frozenset(groups or ("packers",)),
        owner="Jon Ek",
        due=date(2026, 6, 30),
    )


def accepted(*groups: AffectedGroup) -> Mitigation:
    made = plan(*(group.id for group in groups or (PACKERS,)))
    for group in groups or (PACKERS,):
        by = DecidedBy.REPRESENTATIVES if group.has_representatives else DecidedBy.MAJORITY
        made = made.decided(yes(group.id, by), has_representatives=group.has_representatives)
    return made


def risk(*mitigations: Mitigation, groups: tuple[AffectedGroup, ...] = (PACKERS,)) -> Risk:
    return Risk("r1", "Pace", groups, inherent=Severity(3, 2, 2), mitigations=mitigations)


def kinds(found: Risk, on: date = TODAY) -> list[GapKind]:
    return [gap.kind for gap in gaps(found, on=on)]


def test_a_present_risk_without_a_mitigation_is_a_gap_of_each_group() -> None:
    assert gaps(risk(groups=(PACKERS, DRIVERS)), on=TODAY) == (
        Gap(GapKind.NOT_ACCEPTED, "r1", group="packers"),
        Gap(GapKind.NOT_ACCEPTED, "r1", group="drivers"),
    )


def test_an_accepted_mitigation_with_owner_and_date_answers_a_risk() -> None:
    assert answered(risk(accepted()), on=TODAY)


def test_a_proposal_that_nobody_accepted_answers_nothing() -> None:
    assert kinds(risk(plan())) == [GapKind.NOT_ACCEPTED]


def test_one_groups_yes_does_not_answer_for_another() -> None:
    half = plan("packers", "drivers").decided(yes("packers"), has_representatives=True)
    assert half.state is State.PROPOSED
    both = (PACKERS, DRIVERS)
    assert kinds(risk(half, groups=both)) == [GapKind.NOT_ACCEPTED] * 2
    assert answered(risk(accepted(*both), groups=both), on=TODAY)
    assert kinds(risk(accepted(PACKERS), groups=both)) == [GapKind.NOT_ACCEPTED]


def test_a_group_with_representatives_is_not_answered_for_by_a_majority() -> None:
    with pytest.raises(MitigationError, match="its representatives must decide"):
        plan().decided(yes("packers", DecidedBy.MAJORITY), has_representatives=True)


def test_a_group_without_representatives_decides_by_its_majority() -> None:
    with pytest.raises(MitigationError, match="its majority, by a vote must decide"):
        plan("drivers").decided(yes("drivers"), has_representatives=False)
    assert accepted(DRIVERS).state is State.ACCEPTED


def test_an_acceptance_smuggled_in_by_the_wrong_body_does_not_count() -> None:
    smuggled = replace(
        plan(), state=State.ACCEPTED, acceptances=(yes("packers", DecidedBy.MAJORITY),)
    )
    assert kinds(risk(smuggled)) == [GapKind.NOT_ACCEPTED]


def test_a_mitigation_answers_for_no_group_it_does_not_name() -> None:
    stray = replace(accepted(), acceptances=(yes("packers"), yes("loaders")))
    loaders = AffectedGroup("loaders", has_representatives=True)
    assert kinds(risk(stray, groups=(loaders,))) == [GapKind.NOT_ACCEPTED]


def test_a_group_that_is_not_asked_cannot_accept() -> None:
    with pytest.raises(MitigationError, match="not among the groups"):
        plan().decided(yes("drivers"), has_representatives=True)


def test_a_refusal_by_one_group_refuses_the_mitigation_and_says_why() -> None:
    made = plan("packers", "drivers").decided(yes("packers"), has_representatives=True)
    refused = made.decided(no("drivers", DecidedBy.MAJORITY), has_representatives=False)
    assert refused.state is State.REFUSED
    assert kinds(risk(refused)) == [GapKind.NOT_ACCEPTED]
    with pytest.raises(MitigationError, match="propose a new one"):
        refused.decided(yes("drivers", DecidedBy.MAJORITY), has_representatives=False)
    with pytest.raises(MitigationError, match="no reason"):
        Acceptance("packers", DecidedBy.MAJORITY, "d", TODAY, accepted=False)


def test_an_acceptance_points_to_a_recorded_decision() -> None:
    with pytest.raises(MitigationError, match="no reference"):
        Acceptance("packers", DecidedBy.REPRESENTATIVES, " ", TODAY)


@pytest.mark.parametrize(
    ("lacking", "kind"),
    [({"owner": " "}, GapKind.NO_OWNER), ({"due": None}, GapKind.NO_DUE_DATE)],
)
def test_an_accepted_mitigation_without_owner_or_date_is_a_gap(
    lacking: dict[str, object], kind: GapKind
) -> None:
    assert kinds(risk(replace(accepted(), **lacking))) == [kind]  # type: ignore[arg-type]


def test_a_mitigation_is_overdue_the_day_after_its_date_until_it_is_carried_out() -> None:
    made = accepted()
    assert kinds(risk(made), on=date(2026, 6, 30)) == []
    assert kinds(risk(made), on=date(2026, 7, 1)) == [GapKind.OVERDUE]
    assert kinds(risk(made.moved(State.CARRIED_OUT)), on=date(2026, 7, 1)) == []


def test_the_better_kept_of_two_mitigations_answers() -> None:
    late = replace(accepted(), id="m0", due=date(2026, 1, 1))
    assert answered(risk(late, accepted()), on=TODAY)


def test_an_unjudged_severity_and_a_risk_to_nobody_are_gaps() -> None:
    assert kinds(replace(risk(accepted()), inherent=Severity(3))) == [GapKind.NOT_JUDGED]
    assert kinds(risk(groups=())) == [GapKind.NO_GROUP]


def test_a_mitigation_found_not_to_work_opens_a_decision_to_change_or_stop() -> None:
    failed = accepted().moved(State.CARRIED_OUT).moved(State.NOT_EFFECTIVE)
    opened = change_or_stop(risk(failed))
    assert opened is not None
    assert opened.weight is Weight.SERIOUS
    assert kinds(risk(failed)) == [GapKind.NOTHING_HELPS, GapKind.NOT_ACCEPTED]
    assert change_or_stop(risk(failed, plan())) is None, "another answer is still being weighed"


def test_saying_that_nothing_helps_opens_the_decision_even_beside_an_accepted_answer() -> None:
    hopeless = replace(risk(accepted()), nothing_helps=True)
    assert kinds(hopeless) == [GapKind.NOTHING_HELPS]


def test_the_decision_weighs_heavier_where_a_vulnerable_group_is_hit() -> None:
    young = AffectedGroup("apprentices", True, vulnerable_because="They are under eighteen.")
    opened = change_or_stop(replace(risk(groups=(PACKERS, young)), nothing_helps=True))
    assert opened is not None
    assert opened.weight is Weight.HEAVIER
    assert opened.vulnerable_because == (("apprentices", "They are under eighteen."),)


def test_a_decision_to_change_or_stop_answers_the_risk() -> None:
    settled = replace(
        risk(),
        nothing_helps=True,
        decided=Decided(Outcome.STOP, "decision-9", "Nothing made it safe.", TODAY),
    )
    assert answered(settled, on=TODAY)
    assert change_or_stop(settled) is None
    with pytest.raises(ValueError, match="reference and a reason"):
        Decided(Outcome.STOP, "decision-9", "", TODAY)


def test_a_risk_that_nobody_answered_opens_no_decision_yet() -> None:
    assert change_or_stop(risk()) is None
    assert change_or_stop(risk(plan().decided(no("packers"), has_representatives=True))) is None


@given(st.sampled_from(State), st.sampled_from(State))
def test_a_mitigation_moves_only_along_its_steps_and_never_accepts_itself(
    at: State, to: State
) -> None:
    made = replace(plan(), state=at)
    if to in STEPS[at] and to not in {State.ACCEPTED, State.REFUSED}:
        assert made.moved(to).state is to
    else:
        with pytest.raises(MitigationError, match="cannot become"):
            made.moved(to)


@pytest.mark.parametrize("lacking", [{"text": " "}, {"groups": frozenset()}])
def test_a_mitigation_says_what_is_done_and_for_whom(lacking: dict[str, object]) -> None:
    with pytest.raises(MitigationError, match="m1"):
        replace(plan(), **lacking)  # type: ignore[arg-type]
