from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.record import EMPTY_ROOT, grow, leaf_hash, node_hash, root

# The eight leaves and roots that the Certificate Transparency project publishes with its
# reference implementation of RFC 6962 (Apache-2.0); RFC 9162 kept the same hashes.
CT_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def tree_of_the_rfc(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, word for word: the independent oracle."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    left, right = tree_of_the_rfc(leaves[:k]), tree_of_the_rfc(leaves[k:])
    return sha256(b"\x01" + left + right).digest()


def test_the_published_roots_of_certificate_transparency_come_out() -> None:
    hashes = [leaf_hash(leaf) for leaf in CT_LEAVES]
    roots = [grow(0, (), hashes[:size]).root.hex() for size in range(1, 9)]
    assert roots == CT_ROOTS


def test_an_empty_log_has_the_published_root() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root(()) == grow(0, (), []).root == EMPTY_ROOT


@given(st.lists(st.lists(st.binary(max_size=4), max_size=9), max_size=9))
def test_growing_in_any_batches_gives_the_root_of_the_rfc(batches: list[list[bytes]]) -> None:
    size, frontier = 0, grow(0, (), []).frontier
    everything: list[bytes] = []
    for batch in batches:
        growth = grow(size, frontier, [leaf_hash(leaf) for leaf in batch])
        size, frontier = growth.size, growth.frontier
        everything += batch
        assert growth.root == root(frontier) == tree_of_the_rfc(everything)
    assert size == len(everything)


@given(st.integers(0, 70), st.integers(0, 70))
def test_the_new_nodes_are_exactly_the_complete_ones(old: int, more: int) -> None:
    leaves = [bytes([number]) for number in range(old + more)]
    hashes = [leaf_hash(leaf) for leaf in leaves]
    start = grow(0, (), hashes[:old])
    growth = grow(old, start.frontier, hashes[old:])
    stored = {(level, index): hashed for level, index, hashed in [*start.nodes, *growth.nodes]}
    expected = {
        (level, index): tree_of_the_rfc(leaves[index << level : (index + 1) << level])
        for level in range(9)
        for index in range(len(leaves) >> level)
    }
    assert stored == expected
    assert len(start.nodes) + len(growth.nodes) == len(expected)


def test_leaves_and_inner_nodes_are_hashed_apart() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize(
    ("size", "frontier", "hashes", "message"),
    [
        (3, [b"h" * 32], [], "3 leaves has 2 complete subtrees, but 1 were given"),
        (-1, [], [], "cannot have -1 leaves"),
        (1, [b"short"], [], "frontier is not 32 bytes"),
        (0, [], [b"h" * 32, b"h" * 31], "hash of leaf 1 has 31 bytes"),
    ],
)
def test_a_tree_refuses_what_cannot_be(
    size: int, frontier: list[bytes], hashes: list[bytes], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        grow(size, frontier, hashes)


def test_one_append_to_a_million_leaves_makes_few_nodes() -> None:
    size = (1 << 20) - 1
    growth = grow(size, [bytes([level]) * 32 for level in range(20)], [b"h" * 32])
    assert len(growth.nodes) == 21
    assert len(growth.frontier) == 1
