"""From a passphrase to a key: slow on purpose, so that guessing costs whoever stole the file.

Argon2id (RFC 9106). How much work it takes stands in the file, so that it can be raised.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from nacl.pwhash import argon2id

from .rejected import BackupRejected

KEY_BYTES = 32
SALT_BYTES = 16
LEAST_CHARACTERS = 16
LEAST_DIFFERENT = 8
MEBIBYTE = 1024 * 1024
LEAST_MEMORY, MOST_MEMORY = 64 * MEBIBYTE, 1024 * MEBIBYTE
LEAST_PASSES, MOST_PASSES = 3, 20


class PassphraseRefused(ValueError):
    """A passphrase that could be guessed; the message says what would do."""

    code = "passphrase_weak"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work deriving the key takes: passes over so many bytes of memory."""

    passes: int
    memory: int


ENOUGH = Effort(passes=4, memory=128 * MEBIBYTE)
"""What new backups take: about a quarter of a second on a small server."""


def refuse_weak(passphrase: str) -> None:
    """Refuse a passphrase that is short or says one thing over and over.

    Raises:
        PassphraseRefused: with the length or the number of different characters found.
    """
    written = _normal(passphrase)
    if len(written) < LEAST_CHARACTERS:
        raise PassphraseRefused(
            f"The passphrase has {len(written)} characters. Use at least {LEAST_CHARACTERS}, "
            "such as five words that have nothing to do with each other."
        )
    if len(set(written)) < LEAST_DIFFERENT:
        raise PassphraseRefused(
            f"The passphrase has only {len(set(written))} different characters. Use at least "
            f"{LEAST_DIFFERENT}, such as five words that have nothing to do with each other."
        )


def derive_key(passphrase: str, *, salt: bytes, effort: Effort) -> bytes:
    """The 32-byte key of a passphrase.

    Raises:
        BackupRejected: for less work than we ever ask, or so much that this machine would stall.
    """
    if not (
        LEAST_PASSES <= effort.passes <= MOST_PASSES
        and LEAST_MEMORY <= effort.memory <= MOST_MEMORY
    ):
        raise BackupRejected(
            "effort_absurd",
            f"The file asks for {effort.passes} passes over {effort.memory} bytes to check the "
            "passphrase, which no backup of ours does: it is damaged or forged.",
        )
    written = _normal(passphrase).encode()
    return argon2id.kdf(KEY_BYTES, written, salt, opslimit=effort.passes, memlimit=effort.memory)


def _normal(passphrase: str) -> str:
    """One spelling of what two keyboards may write as different characters."""
    return unicodedata.normalize("NFKC", passphrase)
