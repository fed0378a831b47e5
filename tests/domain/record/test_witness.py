from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from commonweal.record import (
    NoteRejected,
    WitnessRefused,
    WitnessState,
    advance,
    compare,
    encode_public_key,
)

Build = Callable[..., Any]


@pytest.fixture
def start(keys: dict[str, Any]) -> WitnessState:
    key = encode_public_key("log", public_key=keys["log"].public_key)
    return WitnessState(keys["origin"], key)


def test_a_witness_follows_a_log_that_only_grows(record: Any, start: WitnessState) -> None:
    first = advance(start, record.checkpoints[0], proof=[])
    second = advance(first, record.checkpoints[1], proof=record.proof(2, 7))
    assert (start.size, first.size, second.size) == (0, 2, 7)
    assert advance(second, record.checkpoints[1], proof=[]) == second


def test_a_witness_refuses_a_log_rolled_back_to_a_backup(record: Any, start: WitnessState) -> None:
    seen = advance(start, record.checkpoints[1], proof=[])
    with pytest.raises(WitnessRefused, match="shrank from 7 to 2 leaves"):
        advance(seen, record.checkpoints[0], proof=[])


def test_a_backup_grown_again_to_the_same_size_is_refused(
    build_record: Build, start: WitnessState
) -> None:
    seen = advance(start, build_record().checkpoints[1], proof=[])
    with pytest.raises(WitnessRefused, match="two histories: at size 7"):
        advance(seen, build_record(words="other").checkpoints[1], proof=[])


def test_a_rewritten_log_that_grew_is_refused(build_record: Build, start: WitnessState) -> None:
    seen = advance(start, build_record().checkpoints[1], proof=[])
    other = build_record(words="other")
    other.say("systems.use:9", {"name": "new"})
    with pytest.raises(WitnessRefused, match=r"does not show that its 8 leaves continue the 7"):
        advance(seen, other.sign(), proof=other.proof(7, 8))


def test_a_witness_refuses_a_proof_with_trailing_nodes(record: Any, start: WitnessState) -> None:
    first = advance(start, record.checkpoints[0], proof=[])
    with pytest.raises(WitnessRefused, match="trailing nodes"):
        advance(first, record.checkpoints[1], proof=[*record.proof(2, 7), b"x" * 32])


def test_a_witness_refuses_another_log(record: Any, start: WitnessState) -> None:
    other = WitnessState("example.org/other", start.log_key)
    with pytest.raises(WitnessRefused, match=r"is of the log 'example\.org/record'"):
        advance(other, record.checkpoints[0], proof=[])


def test_a_witness_refuses_what_the_log_did_not_sign(
    record: Any, start: WitnessState, keys: dict[str, Any]
) -> None:
    key = encode_public_key("log", public_key=keys["witness"].public_key)
    with pytest.raises(NoteRejected, match="No signature is of a key we know"):
        advance(WitnessState(start.origin, key), record.checkpoints[0], proof=[])


def test_a_forked_log_of_one_size_is_found_by_comparing(
    build_record: Build, start: WitnessState
) -> None:
    one, two = build_record(), build_record(words="other")
    split = compare(one.checkpoints, two.checkpoints, log_key=start.log_key)
    assert split is not None
    assert split.older.size == split.newer.size == 2
    assert split.older.root != split.newer.root
    assert split.reason == "two roots at size 2"


def test_a_fork_at_different_sizes_is_found_by_asking_the_log(
    build_record: Build, start: WitnessState
) -> None:
    one, two = build_record(), build_record(words="other")
    earlier, later = one.checkpoints[:1], two.checkpoints[1:]
    assert compare(earlier, later, log_key=start.log_key) is None
    split = compare(earlier, later, log_key=start.log_key, consistency=two.proof)
    assert split is not None
    assert (split.older.size, split.newer.size) == (2, 7)
    assert "size 7 is not shown to continue size 2" in split.reason


def test_a_log_that_cannot_prove_its_growth_counts_as_split(
    record: Any, start: WitnessState
) -> None:
    def forgotten(old: int, new: int) -> Sequence[bytes]:
        raise LookupError(f"no node for {old} to {new}")

    split = compare(record.checkpoints, [], log_key=start.log_key, consistency=forgotten)
    assert split is not None
    assert "no node for 2 to 7" in split.reason


def test_witnesses_of_one_history_find_no_split(record: Any, start: WitnessState) -> None:
    notes = record.checkpoints
    found = compare(notes, [*reversed(notes)], log_key=start.log_key, consistency=record.proof)
    assert found is None


def test_an_unsigned_claim_is_no_evidence_of_a_split(record: Any, start: WitnessState) -> None:
    forged = record.checkpoints[1].replace("\n7\n", "\n2\n")
    with pytest.raises(NoteRejected, match="changed after it was signed"):
        compare(record.checkpoints, [forged], log_key=start.log_key)
