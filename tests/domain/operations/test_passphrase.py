"""Passphrases: what is too easy, and how much work a key takes."""

from __future__ import annotations

import pytest
from nacl.pwhash import argon2id

from commonweal.operations import (
    ENOUGH,
    BackupRejected,
    Effort,
    PassphraseRefused,
    derive_key,
    refuse_weak,
)

MEBIBYTE = 1024 * 1024
LEAST = Effort(3, 64 * MEBIBYTE)


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("", "has 0 characters"),
        ("short", "has 5 characters"),
        ("fifteen letters", "has 15 characters"),
        ("aaaaaaaaaaaaaaaaaaaa", "only 1 different"),
        ("abcabcabcabcabcabcabc", "only 3 different"),
    ],
)
def test_a_passphrase_that_could_be_guessed_is_refused(passphrase: str, why: str) -> None:
    with pytest.raises(PassphraseRefused, match=why):
        refuse_weak(passphrase)


def test_five_words_are_enough() -> None:
    refuse_weak("lantern orbit mustard velvet canoe")


def test_the_key_is_that_of_argon2id() -> None:
    expected = argon2id.kdf(32, b"any words", b"s" * 16, opslimit=3, memlimit=64 * MEBIBYTE)
    assert derive_key("any words", salt=b"s" * 16, effort=LEAST) == expected


def test_two_spellings_of_one_character_give_one_key() -> None:
    composed, split = "Schl\u00fcssel", "Schlu\u0308ssel"
    keys = {derive_key(each, salt=b"s" * 16, effort=LEAST) for each in (composed, split)}
    assert len(keys) == 1


def test_new_backups_take_at_least_what_is_asked_of_old_ones() -> None:
    assert ENOUGH.passes >= LEAST.passes
    assert ENOUGH.memory >= LEAST.memory


@pytest.mark.parametrize(
    "effort",
    [
        Effort(2, 64 * MEBIBYTE),
        Effort(3, 64 * MEBIBYTE - 1),
        Effort(21, 64 * MEBIBYTE),
        Effort(3, 2**63),
        Effort(0, 0),
    ],
)
def test_a_file_that_asks_for_absurd_work_is_refused_without_doing_it(effort: Effort) -> None:
    with pytest.raises(BackupRejected, match="damaged or forged"):
        derive_key("any words", salt=b"s" * 16, effort=effort)
