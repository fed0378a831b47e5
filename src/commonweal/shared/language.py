"""The language in which rules speak: English, until whoever runs them lends a translation.

Rules give people sentences, but know no framework. A sentence is written in English inside `_(…)`;
the web lends the translation of the reader's language, the command line none. A sentence that
stands in a constant is marked where it stands and translated where it is read.

>>> _("Workers confirmed the need.")
'Workers confirmed the need.'
>>> ngettext("%(count)s day", "%(count)s days", 2) % {"count": 2}
'2 days'
>>> digits(1048576) == "1\N{NARROW NO-BREAK SPACE}048\N{NARROW NO-BREAK SPACE}576"
True
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

CATALOGUE = "catalogue"
"""The context of texts that stand in files of data: the practices, the rules of severity."""


def _one_or_many(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


def _as_it_is(_context: str, sentence: str) -> str:
    return sentence


class Voice(NamedTuple):
    """How sentences are said: one, one of two forms, one in a context, and the language's code."""

    one: Callable[[str], str] = str
    plural: Callable[[str, str, int], str] = _one_or_many
    in_context: Callable[[str, str], str] = _as_it_is
    language: Callable[[], str] = lambda: "en"


_lent = Voice()


def lend(voice: Voice) -> None:
    """Speak with this voice from now on."""
    global _lent
    _lent = voice


def _(sentence: str) -> str:
    """The sentence in the reader's language; in English where no translation was lent."""
    return _lent.one(sentence)


def ngettext(one: str, many: str, count: int) -> str:
    """One of two forms of a sentence, by a count, in the reader's language."""
    return _lent.plural(one, many, count)


def pgettext(context: str, sentence: str) -> str:
    """A sentence whose words mean something else elsewhere, in the reader's language."""
    return _lent.in_context(context, sentence)


def marked(sentence: str) -> str:
    """The sentence as it is, for translators to see; translate it with `_` where it is read."""
    return sentence


def language() -> str:
    """The code of the reader's language, such as `en`."""
    return _lent.language()


def digits(number: int) -> str:
    """A whole number in groups of three, parted as no language mistakes for a decimal mark."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
