"""Words as they are compared: without case, accents and punctuation, the same on every database.

The database never splits a text itself: both would do it differently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 60
MOST_WORDS = 4000
"""Of one text; what stands beyond is not found."""

PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not take apart into a letter and an accent."""


def words_of(text: str) -> list[str]:
    """The words of a text in their order, folded: “Über-Stunden” is “uber”, “stunden”."""
    return [each[:LONGEST_WORD] for each in WORD.findall(folded(text))]


def folded(text: str) -> str:
    """A text in small letters without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(each for each in apart if not unicodedata.combining(each)).translate(PLAIN)


def as_heading(title: str) -> str:
    """The words of a title, each with a sign before it that nobody can type as part of a word."""
    words = words_of(title)[:MOST_WORDS]
    return f" {' '.join(f'~{word}' for word in words)} " if words else ""


def stored(texts: Iterable[str]) -> str:
    """The words of several texts as they are kept: a space around each, a full stop between texts.

    So a whole word is found with its spaces, and no phrase runs from one text into the next.
    """
    parts = [" ".join(words) for each in texts if (words := words_of(each)[:MOST_WORDS])]
    return f" {' . '.join(parts)} " if parts else ""
