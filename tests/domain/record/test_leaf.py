from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.record import SALT_BYTES, Leaf, commit

LEAF = Leaf("systems.described", "systems.use:1", "use_owner", date(2026, 3, 1), b"c" * 32)
SALTS = st.binary(min_size=SALT_BYTES, max_size=SALT_BYTES)


def test_a_leaf_is_versioned_canonical_json() -> None:
    assert LEAF.encode() == (
        b'{"commitment":"' + b"63" * 32 + b'","day":"2026-03-01","kind":"systems.described",'
        b'"role":"use_owner","subject":"systems.use:1","version":1}'
    )


def test_the_hash_of_a_leaf_is_that_of_rfc_9162() -> None:
    assert LEAF.hash == hashlib.sha256(b"\x00" + LEAF.encode()).digest()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "systems.describe"},
        {"subject": "systems.use:2"},
        {"role": "worker"},
        {"day": date(2026, 3, 2)},
        {"commitment": b"d" * 32},
    ],
)
def test_every_column_changes_the_hash(change: dict[str, object]) -> None:
    assert replace(LEAF, **change).hash != LEAF.hash  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": ""}, "needs a kind"),
        ({"subject": ""}, "needs a subject"),
        ({"role": ""}, "needs a role"),
        ({"day": datetime(2026, 3, 1, tzinfo=UTC)}, "without a time"),
        ({"commitment": b"c" * 31}, "pass the 32 bytes"),
    ],
)
def test_a_malformed_leaf_is_refused(change: dict[str, object], message: str) -> None:
    leaf = replace(LEAF, **change)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=message):
        leaf.encode()


@given(st.binary(), SALTS, SALTS)
def test_the_same_payload_under_another_salt_is_another_commitment(
    payload: bytes, salt: bytes, other: bytes
) -> None:
    same = commit(payload, salt=salt) == commit(payload, salt=other)
    assert same == (salt == other)


def test_without_the_salt_a_guess_of_every_known_value_finds_nothing() -> None:
    answers = [b"yes", b"no", b"uncertain"]
    target = commit(b"no", salt=hashlib.sha256(b"destroyed").digest())
    guesses = [hashlib.sha256(answer).digest() for answer in answers]
    guesses += [commit(answer, salt=bytes(SALT_BYTES)) for answer in answers]
    assert target not in guesses


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_salt_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=f"has {length} bytes"):
        commit(b"payload", salt=bytes(length))
