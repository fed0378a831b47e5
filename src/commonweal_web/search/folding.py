"""Words as they are compared: without case, accents and punctuation, the same on every database.

The database never splits a text itself: both would do it differently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

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


FIRST_SIGN, COUNT_OF_SIGNS = 0xE000, 6400
"""The signs that Unicode leaves to private use: nobody's alphabet, so no part of a typed word."""


def mark(meaning: str, *, length: int) -> str:
    """A short word that stands for something longer, in signs that no text is written in.

    Two signs have no beginnings in the index of SQLite, which keeps it small. Two meanings in
    forty million share them, so what a mark finds is compared afterwards.
    """
    number = int.from_bytes(blake2b(meaning.encode(), digest_size=8).digest())
    signs = []
    for _ in range(length):
        number, sign = divmod(number, COUNT_OF_SIGNS)
        signs.append(chr(FIRST_SIGN + sign))
    return "".join(signs)


@lru_cache(maxsize=50_000)
def mark_of_pair(first: str, second: str) -> str:
    """The mark of two words side by side."""
    return mark(f"{first} {second}", length=2)


def pairs_in(texts: Iterable[str]) -> str:
    """The marks of all pairs of words that stand side by side in one of the texts."""
    pairs = {
        mark_of_pair(*pair) for each in texts for pair in pairwise(words_of(each)[:MOST_WORDS])
    }
    return " ".join(sorted(pairs))


def marks_of_groups(groups: Iterable[object]) -> str:
    """The marks of worker groups."""
    return " ".join(sorted({mark(str(each), length=4) for each in groups}))


def stored(texts: Iterable[str]) -> str:
    """The words of several texts as they are kept: a space around each, a full stop between texts.

    So a whole word is found with its spaces, and no phrase runs from one text into the next.
    """
    parts = [" ".join(words) for each in texts if (words := words_of(each)[:MOST_WORDS])]
    return f" {' . '.join(parts)} " if parts else ""
