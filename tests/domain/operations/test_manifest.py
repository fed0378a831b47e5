"""What a backup says it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.operations import (
    BackupRejected,
    KeptRecord,
    Manifest,
    fingerprint,
    read_manifest,
)

MADE = Manifest(
    kind="data",
    version="0.1.0",
    made_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    key_files={"web.secret": fingerprint(b"secret")},
    database="sqlite",
    records=(KeptRecord("6a7c", "northbank", "northbank/record", 12, "ab" * 32),),
    rows={"people_account": 3},
    columns={"people_account": ("id", "name")},
    migrations=("people.0001_initial",),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def told(**changed: Any) -> bytes:
    return json.dumps(json.loads(MADE.encode()) | changed).encode()


def test_a_manifest_comes_back_as_it_was() -> None:
    assert read_manifest([MADE.encode()]) == MADE


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        told(kind="other"),
        told(made_at="2026-11-23T09:30:00"),
        told(made_at=5),
        told(rows={"people_account": -1}),
        told(rows={"people_account": True}),
        told(records=[{"slug": "northbank"}]),
        told(key_files=["web.secret"]),
        told(migrations="people.0001_initial"),
        b"[" * 100_000,
    ],
)
def test_what_is_no_manifest_is_refused(raw: bytes) -> None:
    with pytest.raises(BackupRejected, match="does not say what it is"):
        read_manifest([raw])


@given(st.sampled_from(sorted(json.loads(MADE.encode()))), JSON)
def test_any_value_in_any_place_is_read_or_refused(name: str, value: Any) -> None:
    try:
        found = read_manifest([told(**{name: value})])
    except BackupRejected:
        return
    assert read_manifest([found.encode()]) == found


def test_an_endless_manifest_is_refused() -> None:
    with pytest.raises(BackupRejected, match="bytes long"):
        read_manifest(b" " * 1_000_000 for _ in range(1000))


def test_a_fingerprint_tells_keys_apart_and_holds_neither() -> None:
    assert fingerprint(b"one") != fingerprint(b"two")
    assert len(fingerprint(b"one")) == 16
