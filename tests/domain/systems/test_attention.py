"""Uses that need attention come first, with reasons in words and never a number."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.practices import catalogue
from commonweal.systems.attention import (
    Attention,
    AttentionCategory,
    AttentionReason,
    UseFacts,
    attention_reasons,
    by_attention,
)
from commonweal.systems.classification import Classification, DeclaredFacts
from commonweal.systems.stages import Stage

SHIPPED = catalogue()
FACTS = [fact.id for fact in SHIPPED.facts]
SIGNALS = [signal.id for signal in SHIPPED.signals]
DESCRIBED = Classification(
    forms=frozenset({"supports_decision"}),
    instances=frozenset({"doing_the_work"}),
    aspects=frozenset({"opacity"}),
)
CALM = UseFacts(
    use="1",
    name="Drafting help",
    stage=Stage.SELECTING,
    classification=DESCRIBED,
    facts=DeclaredFacts(),
    assessed=True,
)


def declaring(*codes: str, use: UseFacts = CALM) -> UseFacts:
    return replace(use, facts=DeclaredFacts(yes=frozenset(codes)))


def codes(use: UseFacts) -> list[str]:
    return [reason.code for reason in attention_reasons(use)]


def names(uses: list[UseFacts]) -> list[str]:
    return [attention.use.name for attention in by_attention(uses)]


def test_a_described_and_assessed_use_without_grave_signs_gives_no_reason():
    assert attention_reasons(CALM) == ()


@pytest.mark.parametrize(
    ("use", "code", "category"),
    [
        (declaring("infers_emotion"), "infers_emotion", AttentionCategory.NEVER_ALLOWED),
        (declaring("rights_impacting"), "rights_impacting", AttentionCategory.HUMAN_RIGHTS),
        (
            declaring("decides_without_person"),
            "decides_without_person",
            AttentionCategory.HUMAN_RIGHTS,
        ),
        (
            declaring("employment_decisions"),
            "employment_decisions",
            AttentionCategory.HUMAN_RIGHTS,
        ),
        (
            declaring("monitors_individuals"),
            "monitors_individuals",
            AttentionCategory.HUMAN_RIGHTS,
        ),
        (declaring("safety_impacting"), "safety_impacting", AttentionCategory.HEALTH_AND_SAFETY),
        (declaring("replaces_paid_work"), "replaces_paid_work", AttentionCategory.JOBS_AND_PAY),
        (
            replace(CALM, entered_without_gate=True),
            "entered_without_gate",
            AttentionCategory.RUNNING_UNCHECKED,
        ),
        (
            replace(CALM, review_overdue=True),
            "review_overdue",
            AttentionCategory.RUNNING_UNCHECKED,
        ),
        (
            replace(CALM, open_incident=True),
            "open_incident",
            AttentionCategory.RUNNING_UNCHECKED,
        ),
        (
            replace(CALM, stage=Stage.PILOTING, assessed=False),
            "running_unassessed",
            AttentionCategory.RUNNING_UNCHECKED,
        ),
        (
            replace(CALM, likely_signals=frozenset({"RS18"})),
            "RS18",
            AttentionCategory.LIKELY_HARM,
        ),
        (
            replace(CALM, present_signals=frozenset({"RS18"})),
            "RS18",
            AttentionCategory.HUMAN_RIGHTS,
        ),
        (
            replace(CALM, classification=Classification()),
            "not_classified",
            AttentionCategory.NOT_DESCRIBED,
        ),
    ],
)
def test_each_sign_gives_one_reason_in_its_category(
    use: UseFacts, code: str, category: AttentionCategory
):
    (reason,) = attention_reasons(use)
    assert (reason.code, reason.category) == (code, category)
    assert reason.words.endswith(".")


def test_a_use_met_in_hiring_is_a_matter_of_rights():
    hiring = replace(DESCRIBED, instances=frozenset({"hiring"}))
    (reason,) = attention_reasons(replace(CALM, classification=hiring))
    assert reason.category is AttentionCategory.HUMAN_RIGHTS
    assert reason.words == "People meet it when they are hired."


def test_a_present_signal_is_not_repeated_as_likely():
    use = replace(
        CALM, present_signals=frozenset({"RS1"}), likely_signals=frozenset({"RS1", "RS9"})
    )
    assert codes(use) == ["RS1", "RS9"]


def test_an_idea_that_nobody_assessed_does_not_count_as_running():
    assert attention_reasons(replace(CALM, assessed=False)) == ()


@pytest.mark.parametrize("stage", [Stage.RETIRED, Stage.STOPPED])
def test_a_use_that_is_over_needs_no_attention(stage: Stage):
    over = replace(declaring("infers_emotion"), stage=stage, entered_without_gate=True)
    assert attention_reasons(over) == ()


def test_one_reason_of_rights_outranks_many_lighter_ones():
    one = replace(declaring("reads_messages"), name="One")
    many = replace(
        declaring("safety_impacting", "sets_pace_or_targets", "replaces_paid_work"),
        name="Many",
        stage=Stage.IN_USE,
        assessed=False,
        entered_without_gate=True,
        likely_signals=frozenset(SIGNALS),
    )
    assert names([many, one]) == ["One", "Many"]


def test_many_reasons_of_one_category_weigh_no_more_than_one():
    one = replace(declaring("reads_messages"), name="Alpha", use="1")
    three = replace(
        declaring("reads_messages", "monitors_individuals", "employment_decisions"),
        name="Beta",
        use="2",
    )
    assert names([three, one]) == ["Alpha", "Beta"]


def test_among_equals_the_running_one_comes_first_then_the_name():
    idea = replace(declaring("reads_messages"), name="a")
    running = replace(idea, name="z", stage=Stage.IN_USE)
    upper = replace(idea, name="B")
    assert names([upper, idea, running]) == ["z", "a", "B"]


def test_no_part_of_a_reason_or_a_place_in_the_list_is_a_number():
    kinds = {field.type for kind in (AttentionReason, Attention) for field in fields(kind)}
    assert not any(number in str(kind) for kind in kinds for number in ("int", "float"))


def test_every_code_in_the_reasons_exists_in_the_catalogue():
    known = {entry.id for entry in (*SHIPPED.facts, *SHIPPED.choices, *SHIPPED.signals)}
    known |= {"open_incident", "running_unassessed", "entered_without_gate"}
    known |= {"review_overdue", "not_classified"}
    everything = UseFacts(
        use="1",
        name="All",
        stage=Stage.IN_USE,
        classification=Classification(forms=frozenset(c.id for c in SHIPPED.choices)),
        facts=DeclaredFacts(yes=frozenset(FACTS)),
        present_signals=frozenset(SIGNALS),
        entered_without_gate=True,
        review_overdue=True,
        open_incident=True,
    )
    found = codes(everything)
    assert set(found) <= known
    assert len(set(found)) == len(found)
    assert set(FACTS) - set(found) == {"generates_content", "trained_on_worker_data"}


uses = st.builds(
    UseFacts,
    use=st.uuids().map(str),
    name=st.text(min_size=1, max_size=8),
    stage=st.sampled_from(Stage),
    classification=st.sampled_from([DESCRIBED, Classification()]),
    facts=st.frozensets(st.sampled_from(FACTS), max_size=4).map(lambda f: DeclaredFacts(yes=f)),
    likely_signals=st.frozensets(st.sampled_from(SIGNALS), max_size=4),
    present_signals=st.frozensets(st.sampled_from(SIGNALS), max_size=4),
    assessed=st.booleans(),
    entered_without_gate=st.booleans(),
)


@given(st.lists(uses, max_size=6), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_they_came_in(listed, random):
    shuffled = list(listed)
    random.shuffle(shuffled)
    assert by_attention(shuffled) == by_attention(listed)
    assert len(by_attention(listed)) == len(listed)


@given(st.lists(uses, min_size=2, max_size=6))
def test_the_gravest_category_of_a_use_is_never_lighter_than_that_of_the_next(listed):
    order = list(AttentionCategory)
    gravest = [
        min((order.index(reason.category) for reason in each.reasons), default=len(order))
        for each in by_attention(listed)
    ]
    assert gravest == sorted(gravest)


@given(uses)
def test_reasons_of_a_use_come_gravest_first(use: UseFacts):
    order = list(AttentionCategory)
    places = [order.index(reason.category) for reason in attention_reasons(use)]
    assert places == sorted(places)
    assert all(category.words for category in AttentionCategory)
