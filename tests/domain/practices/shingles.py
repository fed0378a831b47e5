"""Runs of eight words, hashed, so that copied sentences are found without storing the source."""

import re
from hashlib import sha256

RUN_LENGTH = 8
KEPT_DIGITS = 12
_SPELLINGS = (("labour", "labor"), ("organis", "organiz"), ("minimis", "minimiz"))


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, British spelling made American."""
    text = text.lower().replace("’", "'").replace("'", "")
    for british, american in _SPELLINGS:
        text = text.replace(british, american)
    return re.findall(r"[a-z0-9]+", text)


def hashed_runs(text: str) -> set[str]:
    """The first twelve hexadecimal digits of the SHA-256 of each run of eight words."""
    words = words_of(text)
    runs = (" ".join(words[at : at + RUN_LENGTH]) for at in range(len(words) - RUN_LENGTH + 1))
    return {sha256(run.encode()).hexdigest()[:KEPT_DIGITS] for run in runs}
