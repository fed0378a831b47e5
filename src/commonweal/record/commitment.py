"""Salted commitments: the log can prove a text was recorded without holding the text."""

from __future__ import annotations

from hashlib import sha256

SALT_BYTES = 32
_DOMAIN = b"commonweal.record.commitment.v1\n"


def commit(payload: bytes, *, salt: bytes) -> bytes:
    """Return the 32-byte commitment to ``payload``: SHA-256 of a fixed prefix, salt and payload.

    Whoever has salt and payload can check it; once the salt is destroyed, nobody can test a guess
    of the payload. The prefix keeps a commitment from ever being read as a hash of the tree.

    Raises:
        ValueError: when the salt is not exactly 32 bytes.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(
            f"The salt has {len(salt)} bytes, a commitment needs exactly {SALT_BYTES} random ones."
        )
    return sha256(_DOMAIN + salt + payload).digest()
