"""How grave and how likely: each side apart, the worst counts, people change the class."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.mitigations import risk as rules_for
from commonweal.mitigations.severity_rules import default_severity_rules
from commonweal.shared.severity import Likelihood, Severity
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.anchors import percent, sentences
from commonweal_web.mitigations.models import Risk
from commonweal_web.mitigations.models.words import Harm, SeverityClass
from commonweal_web.mitigations.queries.as_domain import place_text
from factories.mitigations import Workplace, a_judged_risk, a_risk, judge

SCORES = st.one_of(st.none(), st.integers(0, 5))
SEVERITIES = st.builds(Severity, scale=SCORES, scope=SCORES, irremediability=SCORES)
RISKS = st.builds(
    rules_for.Risk,
    id=st.uuids().map(str),
    title=st.just("a risk"),
    groups=st.just(()),
    inherent=SEVERITIES,
    likelihood=st.sampled_from(Likelihood),
)


@given(st.lists(RISKS, max_size=12))
def test_the_stored_place_sorts_exactly_as_the_rules_do(risks: list[rules_for.Risk]) -> None:
    rules = default_severity_rules()
    by_text = sorted(risks, key=lambda one: place_text(rules_for.queue_key(one, rules=rules)))
    assert by_text == rules_for.order(risks, rules=rules)


def test_the_queue_of_the_database_is_the_order_of_the_rules(place: Workplace) -> None:
    for number, facets in enumerate(product((1, 3, 5), (1, 4), (2, 5))):
        a_judged_risk(place, title=f"Risk {number}", facets=facets)
    a_risk(place, title="Not judged")
    rows = queries.queue(place.organisation, on=place.at.date())
    values = [queries.risk_value(row) for row in queries.with_everything(rows)]
    assert len(values) == 13
    assert values == rules_for.order(values, rules=default_severity_rules())


def test_what_nobody_judged_stands_first_as_critical(place: Workplace) -> None:
    a_judged_risk(place, facets=(4, 4, 3))
    unjudged = a_risk(place, title="Not judged")
    first = queries.queue(place.organisation, on=place.at.date()).first()
    assert first is not None
    assert (first.pk, first.severity_class) == (unjudged.pk, SeverityClass.CRITICAL)


def test_the_worst_of_all_sides_counts_facet_by_facet(place: Workplace) -> None:
    risk = a_judged_risk(place, facets=(2, 3, 1))
    judge(place, risk, by=place.representative, facets=(4, 1, 2))
    risk.refresh_from_db()
    assert risk.inherent == Severity(scale=4, scope=3, irremediability=2)


def test_management_cannot_soften_what_workers_found(place: Workplace) -> None:
    risk = a_risk(place)
    judge(place, risk, by=place.representative, facets=(5, 3, 5))
    judge(place, risk, by=place.owner, facets=(1, 1, 1))
    risk.refresh_from_db()
    assert risk.inherent == Severity(scale=5, scope=3, irremediability=5)


def test_a_side_may_change_its_own_judgement(place: Workplace) -> None:
    risk = a_judged_risk(place, facets=(5, 5, 5))
    judge(place, risk, by=place.owner, facets=(2, 1, 1))
    risk.refresh_from_db()
    assert risk.inherent == Severity(scale=2, scope=1, irremediability=1)
    assert len(queries.judgements_of(risk)) == 2


def test_several_harms_join_by_the_worst(place: Workplace) -> None:
    risk = a_judged_risk(place, facets=(2, 2, 2))
    judge(place, risk, by=place.owner, facets=(1, None, 4), harm="health")
    risk.refresh_from_db()
    assert risk.inherent == Severity(scale=2, scope=2, irremediability=4)


def test_what_remains_never_moves_the_queue(place: Workplace) -> None:
    risk = a_judged_risk(place, facets=(4, 2, 2))
    before = (risk.queue_place, risk.severity_class, risk.inherent)
    judge(place, risk, by=place.owner, facets=(0, 1, 1), phase="residual")
    risk.refresh_from_db()
    assert (risk.queue_place, risk.severity_class, risk.inherent) == before
    assert risk.residual == Severity(scale=0, scope=1, irremediability=1)


def test_a_score_needs_a_reason(place: Workplace) -> None:
    risk = a_risk(place)
    with pytest.raises(Refused, match="Write why") as refused:
        actions.judge_severity(
            **place.by(place.owner), risk=risk, harm="pace", facets={"scale": 3}, reasons={}
        )
    assert refused.value.where == "scale_because"


@pytest.mark.parametrize("harm", ["noise", ""])
def test_an_unknown_harm_is_refused(place: Workplace, harm: str) -> None:
    with pytest.raises(Refused):
        judge(place, a_risk(place), by=place.owner, facets=(1, 1, 1), harm=harm)


@pytest.mark.parametrize("score", [6, -1])
def test_a_score_beyond_the_scale_is_refused(place: Workplace, score: int) -> None:
    with pytest.raises(Refused):
        judge(place, a_risk(place), by=place.owner, facets=(score, 1, 1))


def test_the_likeliest_that_any_side_finds_counts(place: Workplace) -> None:
    risk = a_risk(place)
    said = {"risk": risk, "reason": "The pilot showed it."}
    actions.judge_likelihood(**place.by(place.representative), likelihood="very_likely", **said)
    actions.judge_likelihood(**place.by(place.owner), likelihood="unlikely", **said)
    risk.refresh_from_db()
    assert risk.likelihood == "very_likely"


def test_since_when_it_is_this_grave_moves_with_the_facets_only(place: Workplace) -> None:
    risk = a_judged_risk(place, facets=(3, 2, 2))
    later = {**place.by(place.owner), "at": place.at.replace(day=28)}
    actions.judge_likelihood(**later, risk=risk, likelihood="possible", reason="We saw it.")
    risk.refresh_from_db()
    assert risk.severity_since == place.at.date()


def test_a_representative_raises_a_class_alone(place: Workplace) -> None:
    risk = a_judged_risk(place, facets=(1, 1, 1))
    actions.change_class(**place.by(place.representative), risk=risk, to=3, reason="We see more.")
    risk.refresh_from_db()
    assert risk.severity_class == SeverityClass.CRITICAL


def test_management_cannot_raise_a_class_alone(place: Workplace) -> None:
    risk = a_judged_risk(place, facets=(1, 1, 1))
    with pytest.raises(Refused, match="representative"):
        actions.change_class(**place.by(place.lead), risk=risk, to=3, reason="To be sure.")


def test_lowering_takes_two_people_and_one_representative(place: Workplace) -> None:
    risk = a_judged_risk(place, facets=(5, 3, 4))
    change = actions.change_class(**place.by(place.lead), risk=risk, to=1, reason="A small site.")
    risk.refresh_from_db()
    assert (change.counts_since, risk.severity_class) == (None, SeverityClass.CRITICAL)
    with pytest.raises(NotAllowed, match="second person"):
        actions.sign_class_change(**place.by(place.lead), change=change)
    actions.sign_class_change(**place.by(place.executive), change=change)
    risk.refresh_from_db()
    assert risk.severity_class == SeverityClass.CRITICAL
    actions.sign_class_change(**place.by(place.representative), change=change)
    risk.refresh_from_db()
    assert risk.severity_class == SeverityClass.MEDIUM
    with pytest.raises(Conflict, match="counts already"):
        actions.sign_class_change(**place.by(place.owner), change=change)


def test_a_signature_for_a_class_that_moved_is_refused(place: Workplace) -> None:
    risk = a_judged_risk(place, facets=(4, 1, 1))
    change = actions.change_class(**place.by(place.lead), risk=risk, to=1, reason="A small site.")
    actions.change_class(**place.by(place.representative), risk=risk, to=3, reason="Worse.")
    with pytest.raises(Conflict, match="changed since"):
        actions.sign_class_change(**place.by(place.representative), change=change)


@pytest.mark.parametrize(("to", "reason"), [(2, "Same as now."), (0, " "), (7, "Beyond.")])
def test_an_unfit_change_of_class_is_refused(place: Workplace, to: int, reason: str) -> None:
    risk = a_judged_risk(place, facets=(4, 1, 1))
    with pytest.raises(Refused):
        actions.change_class(**place.by(place.representative), risk=risk, to=to, reason=reason)


@pytest.mark.parametrize("harm", Harm.values)
@pytest.mark.parametrize("facet", ["scale", "scope", "irremediability"])
def test_every_harm_has_a_different_sentence_for_each_score(harm: str, facet: str) -> None:
    said = sentences(default_severity_rules(), harm=harm, facet=facet)
    assert set(said) >= {1, 2, 3, 4, 5}
    assert len(set(said.values())) == len(said)


def test_money_words_carry_the_bands_of_the_rules_exactly() -> None:
    rules = default_severity_rules()
    assert sentences(rules, harm="money", facet="scale")[1] == "0.1 % to 1 % of a year’s pay."
    assert sentences(rules, harm="money", facet="scope")[2] == "10 to 99 people"
    assert percent(rules.scale_bands[4].lowest) == "20 %"


def test_no_column_of_a_risk_is_a_score(place: Workplace) -> None:
    names = {field.name for field in Risk._meta.concrete_fields}
    assert not {name for name in names if "score" in name or "net" in name}


def rules_text(version: str, **swaps: str) -> str:
    text = queries.shipped_text().replace('version = "2026.1"', f'version = "{version}"')
    for old, new in swaps.items():
        text = text.replace(old, new)
    return text


def adopt(place: Workplace, by: Any, text: str) -> Any:
    return actions.adopt_severity_rules(**place.by(by), text=text, reason="We are stricter.")


def test_rules_count_once_both_sides_signed_and_risks_keep_theirs(place: Workplace) -> None:
    old = a_judged_risk(place, facets=(3, 1, 1))
    file = adopt(place, place.lead, rules_text("ours.1", **{"{ scale = 4 }": "{ scale = 3 }"}))
    assert queries.rules_in_force(place.organisation).version == "2026.1"
    with pytest.raises(NotAllowed, match="other side"):
        actions.sign_severity_rules(**place.by(place.executive), file=file)
    actions.sign_severity_rules(**place.by(place.representative), file=file)
    assert queries.rules_in_force(place.organisation).version == "ours.1"
    new = a_judged_risk(place, title="Judged later", facets=(3, 1, 1))
    old.refresh_from_db()
    assert (old.rules_version, old.severity_class) == ("2026.1", SeverityClass.MEDIUM)
    assert (new.rules_version, new.severity_class) == ("ours.1", SeverityClass.HIGH)
    with pytest.raises(Conflict, match="Both sides"):
        actions.sign_severity_rules(**place.by(place.representative), file=file)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not toml at all", "severity.toml"),
        (rules_text("ours.1", **{'above = "0.75"': "above = 0.75"}), "exact number in quotes"),
        (rules_text("ours.1") + "\n[extra]\n", "extra"),
        (rules_text("x" * 41), "40 signs"),
        (queries.shipped_text(), "Raise `version`"),
    ],
)
def test_a_faulty_rule_file_is_refused_with_its_key_and_fix(
    place: Workplace, text: str, message: str
) -> None:
    with pytest.raises(Refused, match=message) as refused:
        adopt(place, place.lead, text)
    assert refused.value.where == "text"
