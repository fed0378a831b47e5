from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commonweal.mitigations.classes import (
    ClassChange,
    ClassChangeError,
    SignOff,
    class_after,
    classify,
)
from commonweal.mitigations.risk import Risk, order, queue_key
from commonweal.mitigations.severity_rules import default_severity_rules
from commonweal.shared.severity import FACETS, Likelihood, Severity, SeverityClass
from strategies.severities import judged_severities, likelihoods, risks, scores, severities

RULES = default_severity_rules()
REPRESENTATIVE = SignOff("Amara Diaz", is_representative=True)
LEAD = SignOff("Jon Ek", is_representative=False)

classes = st.sampled_from(SeverityClass)


@st.composite
def changes(draw: st.DrawFn) -> ClassChange:
    before = draw(classes)
    after = draw(classes.filter(lambda one: one != before))
    return ClassChange(before, after, "What the night shift told us.", (REPRESENTATIVE, LEAD))


def class_by_the_words_of_the_model(scale: int, scope: int, irremediability: int) -> str:
    """Oracle: the class rules read from the model's text, written out independently."""
    if scale == 5 and (scope >= 3 or irremediability >= 4):
        return "CRITICAL"
    if scale >= 4 or (scale == 3 and max(scope, irremediability) >= 4):
        return "HIGH"
    if scale == 3 or (scale == 2 and scope >= 4):
        return "MEDIUM"
    return "LOW"


@pytest.mark.parametrize("scale", range(6))
@pytest.mark.parametrize("scope", range(6))
def test_every_combination_of_facets_has_the_class_of_the_model(scale: int, scope: int) -> None:
    for irremediability in range(6):
        found = classify(Severity(scale, scope, irremediability), RULES)
        assert found.name == class_by_the_words_of_the_model(scale, scope, irremediability)


@given(scores, scores)
def test_a_harm_of_scale_0_is_low_however_many_it_touches(scope: int, lasting: int) -> None:
    assert classify(Severity(0, scope, lasting), RULES) is SeverityClass.LOW


def test_the_fixture_of_the_model_is_critical_inherently_and_high_with_remedy() -> None:
    inherent, residual = Severity(5, 4, 3), Severity(4, 4, 2)
    assert classify(inherent, RULES) is SeverityClass.CRITICAL
    assert classify(residual, RULES) is SeverityClass.HIGH


@given(severities, st.sampled_from(FACETS), scores)
def test_an_unjudged_facet_never_classes_lower_than_any_judgement_of_it(
    severity: Severity, facet: str, score: int
) -> None:
    unjudged = replace(severity, **{facet: None})
    judged = replace(severity, **{facet: score})
    assert classify(unjudged, RULES) >= classify(judged, RULES)


def test_representatives_raise_a_class_alone() -> None:
    raised = ClassChange(SeverityClass.LOW, SeverityClass.HIGH, "Two fell ill.", (REPRESENTATIVE,))
    assert class_after(SeverityClass.LOW, [raised]) is SeverityClass.HIGH
    assert class_after(SeverityClass.CRITICAL, [raised]) is SeverityClass.CRITICAL


def test_management_alone_raises_no_class() -> None:
    with pytest.raises(ClassChangeError, match="worker representative"):
        ClassChange(SeverityClass.LOW, SeverityClass.HIGH, "Because.", (LEAD,))


@pytest.mark.parametrize("sign_offs", [(REPRESENTATIVE,), (REPRESENTATIVE, REPRESENTATIVE)])
def test_one_person_lowers_no_class(sign_offs: tuple[SignOff, ...]) -> None:
    with pytest.raises(ClassChangeError, match="needs two people"):
        ClassChange(SeverityClass.HIGH, SeverityClass.LOW, "It was fixed.", sign_offs)


def test_two_managers_lower_no_class() -> None:
    both = (LEAD, SignOff("Mia Ott", is_representative=False))
    with pytest.raises(ClassChangeError, match="worker representative"):
        ClassChange(SeverityClass.HIGH, SeverityClass.LOW, "It was fixed.", both)


