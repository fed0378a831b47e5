"""Printed sign-in codes: how they are written, read back from a hand, and told apart.

A code has 15 random characters of Crockford's base32 (75 bits) and one check character, in four
groups of four like the number of a bank card. Only a keyed digest of it is kept, so it can be
guessed online alone: against 50,000 people with twelve open codes each, a thousand guesses a
second would need some million years for an even chance. No slow hash is needed for that.
"""

from __future__ import annotations

import hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O and U, which are taken for 1, 1, 0 and V."""
CODES_ON_A_SHEET = 12
RANDOM_CHARACTERS = 15
LENGTH = RANDOM_CHARACTERS + 1
GROUP = 4
RANDOM_BITS = 5 * RANDOM_CHARACTERS
BYTES_FOR_A_CODE = 10
"""Random bytes that one code takes; five of their bits are left over."""

_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_BETWEEN_GROUPS = str.maketrans("", "", " -‐‑–—−\t\r\n\u00a0")
_FIELD = 0b100101  # x⁵ + x² + 1, which makes the 32 characters a field


class CodeError(ValueError):
    """A code that cannot be made; the message says what is needed."""


def code_from(drawn: bytes) -> str:
    """The code that these random bytes make, without gaps.

    Raises `CodeError` when there are not exactly as many as a code takes.
    """
    if len(drawn) != BYTES_FOR_A_CODE:
        raise CodeError(
            f"{len(drawn)} random bytes were given. A code takes exactly {BYTES_FOR_A_CODE}."
        )
    number = int.from_bytes(drawn, "big")
    random = "".join(
        ALPHABET[number >> (5 * place) & 31] for place in reversed(range(RANDOM_CHARACTERS))
    )
    return random + check_character(random)


def check_character(characters: str) -> str:
    """The last character of a code, by which a slip is noticed before the code is looked up.

    Each character is multiplied with a power of two in the field of 32 elements: a single wrong
    character, or two neighbours that changed places, always give another check character.
    """
    total = 0
    for character in characters:
        total = _doubled(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _doubled(element: int) -> int:
    twice = element << 1
    return twice ^ _FIELD if twice & 0b100000 else twice


def as_printed(code: str) -> str:
    """A code in groups of four, as it stands on a sheet."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str | None:
    """The code that somebody meant, whatever case and gaps they typed; None when it is none.

    I and L are read as 1, O as 0, and U as V.
    """
    meant = typed.upper().translate(_BETWEEN_GROUPS).translate(_READ_AS)
    if len(meant) != LENGTH or any(each not in ALPHABET for each in meant):
        return None
    return meant if check_character(meant[:-1]) == meant[-1] else None


def code_digest(text: str, *, key: bytes) -> str:
    """What is kept of a code: without the key, a stolen database cannot be tried against."""
    return hmac.new(key, text.encode(), "sha256").hexdigest()
