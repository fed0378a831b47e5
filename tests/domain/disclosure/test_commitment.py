from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from commonweal.disclosure.commitment import (
    Commitment,
    CommitmentError,
    CostOrRevenue,
    MarketedCapability,
    Reader,
    ReturnMultiple,
    SeverityThreshold,
    Threshold,
)
from commonweal.shared.source import Source

DAY = date(2026, 1, 1)
SOURCE = Source("Product page", "Brisk Systems", DAY, "https://example.org/brisk")


def commitment(*thresholds: Threshold, why: str = "It is strict.", readers: int = 1) -> Commitment:
    return Commitment(
        "1", DAY, thresholds, why, ("Union of Stores",), (Reader.EVERYONE,) * readers
    )


def test_a_commitment_without_a_threshold_is_refused() -> None:
    with pytest.raises(CommitmentError, match="choose one or more"):
        commitment()


def test_a_commitment_says_why_and_for_whom() -> None:
    with pytest.raises(CommitmentError, match="does not say why"):
        commitment(SeverityThreshold(4), why=" ")
    with pytest.raises(CommitmentError, match="names no reader"):
        commitment(SeverityThreshold(4), readers=0)


def test_one_kind_is_switched_on_once_but_several_capabilities_may_be() -> None:
    with pytest.raises(CommitmentError, match="switched on twice"):
        commitment(SeverityThreshold(4), SeverityThreshold(3))
    calls = MarketedCapability("calls answered alone, percent", Fraction(60), "Most calls", SOURCE)
    shifts = MarketedCapability(
        "shifts planned alone, percent", Fraction(90), "All shifts", SOURCE
    )
    assert len(commitment(calls, shifts).thresholds) == 2


@pytest.mark.parametrize("value", [0, 6, 3.5, True])
def test_a_severity_threshold_lies_from_1_to_5(value: int) -> None:
    with pytest.raises(CommitmentError, match="severity threshold"):
        SeverityThreshold(value)


def test_the_usual_values_are_ten_times_and_a_twentieth() -> None:
    assert ReturnMultiple().above == 10
    assert CostOrRevenue(2025, DAY, DAY).above == Fraction(1, 20)


@pytest.mark.parametrize("value", [0.05, 10.0, True, "10"])
def test_a_threshold_that_is_not_exact_is_refused(value: Fraction) -> None:
    for make in (
        lambda: ReturnMultiple(value),
        lambda: CostOrRevenue(2025, DAY, DAY, above=value),
        lambda: MarketedCapability("calls", value, "Most calls", SOURCE),
    ):
        with pytest.raises(CommitmentError, match="exact Fraction or int"):
            make()


def test_a_threshold_below_nothing_is_refused() -> None:
    with pytest.raises(CommitmentError, match="below nothing"):
        ReturnMultiple(Fraction(-1))


@pytest.mark.parametrize(("measure", "quote"), [("", "Most calls"), ("calls", " ")])
def test_a_marketed_capability_is_quoted_and_says_what_is_counted(
    measure: str, quote: str
) -> None:
    with pytest.raises(CommitmentError, match="quote the vendor"):
        MarketedCapability(measure, Fraction(60), quote, SOURCE)
