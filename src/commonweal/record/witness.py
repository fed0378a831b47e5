"""Witnesses: people outside who keep the newest checkpoint, so that history cannot be rebuilt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from .checkpoint import Checkpoint, open_note
from .note import parse_public_key
from .proof import ProofRejected, verify_consistency
from .tree import EMPTY_ROOT

Consistency: TypeAlias = Callable[[int, int], Sequence[bytes]]
"""Asks a log for the proof between two sizes; a log that cannot answer raises LookupError."""


class WitnessRefused(ValueError):
    """A witness does not sign: the message says what the log did to its history."""


@dataclass(frozen=True, slots=True)
class WitnessState:
    """All that a witness remembers: the log, its public key as text, and the last state seen."""

    origin: str
    log_key: str
    size: int = 0
    root: bytes = EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Split:
    """Two signed checkpoints of one log that cannot both be true: the log shows two histories."""

    older: Checkpoint
    newer: Checkpoint
    reason: str


def advance(state: WitnessState, note: str, *, proof: Sequence[bytes]) -> WitnessState:
    """Return what the witness remembers after accepting a newer checkpoint of its log.

    Raises:
        NoteRejected: the note is malformed or not signed by the log.
        WitnessRefused: another log, fewer leaves, another root, or a proof that fails.
    """
    name, key = parse_public_key(state.log_key)
    checkpoint, _ = open_note(note, verify_keys={name: key})
    _refuse_other_log(checkpoint, origin=state.origin)
    if checkpoint.size < state.size:
        raise WitnessRefused(
            f"The log {state.origin} shrank from {state.size} to {checkpoint.size} leaves: "
            "it was rolled back."
        )
    if checkpoint.size == state.size and checkpoint.root != state.root:
        raise WitnessRefused(
            f"The log {state.origin} has two histories: at size {state.size} the root was "
            f"{state.root.hex()} and is now {checkpoint.root.hex()}."
        )
    _refuse_rewritten(state, checkpoint=checkpoint, proof=proof)
    return replace(state, size=checkpoint.size, root=checkpoint.root)


def compare(
    notes_a: Iterable[str],
    notes_b: Iterable[str],
    *,
    log_key: str,
    consistency: Consistency | None = None,
) -> Split | None:
    """Return two checkpoints of the log that contradict each other, or None if none do.

    Without ``consistency`` only checkpoints of equal size can contradict each other. With it,
    each checkpoint must also be shown to continue the one before it.

    Raises:
        NoteRejected: a note that the log did not sign proves nothing and is refused.
        WitnessRefused: the notes are of different logs.
    """
    name, key = parse_public_key(log_key)
    seen = [open_note(note, verify_keys={name: key})[0] for note in (*notes_a, *notes_b)]
    seen.sort(key=lambda checkpoint: (checkpoint.size, checkpoint.root))
    for older, newer in pairwise(seen):
        _refuse_other_log(newer, origin=older.origin)
        reason = _contradiction(older, newer=newer, consistency=consistency)
        if reason:
            return Split(older, newer, reason)
    return None


def _contradiction(
    older: Checkpoint, *, newer: Checkpoint, consistency: Consistency | None
) -> str | None:
    if older.size == newer.size:
        return None if older.root == newer.root else f"two roots at size {older.size}"
    if consistency is None:
        return None
    try:
        verify_consistency(
            consistency(older.size, newer.size),
            old_size=older.size,
            old_root=older.root,
            new_size=newer.size,
            new_root=newer.root,
        )
    except (ProofRejected, LookupError) as failed:
        return f"size {newer.size} is not shown to continue size {older.size}: {failed}"
    return None


def _refuse_other_log(checkpoint: Checkpoint, *, origin: str) -> None:
    if checkpoint.origin != origin:
        raise WitnessRefused(
            f"The checkpoint is of the log {checkpoint.origin!r}, not of {origin!r}."
        )


def _refuse_rewritten(
    state: WitnessState, *, checkpoint: Checkpoint, proof: Sequence[bytes]
) -> None:
    try:
        verify_consistency(
            proof,
            old_size=state.size,
            old_root=state.root,
            new_size=checkpoint.size,
            new_root=checkpoint.root,
        )
    except ProofRejected as failed:
        raise WitnessRefused(
            f"The log {state.origin} does not show that its {checkpoint.size} leaves continue "
            f"the {state.size} this witness has seen. {failed}"
        ) from failed