def test_a_change_of_class_has_a_reason_and_changes_something() -> None:
    with pytest.raises(ClassChangeError, match="no reason"):
        ClassChange(SeverityClass.LOW, SeverityClass.HIGH, " ", (REPRESENTATIVE,))
    with pytest.raises(ClassChangeError, match="already"):
        ClassChange(SeverityClass.LOW, SeverityClass.LOW, "Same.", (REPRESENTATIVE, LEAD))


def test_a_lowering_lapses_when_the_risk_turns_out_graver() -> None:
    lowered = ClassChange(
        SeverityClass.HIGH, SeverityClass.LOW, "Only a pilot.", (REPRESENTATIVE, LEAD)
    )
    assert class_after(SeverityClass.HIGH, [lowered]) is SeverityClass.LOW
    assert class_after(SeverityClass.MEDIUM, [lowered]) is SeverityClass.LOW
    assert class_after(SeverityClass.CRITICAL, [lowered]) is SeverityClass.CRITICAL


@given(classes, classes, st.lists(changes(), max_size=5))
def test_graver_facets_never_end_in_a_lower_class(
    one: SeverityClass, other: SeverityClass, made: list[ClassChange]
) -> None:
    low, high = sorted((one, other))
    assert class_after(low, made) <= class_after(high, made)


@given(st.lists(risks, max_size=12))
def test_ordering_is_a_permutation_and_drops_nothing(found: list[Risk]) -> None:
    assert sorted(risk.id for risk in order(found, rules=RULES)) == sorted(r.id for r in found)


@given(st.lists(risks, max_size=12))
def test_the_order_does_not_depend_on_where_a_risk_was_entered(found: list[Risk]) -> None:
    keys = [queue_key(risk, rules=RULES) for risk in order(found, rules=RULES)]
    assert keys == sorted(keys)
    assert keys == [queue_key(r, rules=RULES) for r in order(found[::-1], rules=RULES)]


@given(risks, st.sampled_from(FACETS), scores, st.lists(changes(), max_size=3))
def test_raising_a_facet_never_moves_a_risk_down(
    risk: Risk, facet: str, score: int, made: list[ClassChange]
) -> None:
    before = replace(risk, class_changes=tuple(made))
    value = getattr(risk.inherent, facet)
    assume(value is not None and score >= value)
    after = replace(before, inherent=replace(risk.inherent, **{facet: score}))
    assert queue_key(after, rules=RULES) <= queue_key(before, rules=RULES)


@given(judged_severities, judged_severities, likelihoods, likelihoods)
def test_the_least_likely_of_a_graver_class_stands_before_the_likeliest_of_a_lighter(
    one: Severity, other: Severity, first: Likelihood, second: Likelihood
) -> None:
    assume(classify(one, RULES) > classify(other, RULES))
    grave = Risk("grave", "Grave", (), inherent=one, likelihood=first)
    light = Risk("light", "Light", (), inherent=other, likelihood=second)
    assert [risk.id for risk in order([light, grave], rules=RULES)] == ["grave", "light"]


@given(risks, st.none() | severities)
def test_a_remedy_never_moves_a_risk_in_the_queue(risk: Risk, left: Severity | None) -> None:
    remedied = replace(risk, residual=left)
    assert queue_key(remedied, rules=RULES) == queue_key(risk, rules=RULES)
    assert remedied.inherent == risk.inherent


def test_equals_keep_the_order_in_which_they_came() -> None:
    twins = [Risk(name, "Same", (), inherent=Severity(3, 3, 3)) for name in ("b", "a", "c")]
    assert [risk.id for risk in order(twins, rules=RULES)] == ["b", "a", "c"]


def test_a_risk_that_nobody_judged_stands_before_a_small_one() -> None:
    small = Risk("small", "Small", (), inherent=Severity(1, 1, 1))
    unjudged = Risk("unjudged", "Unjudged", ())
    assert order([small, unjudged], rules=RULES)[0].id == "unjudged"
