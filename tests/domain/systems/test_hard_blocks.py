"""What is never allowed stays blocked, and what could reveal organising is flagged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.practices import catalogue
from commonweal.systems.classification import DeclaredFacts
from commonweal.systems.gates import GATES, Gate, Override, Signature, decide_gate
from commonweal.systems.hard_blocks import (
    HARD_BLOCKED_FACTS,
    hard_block_requirements,
    hard_blocks,
    neutrality_flags,
)
from commonweal.systems.requirements import RequirementKind, RequirementState, Role

KNOWN = [fact.id for fact in catalogue().facts]


def yes(*codes: str) -> DeclaredFacts:
    return DeclaredFacts(yes=frozenset(codes))


@pytest.mark.parametrize("fact", ["infers_emotion", "predicts_union_activity"])
def test_a_declared_inference_is_a_hard_block(fact: str):
    blocks = hard_blocks(yes(fact))
    assert [block.fact for block in blocks] == [fact]
    assert "Nobody can allow that" in blocks[0].reason


def test_detecting_fatigue_for_safety_is_not_guessing_feelings():
    assert hard_blocks(yes("fatigue_or_injury_detection")) == ()


def test_fatigue_detection_does_not_excuse_guessing_feelings():
    both = yes("fatigue_or_injury_detection", "infers_emotion")
    assert [block.fact for block in hard_blocks(both)] == ["infers_emotion"]


@given(st.frozensets(st.sampled_from(KNOWN)))
def test_only_the_two_declared_inferences_ever_block(facts: frozenset[str]):
    blocked = {block.fact for block in hard_blocks(DeclaredFacts(yes=facts))}
    assert blocked == facts & {"infers_emotion", "predicts_union_activity"}


def test_the_blocked_facts_can_be_declared_in_the_catalogue():
    assert set(HARD_BLOCKED_FACTS) <= set(KNOWN)


def test_an_unanswered_question_is_unknown_and_an_answered_one_is_met():
    facts = DeclaredFacts(no=frozenset({"infers_emotion"}))
    emotion, union = hard_block_requirements(facts, link_name="use", link_args={"pk": 3})
    assert (emotion.state, emotion.kind) == (RequirementState.MET, RequirementKind.HARD_BLOCK)
    assert union.state is RequirementState.UNKNOWN
    assert union.detail == "Nobody has declared whether the use does this. Declare yes or no."
    assert (union.link_name, union.link_args, union.role) == ("use", {"pk": 3}, Role.USE_OWNER)


@given(
    st.sampled_from(GATES),
    st.sampled_from(HARD_BLOCKED_FACTS),
    st.lists(st.builds(Signature, person=st.sampled_from("ABCD"), role=st.sampled_from(Role))),
    st.lists(st.sampled_from("ABCD"), max_size=4),
    st.booleans(),
)
def test_no_signature_and_no_override_passes_a_hard_block_declared_or_left_open(
    gate: Gate, fact: str, signatures: list[Signature], executives: list[str], declared: bool
):
    facts = yes(fact) if declared else DeclaredFacts()
    decision = decide_gate(
        gate,
        requirements=hard_block_requirements(facts),
        signatures=signatures,
        override=Override(
            executives=tuple(Signature(person=p, role=Role.EXECUTIVE) for p in executives),
            reason="We want it.",
        ),
    )
    assert not decision.passes
    assert fact in {gap.code for gap in decision.gaps}


@pytest.mark.parametrize("signal", ["RS13", "RS17"])
def test_a_signal_that_could_reveal_organising_flags_the_use(signal: str):
    flags = neutrality_flags(DeclaredFacts(), signals=[signal, "RS9"])
    assert [flag.source for flag in flags] == [signal]
    assert flags[0].reason.endswith(".")


def test_a_declared_inference_flags_the_use_without_any_signal():
    flags = neutrality_flags(yes("could_reveal_organising", "predicts_union_activity"))
    assert {flag.source for flag in flags} == {
        "could_reveal_organising",
        "predicts_union_activity",
    }


def test_a_use_without_such_a_sign_carries_no_flag():
    assert neutrality_flags(yes("generates_content"), signals=["RS9", "OS2"]) == ()
