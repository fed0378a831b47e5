"""Amounts are written in the digits of whoever reads them."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

from commonweal.shared.money import Money
from commonweal_web.house.texts import money_text

BLANK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "88,000,000 EUR"), ("de", "88.000.000 EUR"), ("es", f"88{BLANK}000{BLANK}000 EUR")],
)
def test_a_large_amount_is_parted_as_its_reader_parts_it(language: str, said: str) -> None:
    with translation.override(language):
        assert money_text(Money("EUR", 8_800_000_000)) == said.replace(" EUR", f"{BLANK}EUR")


@pytest.mark.parametrize(
    ("money", "said"),
    [
        (Money("EUR", 125_050), "1.250,50 EUR"),
        (Money("EUR", -5), "-0,05 EUR"),
        (Money("EUR", 0), "0 EUR"),
        (Money("JPY", 1_234_567), "1.234.567 JPY"),
        (Money("KWD", 1_500), "1,500 KWD"),
        (Money("EUR", 9_007_199_254_740_993), "90.071.992.547.409,93 EUR"),
        (None, ""),
    ],
)
def test_cents_are_exact_and_shown_only_where_there_are_any(
    money: Money | None, said: str
) -> None:
    with translation.override("de"):
        assert money_text(money) == said.replace(" ", BLANK)


def test_a_template_writes_it_the_same_way() -> None:
    shown = Template("{% load components %}{{ fee|money }}").render(
        Context({"fee": Money("EUR", 25_000)})
    )
    assert shown == f"250{BLANK}EUR"
