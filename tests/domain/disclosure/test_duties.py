from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.disclosure.commitment import (
    Commitment,
    CommitmentError,
    CostOrRevenue,
    MarketedCapability,
    ReturnMultiple,
    SeverityThreshold,
    Threshold,
    ThresholdKind,
)
from commonweal.disclosure.duties import Duty, Evaluation, evaluate, undisclosed_days
from commonweal.disclosure.facts import (
    ExpectedReturn,
    FinancialChange,
    MarketedClaim,
    PresentRisk,
    UseFacts,
    YearFigures,
)
from commonweal.shared.money import Money, MoneyError
from commonweal.shared.severity import Severity
from commonweal.shared.source import Source
from strategies.severities import scores, severities

START = date(2026, 1, 1)
TODAY = date(2026, 6, 1)
SOURCE = Source("Product page", "Brisk Systems", START, "https://example.org/brisk")
FIVE_PERCENT = CostOrRevenue(base_year=2025, counting_from=START, next_review=date(2027, 1, 1))
YEARS = {2025: YearFigures(Money("EUR", 100_000), Money("EUR", 300_000))}


def commitment(*thresholds: Threshold, version: str = "1", since: date = START) -> Commitment:
    return Commitment(version, since, thresholds, "It is strict.", ("Union of Stores",))


def day(number: int) -> date:
    return START + timedelta(days=number)


def risk(
    severity: Severity = Severity(1, 1, 1), *, present: int = 10, judged: int = 20
) -> PresentRisk:
    return PresentRisk("r1", "RS9", "packers", day(present), severity, day(judged))


def saved(cents: int, *, on: int = 30) -> FinancialChange:
    return FinancialChange(day(on), cost_decrease=Money("EUR", cents))


def earned(cents: int, *, on: int = 30) -> FinancialChange:
    return FinancialChange(day(on), revenue_increase=Money("EUR", cents))


def result(made: Commitment, *uses: UseFacts, on: date = TODAY) -> Evaluation:
    return evaluate(made, uses, years=YEARS, on=on)


def duties(made: Commitment, *uses: UseFacts, on: date = TODAY) -> tuple[Duty, ...]:
    return result(made, *uses, on=on).duties


@pytest.mark.parametrize("facets", [(4, 0, 0), (0, 4, 0), (0, 0, 4)])
def test_one_facet_at_the_threshold_is_disclosed(facets: tuple[int, int, int]) -> None:
    (duty,) = duties(commitment(SeverityThreshold(4)), UseFacts("u", (risk(Severity(*facets)),)))
    assert (duty.use, duty.risk, duty.signal, duty.group) == ("u", "r1", "RS9", "packers")
    assert duty.reasons[0].kind is ThresholdKind.SEVERITY
    assert len(duty.reasons[0].detail) == 1


def test_all_facets_below_the_threshold_disclose_nothing() -> None:
    use = UseFacts("u", (risk(Severity(3, 3, 3)),))
    assert duties(commitment(SeverityThreshold(4)), use) == ()


@given(severities, scores.filter(bool))
def test_severity_discloses_exactly_when_some_facet_reaches(
    severity: Severity, threshold: int
) -> None:
    found = duties(commitment(SeverityThreshold(threshold)), UseFacts("u", (risk(severity),)))
    facets = (severity.scale, severity.scope, severity.irremediability)
    assert bool(found) == any(facet is not None and facet >= threshold for facet in facets)


def test_a_risk_that_nobody_judged_is_named_until_it_is() -> None:
    made = commitment(SeverityThreshold(4))
    assert result(made, UseFacts("u", (risk(Severity(2)),))).unjudged == (("u", "r1"),)
    assert result(made, UseFacts("u", (risk(Severity(2, 2, 2)),))).unjudged == ()
    assert result(made, UseFacts("u", (risk(Severity(4)),))).unjudged == ()
    assert result(commitment(ReturnMultiple()), UseFacts("u", (risk(Severity()),))).unjudged == ()


