from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.record import (
    CODES,
    Node,
    StoredLeaf,
    Verification,
    WitnessConfirmation,
    leaf_hash,
    new_key,
    sign,
)
from commonweal.record import Checkpoint as RecordCheckpoint

Build = Callable[..., Any]
Found = set[tuple[str, int | None, str | None]]
USE = "systems.use:1"
RISK = "mitigations.risk:4"


def found(verification: Verification) -> Found:
    return {(seen.code, seen.leaf, seen.subject) for seen in verification.problems}


def change_leaf(record: Any, index: int, **columns: Any) -> None:
    stored = record.leaves[index]
    record.leaves[index] = stored._replace(leaf=replace(stored.leaf, **columns))


def test_an_untouched_record_is_sound(record: Any) -> None:
    verification = record.verify()
    assert verification.problems == ()
    assert verification.is_sound
    assert (verification.size, verification.signed_size) == (7, 7)
    assert verification.witnesses == (WitnessConfirmation("witness", 2),)
    assert verification.erased == ()


def test_an_empty_record_is_sound(record: Any) -> None:
    empty = type(record)()
    assert empty.verify().is_sound
    assert empty.verify().size == 0


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "test.sayd"},
        {"subject": "systems.use:8"},
        {"role": "worker"},
        {"day": date(2020, 1, 1)},
    ],
)
def test_an_edited_leaf_is_named(record: Any, columns: dict[str, Any]) -> None:
    change_leaf(record, 2, **columns)
    named = ("leaf_hash", 2, columns.get("subject", USE))
    assert named in found(record.verify())


def test_an_edited_commitment_is_named_without_drowning_in_nodes(record: Any) -> None:
    change_leaf(record, 2, commitment=b"x" * 32)
    assert found(record.verify()) == {("leaf_hash", 2, USE), ("opening_wrong", 2, USE)}


def test_a_shortened_commitment_is_named(record: Any) -> None:
    change_leaf(record, 2, commitment=b"x")
    assert ("leaf_malformed", 2, USE) in found(record.verify())


def test_an_edited_leaf_hash_is_named(record: Any) -> None:
    record.leaves[2] = record.leaves[2]._replace(hash=b"x" * 32)
    assert found(record.verify()) == {("leaf_hash", 2, USE)}


def test_a_leaf_edited_with_its_hash_and_opening_contradicts_node_and_checkpoint(
    record: Any,
) -> None:
    forged = replace(record.leaves[2].leaf, role="worker")
    record.leaves[2] = StoredLeaf(2, forged, leaf_hash(forged.encode()))
    problems = record.verify().problems
    assert ("node_hash", 2, USE) in found(record.verify())
    broken = [seen.message for seen in problems if seen.code == "checkpoint_root"]
    assert len(broken) == 1
    assert "a leaf from 2 to 6 was changed" in broken[0]


def test_a_deleted_leaf_is_named_by_its_number(record: Any) -> None:
    del record.leaves[4]
    assert found(record.verify()) == {("leaf_gap", 4, None), ("opening_without_leaf", 4, None)}


def test_a_leaf_deleted_with_its_node_and_opening_is_still_missed(record: Any) -> None:
    del record.leaves[3], record.openings[3]
    record.nodes.remove(next(node for node in record.nodes if node[:2] == (0, 3)))
    seen = found(record.verify())
    assert ("leaf_gap", 3, None) in seen
    assert ("row_inserted", None, "people.account:7") in seen
    assert ("checkpoint_ahead", None, None) in seen


def test_the_last_leaf_cut_off_with_all_its_traces_contradicts_the_checkpoint(
    record: Any,
) -> None:
    del record.leaves[6], record.openings[6], record.rows[RISK]
    record.nodes = [node for node in record.nodes if node[:2] != (0, 6)]
    verification = record.verify()
    assert found(verification) == {("checkpoint_ahead", None, None)}
    assert verification.signed_size == 2


def test_an_old_backup_contradicts_the_cosigned_checkpoint(
    record: Any, build_record: Build
) -> None:
    record.cosign(record.checkpoints[1])
    old = type(record)()
    old.say(USE, {"name": "first", "stage": "identified", "fee": 100})
    verification = old.verify(cosignatures=record.cosignatures)
    assert [seen.code for seen in verification.problems] == ["checkpoint_ahead"] * 2


def test_a_leaf_number_that_occurs_twice_is_named(record: Any) -> None:
    record.leaves.insert(3, record.leaves[2])
    assert found(record.verify()) == {("leaf_duplicate", 2, USE)}


def test_an_inserted_leaf_is_named(record: Any) -> None:
    extra = replace(record.leaves[0].leaf, subject="systems.use:5")
    record.leaves.append(StoredLeaf(7, extra, extra.hash))
    seen = found(record.verify())
    assert ("node_missing", 7, "systems.use:5") in seen
    assert ("opening_missing", 7, "systems.use:5") in seen


