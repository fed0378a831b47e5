from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.record import (
    EMPTY_ROOT,
    ProofRejected,
    consistency_nodes,
    consistency_proof,
    frontier_nodes,
    grow,
    inclusion_nodes,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

# Published with the reference implementation of RFC 6962 (Apache-2.0), for its eight leaves.
CT_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
CT_LEAVES.append("606162636465666768696a6b6c6d6e6f")
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
G = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
H = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
K = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
LEAVES = [leaf_hash(bytes([number])) for number in range(80)]


def nodes_of(hashes: list[bytes]) -> Callable[[int, int], bytes]:
    stored = {(node.level, node.index): node.hash for node in grow(0, (), hashes).nodes}
    return lambda level, index: stored[level, index]


def roots_of(hashes: list[bytes]) -> list[bytes]:
    return [grow(0, (), hashes[:size]).root for size in range(len(hashes) + 1)]


CT = nodes_of([leaf_hash(bytes.fromhex(text)) for text in CT_LEAVES])
FIND, ROOTS = nodes_of(LEAVES), roots_of(LEAVES)


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [(0, 1, []), (0, 8, [A, B, C]), (5, 8, [D, E, F]), (2, 3, [G]), (1, 5, [H, B, D])],
)
def test_the_published_inclusion_proofs_come_out(index: int, size: int, path: list[str]) -> None:
    assert [hashed.hex() for hashed in inclusion_proof(index, size, CT)] == path


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [K, E, F]), (2, 5, [B, D])],
)
def test_the_published_consistency_proofs_come_out(old: int, new: int, path: list[str]) -> None:
    assert [hashed.hex() for hashed in consistency_proof(old, new, CT)] == path


def included(index: int, size: int, proof: list[bytes], **changes: bytes) -> None:
    given_values = {"leaf_hash": LEAVES[index], "root": ROOTS[size], **changes}
    verify_inclusion(proof, index=index, size=size, **given_values)


def consistent(old: int, new: int, proof: list[bytes], **changes: bytes) -> None:
    roots = {"old_root": ROOTS[old], "new_root": ROOTS[new], **changes}
    verify_consistency(proof, old_size=old, new_size=new, **roots)


def test_every_leaf_of_every_size_is_proved() -> None:
    for size in range(1, 81):
        for index in range(size):
            included(index, size, inclusion_proof(index, size, FIND))


def test_every_older_size_is_proved_against_every_newer_one() -> None:
    for new in range(81):
        for old in range(new + 1):
            consistent(old, new, consistency_proof(old, new, FIND))


PLACES = st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n)))
FLIPS = st.tuples(st.integers(0, 10**6), st.integers(0, 31), st.integers(1, 255))


def flip(hashes: list[bytes], change: tuple[int, int, int]) -> list[bytes]:
    which, place, mask = change[0] % len(hashes), change[1], change[2]
    raw = bytearray(hashes[which])
    raw[place] ^= mask
    return [*hashes[:which], bytes(raw), *hashes[which + 1 :]]


@given(PLACES, FLIPS)
def test_an_inclusion_proof_with_any_changed_byte_fails(
    place: tuple[int, int], change: tuple[int, int, int]
) -> None:
    index, size = place
    leaf, wanted, *proof = flip(
        [LEAVES[index], ROOTS[size], *inclusion_proof(index, size, FIND)], change
    )
    with pytest.raises(ProofRejected, match="root differs"):
        included(index, size, proof, leaf_hash=leaf, root=wanted)


@given(PLACES, st.binary(min_size=32, max_size=32))
def test_an_inclusion_proof_cut_or_extended_fails(place: tuple[int, int], more: bytes) -> None:
    index, size = place
    proof = inclusion_proof(index, size, FIND)
    with pytest.raises(ProofRejected, match="trailing nodes"):
        included(index, size, [*proof, more])
    if proof:
        with pytest.raises(ProofRejected, match="wrong length"):
            included(index, size, proof[:-1])
        with pytest.raises(ProofRejected, match="wrong length: 31 bytes"):
            included(index, size, [*proof[:-1], proof[-1][:-1]])


@given(PLACES, st.integers(0, 79))
def test_a_proof_does_not_hold_for_another_place(place: tuple[int, int], other: int) -> None:
    index, size = place
    other %= size
    proof = inclusion_proof(index, size, FIND)
    if other != index:
        with pytest.raises(ProofRejected):
            verify_inclusion(
                proof, leaf_hash=LEAVES[index], index=other, size=size, root=ROOTS[size]
            )


@given(PLACES.filter(lambda place: place[0] > 0), FLIPS)
def test_a_consistency_proof_with_any_changed_byte_fails(
    place: tuple[int, int], change: tuple[int, int, int]
) -> None:
    old, new = place
    before, after, *proof = flip(
        [ROOTS[old], ROOTS[new], *consistency_proof(*place, FIND)], change
    )
    with pytest.raises(ProofRejected, match="root differs"):
        consistent(old, new, proof, old_root=before, new_root=after)


@given(PLACES, st.binary(min_size=32, max_size=32))
def test_a_consistency_proof_cut_or_extended_fails(place: tuple[int, int], more: bytes) -> None:
    proof = consistency_proof(*place, FIND)
    with pytest.raises(ProofRejected, match="trailing nodes"):
        consistent(*place, [*proof, more])
    if proof:
        with pytest.raises(ProofRejected, match="wrong length"):
            consistent(*place, proof[1:])


def test_only_the_empty_log_is_continued_by_every_log() -> None:
    consistent(0, 5, [])
    with pytest.raises(ProofRejected, match="root differs at size 0"):
        consistent(0, 5, [], old_root=ROOTS[1])
    assert ROOTS[0] == EMPTY_ROOT


def test_equal_sizes_need_equal_roots() -> None:
    with pytest.raises(ProofRejected, match="root differs at size 4"):
        consistent(4, 4, [], old_root=ROOTS[5])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_a_leaf_outside_the_log_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="is not in a log of"):
        inclusion_proof(index, size, FIND)
    with pytest.raises(ProofRejected, match="is not in a log of"):
        verify_inclusion([], leaf_hash=LEAVES[0], index=index, size=size, root=ROOTS[size])


def test_a_log_that_shrank_has_no_proof() -> None:
    with pytest.raises(ValueError, match="4 leaves cannot continue a log of 5"):
        consistency_proof(5, 4, FIND)
    with pytest.raises(ProofRejected, match="4 leaves cannot continue a log of 5"):
        consistent(5, 4, [])


@given(PLACES)
def test_the_named_nodes_are_the_ones_a_proof_asks_for(place: tuple[int, int]) -> None:
    for nodes, prove in (
        (inclusion_nodes, inclusion_proof),
        (consistency_nodes, consistency_proof),
    ):
        asked: list[tuple[int, int]] = []

        def find(level: int, index: int, asked: list[tuple[int, int]] = asked) -> bytes:
            asked.append((level, index))
            return FIND(level, index)

        prove(*place, find)
        assert asked == nodes(*place)
        assert len(asked) <= 2 * place[1].bit_length()


@given(st.integers(0, 80))
def test_the_frontier_can_be_fetched_again_for_any_size(size: int) -> None:
    frontier = [FIND(level, index) for level, index in frontier_nodes(size)]
    assert root(frontier) == ROOTS[size]
    assert tuple(frontier) == grow(0, (), LEAVES[:size]).frontier