@pytest.mark.parametrize(
    ("present", "judged", "in_force", "since"),
    [(10, 20, 0, 20), (25, 20, 0, 25), (10, 20, 40, 40)],
)
def test_a_duty_begins_with_the_last_of_its_conditions(
    present: int, judged: int, in_force: int, since: int
) -> None:
    made = commitment(SeverityThreshold(4), since=day(in_force))
    use = UseFacts("u", (risk(Severity(4, 1, 1), present=present, judged=judged),))
    assert duties(made, use)[0].since == day(since)
    assert duties(made, use, on=day(since - 1)) == ()
    assert len(duties(made, use, on=day(since))) == 1


def test_a_return_of_exactly_ten_times_is_not_more_than_ten() -> None:
    def with_return(multiple: Fraction) -> UseFacts:
        return UseFacts("u", (risk(),), expected_return=ExpectedReturn(multiple, day(5)))

    made = commitment(ReturnMultiple())
    assert duties(made, with_return(Fraction(10))) == ()
    (duty,) = duties(made, with_return(Fraction(10) + Fraction(1, 10**30)))
    assert duty.reasons[0].kind is ThresholdKind.RETURN_MULTIPLE


def test_a_high_return_of_one_use_discloses_nothing_of_another() -> None:
    rich = UseFacts("rich", (risk(),), expected_return=ExpectedReturn(Fraction(11), day(5)))
    plain = UseFacts("plain", (risk(),))
    assert [duty.use for duty in duties(commitment(ReturnMultiple()), rich, plain)] == ["rich"]


def claim(value: int, measure: str = "Calls answered alone, percent") -> MarketedClaim:
    return MarketedClaim(measure, Fraction(value), f"Answers {value} %", SOURCE, day(3))


CALLS = MarketedCapability("calls answered alone, percent", Fraction(60), "Most calls", SOURCE)


@pytest.mark.parametrize(
    ("claimed", "met"),
    [(claim(60), True), (claim(59), False), (claim(99, "Shifts planned, percent"), False)],
)
def test_a_marketed_capability_counts_from_the_value_to_reach(
    claimed: MarketedClaim, met: bool
) -> None:
    found = duties(commitment(CALLS), UseFacts("u", (risk(),), claims=(claimed,)))
    assert [duty.reasons[0].detail for duty in found] == ([(claimed.quote,)] if met else [])


def test_five_percent_is_not_yet_more_than_five_percent() -> None:
    made = commitment(FIVE_PERCENT)
    assert duties(made, UseFacts("u", (risk(),), changes=(saved(5_000),))) == ()
    assert len(duties(made, UseFacts("u", (risk(),), changes=(saved(5_001),)))) == 1
    assert duties(made, UseFacts("u", (risk(),), changes=(earned(15_000),))) == ()
    assert len(duties(made, UseFacts("u", (risk(),), changes=(earned(15_001),)))) == 1


def test_costs_and_revenue_are_never_added_to_each_other() -> None:
    use = UseFacts("u", (risk(),), changes=(saved(5_000), earned(15_000)))
    assert duties(commitment(FIVE_PERCENT), use) == ()


def test_small_changes_of_many_uses_together_disclose_the_risks_of_all() -> None:
    small = [UseFacts(f"u{n}", (risk(),), changes=(saved(2_000, on=30 + n),)) for n in range(3)]
    idle = UseFacts("idle", (risk(),))
    found = duties(commitment(FIVE_PERCENT), *small, idle)
    assert [duty.use for duty in found] == ["u0", "u1", "u2", "idle"]
    assert {duty.since for duty in found} == {day(32)}, "the day on which the sum went over"


def test_one_uses_loss_hides_nothing_that_another_brought() -> None:
    gain = UseFacts("gain", (risk(),), changes=(saved(5_001),))
    loss = UseFacts("loss", (risk(),), changes=(saved(-90_000),))
    assert len(duties(commitment(FIVE_PERCENT), gain, loss)) == 2


def test_changes_before_counting_began_or_still_to_come_do_not_count() -> None:
    before = UseFacts("u", (risk(),), changes=(saved(9_000, on=-1), saved(9_000, on=300)))
    assert duties(commitment(FIVE_PERCENT), before) == ()


def test_a_base_year_without_figures_is_named_as_missing() -> None:
    use = UseFacts("u", (risk(),), changes=(saved(9_000),))
    found = evaluate(commitment(FIVE_PERCENT), [use], years={}, on=TODAY)
    assert found.missing == ("costs 2025",)
    assert found.duties == ()


