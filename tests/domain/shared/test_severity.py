from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.shared.severity import (
    FACETS,
    Likelihood,
    Severity,
    SeverityClass,
    SeverityError,
    joined,
    sort_key,
)
from strategies.severities import judged_severities, likelihoods, severities


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("value", [-1, 6, 2.0, True, "3"])
def test_a_facet_is_a_whole_number_from_0_to_5(facet: str, value: object) -> None:
    with pytest.raises(SeverityError, match=f"{facet} is"):
        Severity(**{facet: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("facet", FACETS)
def test_one_facet_alone_reaches_a_threshold(facet: str) -> None:
    severity = replace(Severity(0, 0, 0), **{facet: 4})
    assert severity.reaches(4)
    assert severity.reaching(4) == (facet,)
    assert not severity.reaches(5)


def test_facets_never_add_up_to_a_threshold() -> None:
    assert not Severity(3, 3, 3).reaches(4)


@pytest.mark.parametrize("threshold", [0, 6, -1, 2.5, True])
def test_a_threshold_outside_1_to_5_is_refused(threshold: int) -> None:
    with pytest.raises(SeverityError, match="threshold"):
        Severity().reaches(threshold)


def test_an_unjudged_facet_neither_reaches_nor_rules_out() -> None:
    half = Severity(scale=2)
    assert not half.reaches(3)
    assert half.could_reach(3)
    assert half.unjudged == ("irremediability", "scope")
    assert not Severity(2, 2, 2).could_reach(3)


def test_the_highest_of_nothing_judged_is_nothing() -> None:
    assert Severity().highest is None
    assert Severity(scope=0).highest == 0


def test_what_nobody_judged_never_ranks_as_least_likely() -> None:
    places = {one: one.place for one in Likelihood}
    assert max(places, key=places.__getitem__) is Likelihood.UNLIKELY
    assert Likelihood.NOT_JUDGED.place < Likelihood.LIKELY.place
    assert min(places, key=places.__getitem__) is Likelihood.ALREADY_OCCURRING


def test_ties_break_by_scale_then_irremediability_then_scope() -> None:
    def key(scale: int, scope: int, irremediability: int) -> tuple[int, ...]:
        return sort_key(
            Severity(scale, scope, irremediability),
            severity_class=SeverityClass.HIGH,
            likelihood=Likelihood.LIKELY,
        )

    assert key(4, 0, 0) < key(3, 4, 4)
    assert key(1, 5, 0) < key(4, 4, 4), "the highest facet comes before the order of facets"
    assert key(3, 0, 4) < key(3, 4, 3)
    assert key(3, 2, 4) < key(3, 4, 3)


@given(severities, severities, likelihoods, likelihoods)
def test_likelihood_never_crosses_a_class(
    one: Severity, other: Severity, first: Likelihood, second: Likelihood
) -> None:
    graver = sort_key(one, severity_class=SeverityClass.MEDIUM, likelihood=first)
    lighter = sort_key(other, severity_class=SeverityClass.LOW, likelihood=second)
    assert graver < lighter


@given(judged_severities, judged_severities, likelihoods, likelihoods)
def test_likelihood_decides_only_between_equal_facets(
    one: Severity, other: Severity, first: Likelihood, second: Likelihood
) -> None:
    def key(severity: Severity, likelihood: Likelihood) -> tuple[int, ...]:
        return sort_key(severity, severity_class=SeverityClass.LOW, likelihood=likelihood)

    if one != other:
        assert (key(one, first) < key(other, second)) == (key(one, second) < key(other, first))
    else:
        assert (key(one, first) < key(other, second)) == (first.place < second.place)


@given(st.lists(severities))
def test_joined_harms_are_the_maximum_of_each_facet(harms: list[Severity]) -> None:
    together = joined(harms)
    for facet in FACETS:
        judged = sorted(v for harm in harms if (v := getattr(harm, facet)) is not None)
        assert getattr(together, facet) == (judged[-1] if judged else None)
