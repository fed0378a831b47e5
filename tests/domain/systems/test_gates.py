"""Gates pass with evidence and the right people, and name each gap with whose move it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.systems.gates import (
    GATES,
    ROLL_OUT_VOTE,
    TO_IN_USE,
    TO_PILOTING,
    TO_SELECTING,
    YEARLY_REVIEW,
    EnteredWithoutGate,
    Gate,
    GateDecision,
    GateOutcome,
    Override,
    Signature,
    decide_gate,
    enter_without_gate,
    gates_before,
)
from commonweal.systems.requirements import (
    Requirement,
    RequirementKind,
    RequirementState,
    Role,
    Side,
)
from commonweal.systems.stages import Stage

GAP, MET = RequirementState.GAP, RequirementState.MET
EXECUTIVE, REPRESENTATIVE = Role.EXECUTIVE, Role.WORKER_REPRESENTATIVE


def asks(
    code: str = "data_notice",
    *,
    state: RequirementState = MET,
    kind: RequirementKind = RequirementKind.EVIDENCE,
    role: Role = Role.USE_OWNER,
) -> Requirement:
    return Requirement(
        code=code, title=code, state=state, kind=kind, role=role, detail="because of this"
    )


def signed(*pairs: tuple[str, Role]) -> tuple[Signature, ...]:
    return tuple(Signature(person=person, role=role) for person, role in pairs)


def override(*people: str, reason: str = "The audit firm is late.") -> Override:
    return Override(executives=signed(*((each, EXECUTIVE) for each in people)), reason=reason)


VOTE = asks(ROLL_OUT_VOTE, kind=RequirementKind.VOTE)
BOTH = signed(("Ada", EXECUTIVE), ("Ben", REPRESENTATIVE))


def test_the_five_gates_are_passed_by_the_roles_of_the_programme():
    assert [(gate.leaving, gate.entering, gate.passed_by) for gate in GATES] == [
        (Stage.IDENTIFIED, Stage.SELECTING, (Role.USE_OWNER, REPRESENTATIVE)),
        (Stage.SELECTING, Stage.PROCURING, (Role.PEOPLE_LEAD, REPRESENTATIVE)),
        (Stage.PROCURING, Stage.PILOTING, (EXECUTIVE, REPRESENTATIVE)),
        (Stage.PILOTING, Stage.IN_USE, (EXECUTIVE,)),
        (Stage.IN_USE, Stage.IN_USE, (Role.PEOPLE_LEAD, REPRESENTATIVE)),
    ]
    assert [gate.code for gate in GATES if gate.after_vote] == ["to_in_use"]
    assert all(gate.needs for gate in GATES)


def test_a_gate_passes_with_everything_met_and_two_people_of_the_right_roles():
    not_applicable = asks("labour", state=RequirementState.NOT_APPLICABLE)
    decision = decide_gate(TO_PILOTING, requirements=[asks(), not_applicable], signatures=BOTH)
    assert decision == GateDecision(
        gate=TO_PILOTING,
        outcome=GateOutcome.PASSED,
        gaps=(),
        overridden=(),
        missing_signatures=(),
        faults=(),
    )
    assert decision.passes


def test_a_blocked_gate_names_each_gap_and_whose_move_it_is():
    gap = asks("recourse", state=GAP, role=Role.PEOPLE_LEAD)
    unknown = asks("accepted", state=RequirementState.UNKNOWN, role=REPRESENTATIVE)
    decision = decide_gate(TO_PILOTING, requirements=[asks(), gap, unknown], signatures=BOTH)
    assert not decision.passes
    assert [(each.code, each.side) for each in decision.gaps] == [
        ("recourse", Side.MANAGEMENT),
        ("accepted", Side.WORKERS),
    ]


def test_a_missing_signature_is_named_by_role():
    decision = decide_gate(
        TO_PILOTING, requirements=[], signatures=signed(("Ada", EXECUTIVE), ("Cy", Role.EXPERT))
    )
    assert decision.missing_signatures == (REPRESENTATIVE,)
    assert decision.outcome is GateOutcome.BLOCKED


def test_one_person_in_two_roles_does_not_count_twice():
    alone = signed(("Ada", EXECUTIVE), ("Ada", REPRESENTATIVE))
    decision = decide_gate(TO_PILOTING, requirements=[], signatures=alone)
    assert decision.faults == (
        "The same person signed as executive, worker representative. "
        "Two different people must sign.",
    )
    assert not decision.passes
    third = signed(("Cy", REPRESENTATIVE))
    assert decide_gate(TO_PILOTING, requirements=[], signatures=alone + third).passes


def test_the_roll_out_gate_never_passes_without_a_vote_on_the_record():
    decision = decide_gate(TO_IN_USE, requirements=[asks()], signatures=BOTH)
    assert [gap.code for gap in decision.gaps] == [ROLL_OUT_VOTE]
    assert decision.gaps[0].kind is RequirementKind.VOTE
    assert decide_gate(TO_IN_USE, requirements=[asks(), VOTE], signatures=BOTH).passes


def test_a_roll_out_vote_cannot_be_called_not_applicable_or_be_mere_evidence():
    for wrong in (
        asks(ROLL_OUT_VOTE, kind=RequirementKind.VOTE, state=RequirementState.NOT_APPLICABLE),
        asks(ROLL_OUT_VOTE),
        asks("another_vote", kind=RequirementKind.VOTE),
    ):
        decision = decide_gate(TO_IN_USE, requirements=[wrong], signatures=BOTH)
        assert [gap.kind for gap in decision.gaps] == [RequirementKind.VOTE]


def test_an_open_vote_is_listed_once():
    still_open = asks(ROLL_OUT_VOTE, kind=RequirementKind.VOTE, state=GAP)
    decision = decide_gate(TO_IN_USE, requirements=[still_open], signatures=BOTH)
    assert decision.gaps == (still_open,)


def test_two_executives_with_a_reason_override_missing_evidence_with_the_workers_signature():
    gap = asks("bias_audit", state=GAP)
    decision = decide_gate(
        TO_PILOTING,
        requirements=[gap],
        signatures=signed(("Ben", REPRESENTATIVE)),
        override=override("Ada", "Cy"),
    )
    assert decision.outcome is GateOutcome.PASSED_BY_OVERRIDE
    assert decision.overridden == (gap,)
    assert decision.gaps == ()


@pytest.mark.parametrize("state", [GAP, RequirementState.UNKNOWN])
@pytest.mark.parametrize(
    "kind", [RequirementKind.VOTE, RequirementKind.STOP_VOTE, RequirementKind.HARD_BLOCK]
)
def test_a_valid_override_leaves_votes_stop_votes_and_hard_blocks_standing(
    kind: RequirementKind, state: RequirementState
):
    evidence, untouchable = asks("bias_audit", state=GAP), asks("other", kind=kind, state=state)
    decision = decide_gate(
        TO_PILOTING,
        requirements=[evidence, untouchable],
        signatures=BOTH,
        override=override("Cy", "Di"),
    )
    assert decision.faults == ()
    assert decision.overridden == (evidence,)
    assert decision.gaps == (untouchable,)
    assert decision.outcome is GateOutcome.BLOCKED


def test_an_override_never_replaces_the_workers_signature():
    decision = decide_gate(
        TO_PILOTING,
        requirements=[asks("bias_audit", state=GAP)],
        signatures=(),
        override=override("Ada", "Cy"),
    )
    assert decision.missing_signatures == (REPRESENTATIVE,)
    assert not decision.passes


def test_nobody_who_overrides_also_signs_for_the_workers():
    decision = decide_gate(
        TO_PILOTING,
        requirements=[asks("bias_audit", state=GAP)],
        signatures=signed(("Ada", REPRESENTATIVE)),
        override=override("Ada", "Cy"),
    )
    assert decision.missing_signatures == (REPRESENTATIVE,)
    assert not decision.passes


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (override("Ada"), "two different named executives"),
        (override("Ada", "Ada"), "two different named executives"),
        (override("Ada", "Cy", reason="  \n"), "public reason"),
        (
            Override(
                executives=signed(("Ada", EXECUTIVE), ("Di", Role.PEOPLE_LEAD)), reason="Late."
            ),
            "Only executives",
        ),
    ],
)
def test_a_wrong_override_covers_nothing_and_says_why(wrong: Override, fault: str):
    gap = asks("bias_audit", state=GAP)
    decision = decide_gate(TO_PILOTING, requirements=[gap], signatures=BOTH, override=wrong)
    assert decision.gaps == (gap,)
    assert decision.overridden == ()
    assert len(decision.faults) == 1
    assert fault in decision.faults[0]


def test_an_override_without_missing_evidence_is_refused():
    decision = decide_gate(
        TO_PILOTING, requirements=[asks()], signatures=BOTH, override=override("Ada", "Cy")
    )
    assert "nothing to override" in decision.faults[0]
    assert not decision.passes


def test_a_signature_needs_a_name():
    with pytest.raises(ValueError, match="signature as executive carries no name"):
        Signature(person=" ", role=EXECUTIVE)


def test_a_requirement_that_is_not_met_says_why():
    with pytest.raises(ValueError, match="'recourse' is 'gap' without a reason"):
        Requirement(code="recourse", title="Recourse", state=GAP, role=Role.PEOPLE_LEAD)
    with pytest.raises(ValueError, match="needs a code and a title, got '' and 'Recourse'"):
        Requirement(code="", title="Recourse", state=MET, role=Role.PEOPLE_LEAD)
    met = Requirement(code="recourse", title="Recourse", state=MET, role=Role.PEOPLE_LEAD)
    assert (met.detail, met.due, dict(met.link_args)) == ("", None, {})


def test_every_role_speaks_for_a_side():
    assert {role.side for role in Role} == set(Side)
    assert Role.REGISTRAR.side is Side.WORKERS
    assert REPRESENTATIVE.words == "worker representative"


names = st.sampled_from(["Ada", "Ben", "Cy", "Di"])
signatures = st.lists(st.builds(Signature, person=names, role=st.sampled_from(Role)), max_size=6)
requirements = st.lists(
    st.builds(
        asks,
        st.sampled_from(["a", "b", ROLL_OUT_VOTE]),
        state=st.sampled_from(RequirementState),
        kind=st.sampled_from(RequirementKind),
        role=st.sampled_from(Role),
    ),
    max_size=6,
)
overrides = st.sampled_from([None, override("Cy", "Di")]) | st.builds(
    Override,
    executives=st.lists(
        st.builds(Signature, person=names, role=st.sampled_from([EXECUTIVE, Role.PEOPLE_LEAD])),
        max_size=3,
    ).map(tuple),
    reason=st.sampled_from(["", "Late."]),
)
gates = st.sampled_from(GATES)


@given(gates, requirements, signatures, overrides)
def test_no_override_ever_passes_a_vote_a_stop_vote_or_a_hard_block(
    gate: Gate,
    asked: list[Requirement],
    given_signatures: list[Signature],
    given_override: Override | None,
):
    decision = decide_gate(
        gate, requirements=asked, signatures=given_signatures, override=given_override
    )
    untouchable = [
        each for each in asked if each.is_open and each.kind is not RequirementKind.EVIDENCE
    ]
    assert all(each in decision.gaps for each in untouchable)
    assert not (untouchable and decision.passes)
    assert all(each.kind is RequirementKind.EVIDENCE for each in decision.overridden)


@given(gates, requirements, signatures, overrides)
def test_every_open_requirement_is_a_gap_or_overridden(
    gate: Gate,
    asked: list[Requirement],
    given_signatures: list[Signature],
    given_override: Override | None,
):
    decision = decide_gate(
        gate, requirements=asked, signatures=given_signatures, override=given_override
    )
    assert {id(each) for each in asked if each.is_open} <= {
        id(each) for each in (*decision.gaps, *decision.overridden)
    }
    if decision.outcome is GateOutcome.PASSED:
        assert not decision.overridden
    if decision.overridden:
        assert given_override is not None
        assert len({each.person for each in given_override.executives}) >= 2
        assert given_override.reason.strip()


@given(gates, requirements, signatures, overrides)
def test_a_passed_gate_has_a_different_person_for_each_side(
    gate: Gate,
    asked: list[Requirement],
    given_signatures: list[Signature],
    given_override: Override | None,
):
    decision = decide_gate(
        gate, requirements=asked, signatures=given_signatures, override=given_override
    )
    if not decision.passes:
        return
    by_role = {
        role: {each.person for each in given_signatures if each.role is role} for role in Role
    }
    if decision.outcome is GateOutcome.PASSED_BY_OVERRIDE and given_override:
        management = {each.person for each in given_override.executives}
    else:
        management = by_role[gate.passed_by[0]]
    assert management
    if REPRESENTATIVE in gate.passed_by:
        assert by_role[REPRESENTATIVE]
        assert len(management | by_role[REPRESENTATIVE]) >= 2
    if gate.after_vote:
        assert any(
            each.code == ROLL_OUT_VOTE and each.kind is RequirementKind.VOTE and each.state is MET
            for each in asked
        )


REGISTERED = date(2026, 3, 2)


def registered(stage: Stage, *, first_review: date | None = None) -> EnteredWithoutGate:
    return enter_without_gate(
        stage,
        registered_on=REGISTERED,
        requirements={
            TO_SELECTING.code: [asks("need")],
            TO_PILOTING.code: [asks("risks", state=RequirementState.NOT_APPLICABLE)],
            YEARLY_REVIEW.code: [asks("wave")],
        },
        first_review=first_review,
    )


def test_a_use_registered_while_running_has_every_earlier_gap_and_a_review_date():
    entry = registered(Stage.IN_USE)
    assert [gate.code for gate in entry.gates_not_passed] == [
        "to_selecting",
        "to_procuring",
        "to_piloting",
        "to_in_use",
    ]
    assert [(gap.code, gap.state) for gap in entry.gaps] == [("need", GAP), ("risks", GAP)]
    assert entry.gaps[0].detail == (
        "Entered without a gate, so nothing counts as met yet. because of this"
    )
    assert entry.first_review == date(2026, 5, 31)


def test_an_idea_has_missed_no_gate_and_a_stopping_use_all_four():
    assert gates_before(Stage.IDENTIFIED) == ()
    assert gates_before(Stage.SELECTING) == (TO_SELECTING,)
    assert len(gates_before(Stage.STOPPING)) == len(gates_before(Stage.RETIRED)) == 4


def test_a_use_that_is_over_needs_no_first_review():
    assert registered(Stage.RETIRED).first_review is None
    assert registered(Stage.STOPPING).first_review is not None


@pytest.mark.parametrize("wrong", [REGISTERED, date(2026, 3, 1), date(2027, 3, 3)])
def test_a_first_review_outside_the_first_year_is_refused(wrong: date):
    with pytest.raises(ValueError, match="at most a year later"):
        registered(Stage.IN_USE, first_review=wrong)
    assert registered(Stage.IN_USE, first_review=date(2027, 3, 2)).first_review is not None


@given(st.sampled_from(Stage), requirements)
def test_nothing_counts_as_met_for_a_use_without_gates(stage: Stage, asked: list[Requirement]):
    entry = enter_without_gate(
        stage,
        registered_on=REGISTERED,
        requirements={gate.code: asked for gate in GATES},
    )
    assert len(entry.gaps) == len(asked) * len(entry.gates_not_passed)
    assert all(gap.state is GAP and gap.detail for gap in entry.gaps)
