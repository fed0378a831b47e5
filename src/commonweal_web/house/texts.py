"""Sentences of ours that are kept: stored in English, said in the language of whoever reads them.

What is kept must not depend on who did it, so a fixed sentence is stored as it stands in the code
(mark it there with `gettext_noop`) and translated when it is shown. A sentence that holds names or
numbers is stored in the language of the organisation.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import pgettext

from commonweal.shared.language import CATALOGUE
from commonweal.shared.money import Money


def kept_text(text: str) -> str:
    """A kept text in the reader's language; what a person typed stays as it is."""
    if not text:
        return ""
    said = translation.gettext(text)
    return said if said != text else pgettext(CATALOGUE, text)


def in_english() -> AbstractContextManager[None]:
    """While this lasts, our texts are English: for what is kept and must be the same for all."""
    return translation.override("en")


def day_text(day: date) -> str:
    """A day inside a sentence, in the reader's language."""
    pattern = pgettext("day with year, in Django's date format", "j F Y")
    return date_format(day, pattern)


def money_text(money: Money | None) -> str:
    """An amount in the reader's digits, then its currency; cents only where there are any.

    The code of the currency follows, as in 1,250.50 EUR: a sign such as $ stands for several.
    """
    if money is None:
        return ""
    amount = money.amount
    whole = amount.to_integral_value()
    shown = whole if whole == amount else amount
    return f"{number_format(shown, force_grouping=True)}\N{NO-BREAK SPACE}{money.currency}"
