"""Proofs that a leaf is in the log, and that a later log only added to an earlier one (RFC 9162).

A proof is a list of 32-byte hashes. Each is the root of a range of leaves; a range that ends at
the ragged right edge is put together from several stored nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from .tree import EMPTY_ROOT, HASH_BYTES, node_hash, root

NodeAt: TypeAlias = tuple[int, int]
FindNode: TypeAlias = Callable[[int, int], bytes]
Range: TypeAlias = tuple[int, int]


class ProofRejected(ValueError):
    """A proof that does not show what it claims; the message says why."""


def inclusion_nodes(index: int, size: int) -> list[NodeAt]:
    """Return the stored nodes (level, index) that the proof of one leaf needs."""
    return [node for part in _inclusion_ranges(index, size) for node in _cover(part)]


def consistency_nodes(old: int, new: int) -> list[NodeAt]:
    """Return the stored nodes (level, index) that the proof between two sizes needs."""
    return [node for part in _consistency_ranges(old, new) for node in _cover(part)]


def frontier_nodes(size: int) -> list[NodeAt]:
    """Return the stored nodes (level, index) that form the frontier of a tree of that size."""
    return _cover((0, size))


def inclusion_proof(index: int, size: int, node: FindNode) -> list[bytes]:
    """Return the audit path of leaf ``index`` in the log of ``size`` leaves, from leaf to root."""
    return [_range_root(part, node=node) for part in _inclusion_ranges(index, size)]


def consistency_proof(old: int, new: int, node: FindNode) -> list[bytes]:
    """Return the proof that the first ``old`` of ``new`` leaves are unchanged.

    It is empty when ``old`` is 0 or equals ``new``: then the roots alone decide.
    """
    return [_range_root(part, node=node) for part in _consistency_ranges(old, new)]


def verify_inclusion(
    proof: Sequence[bytes], *, leaf_hash: bytes, index: int, size: int, root: bytes
) -> None:
    """Accept in silence a proof that a leaf stands at ``index`` in the log with that root.

    Raises:
        ProofRejected: wrong length, trailing nodes, an index outside, or another root.
    """
    try:
        ranges = _inclusion_ranges(index, size)
    except ValueError as outside:
        raise ProofRejected(str(outside)) from outside
    _refuse_wrong_length(proof, expected=len(ranges))
    _refuse_short_hashes([leaf_hash, root, *proof])
    found = leaf_hash
    for sibling, (start, _) in zip(proof, ranges, strict=True):
        found = node_hash(sibling, found) if start < index else node_hash(found, sibling)
    _refuse_other_root(found, wanted=root, size=size)


def verify_consistency(
    proof: Sequence[bytes], *, old_size: int, old_root: bytes, new_size: int, new_root: bytes
) -> None:
    """Accept in silence a proof that the newer log begins with the whole older one.

    Raises:
        ProofRejected: a log that shrank, wrong length, trailing nodes, or another root.
    """
    try:
        ranges = _consistency_ranges(old_size, new_size)
    except ValueError as outside:
        raise ProofRejected(str(outside)) from outside
    _refuse_wrong_length(proof, expected=len(ranges))
    _refuse_short_hashes([old_root, new_root, *proof])
    if old_size == 0:
        _refuse_other_root(EMPTY_ROOT, wanted=old_root, size=0)
        return
    old_found, new_found = _both_roots(proof, ranges=ranges, old_size=old_size, start=old_root)
    _refuse_other_root(old_found, wanted=old_root, size=old_size)
    _refuse_other_root(new_found, wanted=new_root, size=new_size)


def _both_roots(
    proof: Sequence[bytes], *, ranges: Sequence[Range], old_size: int, start: bytes
) -> tuple[bytes, bytes]:
    """Return the old and the new root that a consistency proof leads to.

    The proof starts from the last complete part of the old log. Where the old log is one
    complete subtree, that part is its root, which the proof then leaves out.
    """
    steps = list(zip(proof, ranges, strict=True))
    old_found = new_found = steps.pop(0)[0] if ranges and ranges[0][1] == old_size else start
    for sibling, (_, end) in steps:
        if end <= old_size:
            old_found = node_hash(sibling, old_found)
            new_found = node_hash(sibling, new_found)
        else:
            new_found = node_hash(new_found, sibling)
    return old_found, new_found


def _split(start: int, end: int) -> int:
    """Return where RFC 9162 splits a range: after the largest power of two below its length."""
    return start + (1 << ((end - start - 1).bit_length() - 1))


def _inclusion_ranges(index: int, size: int) -> list[Range]:
    if not 0 <= index < size:
        raise ValueError(f"Leaf {index} is not in a log of {size} leaves.")
    start, end, siblings = 0, size, []
    while end - start > 1:
        middle = _split(start, end)
        if index < middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((start, middle))
            start = middle
    return siblings[::-1]


def _consistency_ranges(old: int, new: int) -> list[Range]:
    if not 0 <= old <= new:
        raise ValueError(f"A log of {new} leaves cannot continue a log of {old} leaves.")
    if old in (0, new):
        return []
    start, end, siblings = 0, new, []
    while old != end:
        middle = _split(start, end)
        if old <= middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((start, middle))
            start = middle
    if start:
        siblings.append((start, end))
    return siblings[::-1]


def _cover(part: Range) -> list[NodeAt]:
    """Return the complete nodes of a range that starts where its largest node may start."""
    start, end = part
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def _range_root(part: Range, *, node: FindNode) -> bytes:
    return root([node(level, index) for level, index in _cover(part)])


def _refuse_wrong_length(proof: Sequence[bytes], *, expected: int) -> None:
    if len(proof) > expected:
        raise ProofRejected(
            f"The proof has trailing nodes: {len(proof)} hashes where {expected} belong."
        )
    if len(proof) < expected:
        raise ProofRejected(
            f"The proof has the wrong length: {len(proof)} hashes where {expected} belong."
        )


def _refuse_short_hashes(hashes: Sequence[bytes]) -> None:
    for hashed in hashes:
        if len(hashed) != HASH_BYTES:
            raise ProofRejected(
                f"A hash has the wrong length: {len(hashed)} bytes, not {HASH_BYTES}."
            )


def _refuse_other_root(found: bytes, *, wanted: bytes, size: int) -> None:
    if found != wanted:
        raise ProofRejected(
            f"The root differs at size {size}: the proof leads to {found.hex()}, "
            f"the checkpoint says {wanted.hex()}."
        )
