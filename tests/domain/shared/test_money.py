from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.shared.money import Money, MoneyError

minors = st.integers(-(10**15), 10**15)
currencies = st.sampled_from(["EUR", "USD", "JPY", "KWD", "CLF"])
amounts = st.builds(Money, currencies, minors)


def test_an_amount_is_read_and_written_with_the_decimals_of_its_currency() -> None:
    assert str(Money.of("12.3", currency="EUR")) == "12.30 EUR"
    assert str(Money.of(1500, currency="JPY")) == "1500 JPY"
    assert str(Money.of(Decimal("-0.005"), currency="KWD")) == "-0.005 KWD"
    assert Money.of("12.30", currency="EUR").minor == 1230


@pytest.mark.parametrize("amount", [12.5, True, None, Fraction(1, 2)])
def test_an_inexact_or_odd_amount_is_refused(amount: object) -> None:
    with pytest.raises(MoneyError, match="not exact here"):
        Money.of(amount, currency="EUR")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "1,50", "1e3", "NaN", "Infinity", "1_000", "٣", ".5", "--1"])
def test_text_that_is_no_plain_amount_is_refused(text: str) -> None:
    with pytest.raises(MoneyError, match="plain amount"):
        Money.of(text, currency="EUR")


def test_an_amount_finer_than_the_smallest_unit_is_refused_and_not_rounded() -> None:
    with pytest.raises(MoneyError, match="at most 2 decimal places"):
        Money.of("0.001", currency="EUR")
    with pytest.raises(MoneyError, match="at most 0 decimal places"):
        Money.of("0.5", currency="JPY")


@pytest.mark.parametrize("code", ["eur", "EURO", "E1R", "", " EUR"])
def test_a_currency_is_three_capital_letters(code: str) -> None:
    with pytest.raises(MoneyError, match="three capital letters"):
        Money(code, 1)


@pytest.mark.parametrize("minor", [1.0, True, "1"])
def test_smallest_units_are_whole_numbers(minor: object) -> None:
    with pytest.raises(MoneyError, match="whole number of smallest units"):
        Money("EUR", minor)  # type: ignore[arg-type]


def test_two_currencies_are_never_mixed() -> None:
    euro, yen = Money("EUR", 1), Money("JPY", 1)
    for mix in (
        lambda: euro + yen,
        lambda: euro - yen,
        lambda: euro < yen,
        lambda: euro.share_of(yen),
        lambda: euro.exceeds(Fraction(1), of=yen),
        lambda: Money.sum([euro, yen], currency="EUR"),
    ):
        with pytest.raises(MoneyError, match="different currencies"):
            mix()
    assert euro != yen


def test_money_is_not_added_to_a_bare_number_or_multiplied_by_a_float() -> None:
    with pytest.raises(MoneyError, match="is not money"):
        Money("EUR", 1) + 1  # type: ignore[operator]
    with pytest.raises(MoneyError, match="whole numbers only"):
        Money("EUR", 1) * 0.5  # type: ignore[operator]


def test_text_without_a_currency_is_no_amount() -> None:
    with pytest.raises(MoneyError, match=r"12\.34 EUR"):
        Money.parse("12.34")


def test_only_zero_is_nothing() -> None:
    assert not Money.zero("EUR")
    assert Money("EUR", -1)


def test_no_share_of_nothing_exists() -> None:
    with pytest.raises(MoneyError, match="other than zero"):
        Money("EUR", 1).share_of(Money.zero("EUR"))


def test_exceeding_a_share_is_strict() -> None:
    whole = Money.of("1000.00", currency="EUR")
    five_percent = Fraction(5, 100)
    assert not Money.of("50.00", currency="EUR").exceeds(five_percent, of=whole)
    assert Money.of("50.01", currency="EUR").exceeds(five_percent, of=whole)


@given(amounts)
def test_what_is_written_reads_back_the_same(amount: Money) -> None:
    assert Money.parse(str(amount)) == amount
    assert Money.of(amount.amount, currency=amount.currency) == amount


@given(st.lists(minors), minors)
def test_sums_agree_with_decimal_arithmetic(parts: list[int], times: int) -> None:
    total = Money.sum([Money("EUR", part) for part in parts], currency="EUR")
    assert total.amount == sum((Decimal(part).scaleb(-2) for part in parts), Decimal(0))
    assert (total * 3).minor == (3 * total).minor == sum(parts) * 3
    assert (total - Money("EUR", times)) + Money("EUR", times) == total


@given(minors, minors.filter(bool))
def test_shares_are_exact(part: int, whole: int) -> None:
    assert Money("EUR", part).share_of(Money("EUR", whole)) * whole == part


@given(st.lists(minors))
def test_amounts_sort_like_their_units(parts: list[int]) -> None:
    assert [one.minor for one in sorted(Money("EUR", part) for part in parts)] == sorted(parts)