def test_another_currency_is_refused_and_not_guessed() -> None:
    change = FinancialChange(day(30), cost_decrease=Money("USD", 9_000))
    with pytest.raises(MoneyError, match="different currencies"):
        duties(commitment(FIVE_PERCENT), UseFacts("u", (risk(),), changes=(change,)))


@given(st.lists(st.integers(-4_000, 4_000), max_size=8), st.integers(1, 200_000))
def test_the_sum_decides_exactly_as_whole_numbers_do(cents: list[int], costs: int) -> None:
    use = UseFacts("u", (risk(),), changes=tuple(saved(c, on=n) for n, c in enumerate(cents)))
    years = {2025: YearFigures(costs=Money("EUR", costs))}
    found = evaluate(commitment(FIVE_PERCENT), [use], years=years, on=TODAY).duties
    assert bool(found) == (sum(c for c in cents if c > 0) * 20 > costs)


def test_several_thresholds_run_together_and_each_reason_is_named() -> None:
    use = UseFacts(
        "u", (risk(Severity(5, 1, 1)),), expected_return=ExpectedReturn(Fraction(12), day(12))
    )
    (duty,) = duties(commitment(SeverityThreshold(4), ReturnMultiple()), use)
    assert [(reason.kind, reason.since) for reason in duty.reasons] == [
        (ThresholdKind.SEVERITY, day(20)),
        (ThresholdKind.RETURN_MULTIPLE, day(12)),
    ]
    assert duty.since == day(12)


def test_before_the_commitment_is_in_force_nothing_must_be_disclosed() -> None:
    made = commitment(SeverityThreshold(1), since=date(2026, 12, 1))
    assert result(made, UseFacts("u", (risk(Severity(5, 5, 5)),))) == Evaluation("1", (), (), ())


def test_a_new_version_does_not_set_back_the_days_of_an_old_duty() -> None:
    use = UseFacts("u", (risk(Severity(4, 1, 1)),))
    old = commitment(SeverityThreshold(4))
    new = commitment(SeverityThreshold(3), version="2", since=day(100))
    assert duties(new, use)[0].since == day(100)
    assert evaluate(new, [use], years={}, on=TODAY, earlier=[old]).duties[0].since == day(20)


def test_a_version_in_between_that_held_no_duty_ends_the_count() -> None:
    use = UseFacts("u", (risk(Severity(4, 1, 1)),))
    oldest = commitment(SeverityThreshold(4))
    loose = commitment(SeverityThreshold(5), version="2", since=day(50))
    new = commitment(SeverityThreshold(4), version="3", since=day(100))
    found = evaluate(new, [use], years={}, on=TODAY, earlier=[oldest, loose])
    assert found.duties[0].since == day(100)


@given(st.lists(severities, max_size=5), scores.filter(bool))
def test_a_stricter_threshold_never_discloses_less(found: list[Severity], value: int) -> None:
    risks = tuple(replace(risk(one), id=str(n)) for n, one in enumerate(found))
    strict = {d.risk for d in duties(commitment(SeverityThreshold(value)), UseFacts("u", risks))}
    looser = min(5, value + 1)
    loose = {d.risk for d in duties(commitment(SeverityThreshold(looser)), UseFacts("u", risks))}
    assert loose <= strict


@pytest.mark.parametrize(
    "make",
    [
        lambda: ExpectedReturn(10.5, START),  # type: ignore[arg-type]
        lambda: replace(claim(1), value=0.5),  # type: ignore[arg-type]
    ],
)
def test_a_fact_that_is_not_exact_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(CommitmentError, match="exact Fraction or int"):
        make()


@pytest.mark.parametrize(
    ("met", "published", "days"),
    [
        (None, None, 0),
        (TODAY, None, 0),
        (date(2026, 5, 1), None, 31),
        (date(2026, 5, 1), date(2026, 5, 11), 10),
        (date(2026, 5, 1), date(2026, 4, 1), 0),
        (date(2026, 5, 1), date(2026, 8, 1), 31),
        (date(2026, 7, 1), None, 0),
    ],
)
def test_undisclosed_days_run_until_publication_and_then_stand_still(
    met: date | None, published: date | None, days: int
) -> None:
    assert undisclosed_days(met_since=met, published_at=published, today=TODAY) == days
