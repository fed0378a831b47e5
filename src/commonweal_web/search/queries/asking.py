"""What somebody typed, as something both databases understand alike."""

from __future__ import annotations

import re
from dataclasses import dataclass

from commonweal_web.search.folding import words_of

LONGEST = 1000
MOST_TERMS = 10
MOST_WORDS = 20
SHORTEST_BEGINNING = 3
TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<plain>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Asked:
    """Whole words, the beginning of a last one, phrases, and what must not stand there.

    `is_cut` tells that more was typed than is looked for.
    """

    words: tuple[str, ...] = ()
    beginning: str = ""
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for; to leave something out is not to ask for anything."""
        return not (self.words or self.beginning)

    @property
    def has_phrases(self) -> bool:
        """Whether words must, or must not, stand side by side."""
        return bool(self.phrases) or any(len(words) > 1 for words in self.without)


def asked_for(text: str) -> Asked:
    """Read what was typed: all words count, the last may be a beginning, "…" is a phrase.

    A minus before a word or a phrase leaves out what holds it. Any other sign is a space. A last
    word under three letters stands for itself alone: half the alphabet begins with it.
    """
    terms = [
        (bool(term["minus"]), term["phrase"] is not None, words)
        for term in TERM.finditer(text[:LONGEST])
        if (words := tuple(words_of(term["phrase"] or term["plain"] or "")))
    ]
    kept = terms[:MOST_TERMS]
    wanted = [(quoted, words) for minus, quoted, words in kept if not minus]
    beginning = _beginning(wanted)
    loose = [word for quoted, words in wanted for word in words]
    if beginning:
        loose.pop()
    different = tuple(dict.fromkeys(loose))
    return Asked(
        words=different[:MOST_WORDS],
        beginning=beginning,
        phrases=tuple(words for quoted, words in wanted if quoted and len(words) > 1),
        without=tuple(words for minus, _quoted, words in kept if minus),
        is_cut=len(text) > LONGEST or len(terms) > MOST_TERMS or len(different) > MOST_WORDS,
    )


def _beginning(wanted: list[tuple[bool, tuple[str, ...]]]) -> str:
    if not wanted:
        return ""
    quoted, words = wanted[-1]
    return "" if quoted or len(words[-1]) < SHORTEST_BEGINNING else words[-1]
