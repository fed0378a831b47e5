"""The language in which rules speak: English, until whoever runs them lends a translation.

Rules give people sentences, but know no framework. A sentence is written in English inside `_(…)`;
the web lends the translation of the reader's language, the command line none.

>>> _("Workers confirmed the need.")
'Workers confirmed the need.'
>>> ngettext("%(count)s day", "%(count)s days", 2) % {"count": 2}
'2 days'
"""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]
TranslatePlural = Callable[[str, str, int], str]
Language = Callable[[], str]


def _one_or_many(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


_lent: tuple[Translate, TranslatePlural, Language] = (str, _one_or_many, lambda: "en")


def lend(translate: Translate, *, plural: TranslatePlural, language: Language) -> None:
    """Speak through these from now on: one sentence, one of two forms, and the language's code."""
    global _lent
    _lent = (translate, plural, language)


def _(sentence: str) -> str:
    """The sentence in the reader's language; in English where no translation was lent."""
    return _lent[0](sentence)


def ngettext(one: str, many: str, count: int) -> str:
    """One of two forms of a sentence, by a count, in the reader's language."""
    return _lent[1](one, many, count)


def language() -> str:
    """The code of the reader's language, such as `en`."""
    return _lent[2]()