def test_a_leaf_far_beyond_the_end_ends_the_check_of_the_tree(record: Any) -> None:
    record.leaves.append(record.leaves[6]._replace(index=1 << 60))
    assert ("leaf_gap", 7, None) in found(record.verify())


def test_every_stored_node_is_compared(record: Any) -> None:
    for place, node in enumerate(list(record.nodes)):
        first = node.index << node.level
        record.nodes[place] = node._replace(hash=b"x" * 32)
        subject = record.leaves[first].leaf.subject if node.level == 0 else None
        assert found(record.verify()) == {("node_hash", first, subject)}
        del record.nodes[place]
        assert found(record.verify()) == {("node_missing", first, subject)}
        record.nodes.insert(place, node)
    assert record.verify().is_sound


@pytest.mark.parametrize(
    ("level", "index", "leaf"), [(0, 7, 7), (1, 3, 6), (3, 0, 0), (99, 0, None)]
)
def test_a_node_of_no_leaf_is_named(record: Any, level: int, index: int, leaf: int | None) -> None:
    record.nodes.append(Node(level, index, b"x" * 32))
    assert found(record.verify()) == {("node_extra", leaf, None)}


def test_a_node_stored_twice_is_named(record: Any) -> None:
    record.nodes.append(record.nodes[0])
    assert found(record.verify()) == {("node_duplicate", 0, None)}


@given(place=st.integers(0, 10**6), mask=st.integers(1, 127), which=st.integers(0, 1))
@settings(max_examples=60)
def test_a_checkpoint_with_any_changed_character_is_named(
    place: int, mask: int, which: int, build_record: Build
) -> None:
    record = build_record()
    note = record.checkpoints[which]
    at = place % len(note)
    record.checkpoints[which] = note[:at] + chr(ord(note[at]) ^ mask) + note[at + 1 :]
    assert {seen.code for seen in record.verify().problems} == {"checkpoint_rejected"}


@given(place=st.integers(0, 10**6), mask=st.integers(1, 127))
@settings(max_examples=60)
def test_a_cosignature_with_any_changed_character_is_named(
    place: int, mask: int, build_record: Build
) -> None:
    record = build_record()
    note = record.cosignatures[0]
    at = place % len(note)
    record.cosignatures[0] = note[:at] + chr(ord(note[at]) ^ mask) + note[at + 1 :]
    codes = {seen.code for seen in record.verify().problems}
    assert codes & {"checkpoint_rejected", "cosignature_missing", "cosignature_unknown"}


def test_a_checkpoint_signed_for_another_root_is_named(record: Any, keys: dict[str, Any]) -> None:
    wrong = RecordCheckpoint(keys["origin"], 5, b"x" * 32, date(2026, 3, 5))
    record.checkpoints.append(sign(wrong, name="log", signing_key=keys["log"].signing_key))
    verification = record.verify()
    assert found(verification) == {("checkpoint_root", None, None)}
    assert "At size 5" in verification.problems[0].message


def test_a_checkpoint_of_another_log_is_named(record: Any) -> None:
    codes = [seen.code for seen in record.verify(origin="example.org/other").problems]
    assert codes == ["checkpoint_rejected"] * 3


def test_a_note_only_a_witness_signed_is_no_checkpoint(record: Any, keys: dict[str, Any]) -> None:
    point = RecordCheckpoint(keys["origin"], 5, b"x" * 32, date(2026, 3, 5))
    record.checkpoints.append(sign(point, name="witness", signing_key=keys["witness"].signing_key))
    verification = record.verify()
    assert found(verification) == {("checkpoint_rejected", None, None)}
    assert "the log itself did not sign it" in verification.problems[0].message


def test_a_cosignature_without_a_witness_confirms_nothing(record: Any) -> None:
    verification = record.verify(cosignatures=record.checkpoints)
    assert {seen.code for seen in verification.problems} == {"cosignature_missing"}
    assert verification.witnesses == ()


def test_a_witness_confirms_only_what_agrees_with_the_log(
    record: Any, build_record: Build
) -> None:
    other = build_record(words="other")
    verification = record.verify(cosignatures=other.cosignatures)
    assert found(verification) == {("checkpoint_root", None, None)}
    assert verification.witnesses == ()


def test_the_log_cannot_pass_for_its_own_witness(record: Any, keys: dict[str, Any]) -> None:
    log = keys["log"].public_key
    with pytest.raises(ValueError, match="both named 'log'"):
        record.verify(witness_keys={"log": new_key(b"n" * 32).public_key})
    with pytest.raises(ValueError, match="'union' has the key of the log"):
        record.verify(witness_keys={"union": log})


def test_every_code_has_a_meaning() -> None:
    assert all(meaning and not meaning.endswith(".") for meaning in CODES.values())


def test_twelve_thousand_leaves_are_verified(record: Any) -> None:
    for number in range(12_000):
        record.say(f"systems.use:{number + 100}", {"name": f"use {number}", "stage": "in_use"})
    record.sign()
    assert record.verify().is_sound
