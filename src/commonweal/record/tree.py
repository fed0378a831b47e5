"""The Merkle tree of RFC 9162, section 2.1, kept as the hashes of its complete subtrees.

A node (level, index) stands for the leaves from ``index << level`` to
``((index + 1) << level) - 1``. Only complete nodes are stored: they never change again. The
*frontier* of a tree of n leaves holds one complete node per one-bit of n, largest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
"""The root of a log without leaves."""


class Node(NamedTuple):
    """A complete subtree: ``1 << level`` leaves, the ``index``-th of its level."""

    level: int
    index: int  # type: ignore[assignment]  # the place in the log, not tuple.index
    hash: bytes


@dataclass(frozen=True, slots=True)
class Growth:
    """A tree after an append, with the complete nodes it gained, to be stored."""

    size: int
    frontier: tuple[bytes, ...]
    nodes: list[Node]
    root: bytes


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one leaf; the zero byte keeps leaves and inner nodes apart."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node over its two children."""
    return sha256(b"\x01" + left + right).digest()


def root(frontier: Sequence[bytes]) -> bytes:
    """Return the root over the complete subtrees of a tree, given from largest to smallest."""
    if not frontier:
        return EMPTY_ROOT
    result = frontier[-1]
    for left in reversed(frontier[:-1]):
        result = node_hash(left, result)
    return result


def grow(size: int, frontier: Sequence[bytes], leaf_hashes: Sequence[bytes]) -> Growth:
    """Append leaves to a tree of ``size`` leaves; each append costs O(log n), on average O(1).

    Raises:
        ValueError: when the frontier cannot belong to that size, or a hash is not 32 bytes.
    """
    _refuse_wrong_frontier(size, frontier=frontier)
    stack, nodes = list(frontier), []
    for position, hashed in enumerate(leaf_hashes, start=size):
        if len(hashed) != HASH_BYTES:
            raise ValueError(f"The hash of leaf {position} has {len(hashed)} bytes, not 32.")
        level, index = 0, position
        nodes.append(Node(0, index, hashed))
        while index & 1:
            hashed = node_hash(stack.pop(), hashed)
            level, index = level + 1, index >> 1
            nodes.append(Node(level, index, hashed))
        stack.append(hashed)
    return Growth(size + len(leaf_hashes), tuple(stack), nodes, root(stack))


def _refuse_wrong_frontier(size: int, *, frontier: Sequence[bytes]) -> None:
    if size < 0:
        raise ValueError(f"A tree cannot have {size} leaves.")
    if len(frontier) != size.bit_count():
        raise ValueError(
            f"A tree of {size} leaves has {size.bit_count()} complete subtrees, "
            f"but {len(frontier)} were given: pass the frontier of the last growth."
        )
    if any(len(hashed) != HASH_BYTES for hashed in frontier):
        raise ValueError("A hash of the frontier is not 32 bytes long.")
