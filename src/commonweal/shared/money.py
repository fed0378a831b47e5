"""Amounts of money: a currency and an exact whole number of its smallest units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import total_ordering

from commonweal.shared.language import _

# ISO 4217 currencies whose smallest unit is not a hundredth, by the number of decimal places.
_DIGITS_BY_COUNT = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
MINOR_DIGITS = {
    code: digits for digits, codes in _DIGITS_BY_COUNT.items() for code in codes.split()
}
_CODE = re.compile(r"[A-Z]{3}")
_PLAIN_AMOUNT = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


class MoneyError(ValueError):
    """An amount that cannot be used, with the reason and what to do."""


@total_ordering
@dataclass(frozen=True)
class Money:
    """An exact amount; `minor` counts the smallest units, so 1234 EUR-cents is 12.34 EUR.

    >>> str(Money.of("12.34", currency="EUR") + Money("EUR", 66))
    '13.00 EUR'
    """

    currency: str
    minor: int

    def __post_init__(self) -> None:
        if not isinstance(self.currency, str) or not _CODE.fullmatch(self.currency):
            raise MoneyError(
                _("%(currency)r is not a currency code: use three capital letters, as in EUR.")
                % {"currency": self.currency}
            )
        if not isinstance(self.minor, int) or isinstance(self.minor, bool):
            raise MoneyError(
                f"{self.minor!r} is not a whole number of smallest units: "
                "use Money.of('12.34', currency='EUR') for amounts with a decimal point."
            )

    @classmethod
    def of(cls, amount: Decimal | int | str, *, currency: str) -> Money:
        """Read an amount in whole units; a float or a fraction of the smallest unit is refused."""
        exact = _exact_decimal(amount)
        minor = Fraction(exact) * 10 ** MINOR_DIGITS.get(currency, 2)
        if minor.denominator != 1:
            raise MoneyError(
                _(
                    "%(amount)r %(currency)s is finer than the smallest unit of %(currency)s: "
                    "give at most %(places)s decimal places."
                )
                % {
                    "amount": amount,
                    "currency": currency,
                    "places": MINOR_DIGITS.get(currency, 2),
                }
            )
        return cls(currency, int(minor))

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read '12.34 EUR', the form that `str` writes; the decimal mark is always a point."""
        match text.split():
            case [amount, currency]:
                return cls.of(amount, currency=currency)
        raise MoneyError(
            _("%(text)r is not an amount: write it as in '12.34 EUR'.") % {"text": text}
        )

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(currency, 0)

    @classmethod
    def sum(cls, amounts: Iterable[Money], *, currency: str) -> Money:
        """Add amounts of one currency; no amounts make zero of that currency."""
        total = cls.zero(currency)
        for amount in amounts:
            total += amount
        return total

    @property
    def amount(self) -> Decimal:
        """The amount in whole units, with as many decimal places as the currency has."""
        sign = 1 if self.minor < 0 else 0
        digits = tuple(int(digit) for digit in str(abs(self.minor)))
        return Decimal((sign, digits, -MINOR_DIGITS.get(self.currency, 2)))

    def share_of(self, whole: Money) -> Fraction:
        """This amount as an exact share of another, for thresholds."""
        self._same_currency(whole)
        if whole.minor == 0:
            raise MoneyError(f"No share of {whole} exists: give an amount other than zero.")
        return Fraction(self.minor, whole.minor)

    def exceeds(self, share: Fraction, *, of: Money) -> bool:
        """Whether this amount is strictly more than `share` of another amount."""
        self._same_currency(of)
        return Fraction(self.minor) > share * of.minor

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"

    def __bool__(self) -> bool:
        return self.minor != 0

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.currency, self.minor + other.minor)

    def __sub__(self, other: Money) -> Money:
        return self + -other

    def __neg__(self) -> Money:
        return Money(self.currency, -self.minor)

    def __mul__(self, times: int) -> Money:
        if not isinstance(times, int) or isinstance(times, bool):
            raise MoneyError(
                f"Money is multiplied by whole numbers only, not by {times!r}: "
                "use share_of for exact shares."
            )
        return Money(self.currency, self.minor * times)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        self._same_currency(other)
        return self.minor < other.minor

    def _same_currency(self, other: Money) -> None:
        if not isinstance(other, Money):
            raise MoneyError(f"{other!r} is not money: give it a currency first.")
        if other.currency != self.currency:
            raise MoneyError(
                f"{self} and {other} are in different currencies: convert one of them first, "
                "with the rate and its date on the record."
            )


def _exact_decimal(amount: Decimal | int | str) -> Decimal:
    if isinstance(amount, bool) or not isinstance(amount, (Decimal, int, str)):
        raise MoneyError(
            f"{amount!r} is a {type(amount).__name__}, which is not exact here: "
            "give text, a whole number or a Decimal."
        )
    text = str(amount).strip() if isinstance(amount, str) else f"{Decimal(amount):f}"
    if not _PLAIN_AMOUNT.fullmatch(text):
        raise MoneyError(
            _("%(amount)r is not a plain amount: write digits and a decimal point, as in 1234.56.")
            % {"amount": amount}
        )
    return Decimal(text)
