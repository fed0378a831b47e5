"""A use is described with known codes, and the description says which signals to ask first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.practices import Dimension, catalogue
from commonweal.systems.classification import (
    Classification,
    ClassificationError,
    DeclaredFacts,
    classify,
    declare,
    likely_signals,
)

SHIPPED = catalogue()


def codes(dimension: Dimension) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from([c.id for c in SHIPPED.choices_of(dimension)]))


classifications = st.builds(
    Classification,
    forms=codes(Dimension.FORM_OF_INTEGRATION),
    instances=codes(Dimension.INSTANCE),
    aspects=codes(Dimension.TECHNOLOGICAL_ASPECT),
)
facts = st.frozensets(st.sampled_from([fact.id for fact in SHIPPED.facts])).map(
    lambda yes: DeclaredFacts(yes=yes)
)


def signals_of(classification: Classification, declared: DeclaredFacts) -> dict[str, int]:
    found = likely_signals(classification, facts=declared, catalogue=SHIPPED)
    return {each.signal: len(each.reasons) for each in found}


def test_a_hiring_screen_makes_influence_on_jobs_and_discrimination_likely():
    screen = classify(
        catalogue=SHIPPED, forms=["supports_decision"], instances=["hiring"], aspects=["opacity"]
    )
    declared = declare(catalogue=SHIPPED, yes=["employment_decisions"])
    found = likely_signals(screen, facts=declared, catalogue=SHIPPED)
    reasons = {each.signal: each.reasons for each in found}
    assert list(reasons) == ["OS2", "OS6", "RS14", "RS17", "RS18"]
    assert reasons["RS17"] == (
        "Hiring: It takes part in the choice of who gets a job.",
        "Takes part in decisions about jobs: It takes part in decisions about jobs and pay.",
    )


def test_a_description_is_complete_when_each_dimension_says_something():
    assert not classify(catalogue=SHIPPED, forms=["off_the_shelf"]).is_complete
    assert classify(
        catalogue=SHIPPED, forms=["off_the_shelf"], instances=["exit"], aspects=["autonomy"]
    ).is_complete


def test_an_unknown_code_is_refused_with_the_closest_one():
    with pytest.raises(
        ClassificationError, match=r"no instance 'hirring'\. Did you mean 'hiring'\?"
    ):
        classify(catalogue=SHIPPED, instances=["hirring"])


def test_a_code_of_another_dimension_is_refused():
    with pytest.raises(ClassificationError, match="no form of integration 'hiring'"):
        classify(catalogue=SHIPPED, forms=["hiring"])


def test_an_unknown_fact_is_refused_with_the_closest_one():
    with pytest.raises(
        ClassificationError,
        match=r"no declared fact 'infer_emotion'\. Did you mean 'infers_emotion'\?",
    ):
        declare(catalogue=SHIPPED, yes=["infer_emotion"])


def test_a_fact_cannot_be_declared_both_yes_and_no():
    with pytest.raises(ClassificationError, match="'infers_emotion' is declared both yes and no"):
        declare(catalogue=SHIPPED, yes=["infers_emotion"], no=["infers_emotion"])


def test_what_nobody_declared_stays_unanswered():
    declared = declare(catalogue=SHIPPED, yes=["reads_messages"], no=["infers_emotion"])
    left = declared.unanswered(catalogue=SHIPPED)
    assert len(left) == len(SHIPPED.facts) - 2
    assert not {"reads_messages", "infers_emotion"} & set(left)


def test_a_fact_declared_untrue_makes_nothing_likely():
    declared = declare(catalogue=SHIPPED, no=["infers_emotion", "reads_messages"])
    assert signals_of(Classification(), declared) == {}


@given(classifications, classifications, facts)
def test_describing_more_never_makes_a_signal_less_likely(
    one: Classification, other: Classification, declared: DeclaredFacts
):
    both = Classification(
        forms=one.forms | other.forms,
        instances=one.instances | other.instances,
        aspects=one.aspects | other.aspects,
    )
    less, more = signals_of(one, declared), signals_of(both, declared)
    assert all(more[signal] >= count for signal, count in less.items())


@given(classifications, facts)
def test_likely_signals_come_in_the_order_of_the_catalogue_with_reasons_in_words(
    classification: Classification, declared: DeclaredFacts
):
    found = likely_signals(classification, facts=declared, catalogue=SHIPPED)
    order = [signal.id for signal in SHIPPED.signals]
    assert [each.signal for each in found] == sorted(
        (each.signal for each in found), key=order.index
    )
    assert all(each.reasons for each in found)
    assert all(reason.endswith(".") for each in found for reason in each.reasons)


def test_every_risk_signal_becomes_likely_through_some_description():
    everything = Classification(
        forms=frozenset(c.id for c in SHIPPED.choices),
        instances=frozenset(),
        aspects=frozenset(),
    )
    declared = DeclaredFacts(yes=frozenset(fact.id for fact in SHIPPED.facts))
    unreached = {s.id for s in SHIPPED.signals} - set(signals_of(everything, declared))
    # These depend on a market, a place or what workers asked for, not on the system's form.
    assert unreached == {"OS1", "OS4", "OS5", "OS7", "OS8", "RS4", "RS5"}
