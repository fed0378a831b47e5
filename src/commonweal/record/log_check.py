"""Checks the leaves and the stored nodes: the log's own half of verification."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from .findings import Findings, StoredLeaf
from .tree import EMPTY_ROOT, Node, grow, root


@dataclass(slots=True)
class LogReading:
    """What the leaves say, once read: the tree, and where each subject was last spoken of.

    ``size`` counts the leaves up to the first one that is wholly lost; ``roots`` holds the root
    at each size that was asked for.
    """

    size: int = 0
    root: bytes = EMPTY_ROOT
    roots: dict[int, bytes] = field(default_factory=dict)
    subjects: dict[int, str] = field(default_factory=dict)
    commitments: dict[int, bytes] = field(default_factory=dict)
    latest: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Tree:
    """The tree as recomputed, beside the nodes as stored (None: an export without nodes)."""

    stored: dict[tuple[int, int], bytes] | None
    wanted: Collection[int]
    findings: Findings
    reading: LogReading
    frontier: tuple[bytes, ...] = ()
    whole: bool = True


def read_log(
    leaves: Iterable[StoredLeaf],
    *,
    nodes: Iterable[Node] | None,
    sizes: Collection[int],
    findings: Findings,
) -> LogReading:
    """Read the leaves, in the order of their index, and note what is wrong with them."""
    reading = LogReading(roots={0: EMPTY_ROOT})
    stored = None if nodes is None else _by_place(nodes, findings=findings)
    tree = _Tree(stored, sizes, findings, reading)
    following = 0
    for leaf in leaves:
        if leaf.index < following:
            _report_duplicate(leaf, findings=findings)
            continue
        if leaf.index > following:
            _bridge_gap(tree, start=following, end=leaf.index)
        following = leaf.index + 1
        _read_leaf(leaf, tree=tree)
    reading.root = root(tree.frontier)
    _report_extra_nodes(tree)
    return reading


def _read_leaf(stored: StoredLeaf, *, tree: _Tree) -> None:
    index, leaf = stored.index, stored.leaf
    reading = tree.reading
    reading.subjects[index] = leaf.subject
    reading.commitments[index] = leaf.commitment
    reading.latest[leaf.subject] = index
    _push(tree, index=index, hashed=_settled_hash(stored, tree=tree), subject=leaf.subject)


def _settled_hash(stored: StoredLeaf, *, tree: _Tree) -> bytes:
    """Return the hash to go on with after judging a leaf.

    Where columns and stored hash differ, the stored node says which of them was edited, so that
    one change is not reported once for every node above it.
    """
    try:
        computed = stored.leaf.hash
    except ValueError as malformed:
        _report_leaf(stored, code="leaf_malformed", why=str(malformed), tree=tree)
        return stored.hash
    if computed == stored.hash:
        return computed
    why = "its columns do not give its stored hash: one of them was changed."
    _report_leaf(stored, code="leaf_hash", why=why, tree=tree)
    kept = tree.stored.get((0, stored.index)) if tree.stored is not None else None
    return stored.hash if stored.hash == kept else computed


def _push(tree: _Tree, *, index: int, hashed: bytes, subject: str | None) -> None:
    """Append to the recomputed tree and compare each node that became complete."""
    if not tree.whole:
        return
    if len(hashed) != len(EMPTY_ROOT):
        tree.whole = False
        return
    growth = grow(index, tree.frontier, [hashed])
    tree.frontier, tree.reading.size = growth.frontier, growth.size
    if growth.size in tree.wanted:
        tree.reading.roots[growth.size] = growth.root
    if tree.stored is not None:
        for node in growth.nodes:
            _compare_node(node, tree=tree, subject=subject if node.level == 0 else None)


def _compare_node(node: Node, *, tree: _Tree, subject: str | None) -> None:
    stored = tree.stored or {}
    kept = stored.pop((node.level, node.index), None)
    if kept == node.hash:
        return
    first, last = node.index << node.level, ((node.index + 1) << node.level) - 1
    what = f"The node (level {node.level}, index {node.index}) over leaves {first} to {last}"
    if kept is None:
        message = f"{what} is not stored."
        tree.findings.add("node_missing", message, leaf=first, subject=subject)
    else:
        message = f"{what} does not match them: it or they were changed."
        tree.findings.add("node_hash", message, leaf=first, subject=subject)


def _bridge_gap(tree: _Tree, *, start: int, end: int) -> None:
    """Report lost leaves, and go on with their stored hashes where these survive."""
    tree.findings.add(
        "leaf_gap", f"Leaves {start} to {end - 1} are missing: they were deleted.", leaf=start
    )
    for index in range(start, end):
        kept = tree.stored.get((0, index)) if tree.stored is not None else None
        if kept is None:
            tree.whole = False
            return
        _push(tree, index=index, hashed=kept, subject=None)


def _by_place(nodes: Iterable[Node], *, findings: Findings) -> dict[tuple[int, int], bytes]:
    stored: dict[tuple[int, int], bytes] = {}
    for level, index, hashed in nodes:
        if (level, index) in stored:
            message = f"The node (level {level}, index {index}) is stored twice."
            findings.add("node_duplicate", message, leaf=index << max(level, 0))
        stored[level, index] = hashed
    return stored


def _report_extra_nodes(tree: _Tree) -> None:
    """Nodes no leaf leads to; after a wholly lost leaf nothing can be said about them."""
    for level, index in sorted(tree.stored or {}) if tree.whole else ():
        first = index << level if 0 <= level < 64 else None
        tree.findings.add(
            "node_extra",
            f"The node (level {level}, index {index}) belongs to no leaf of the log of "
            f"{tree.reading.size} leaves: leaves were deleted or the node was inserted.",
            leaf=first,
        )


def _report_leaf(stored: StoredLeaf, *, code: str, why: str, tree: _Tree) -> None:
    subject = stored.leaf.subject
    message = f"Leaf {stored.index} of {subject}: {why}"
    tree.findings.add(code, message, leaf=stored.index, subject=subject)


def _report_duplicate(stored: StoredLeaf, *, findings: Findings) -> None:
    findings.add(
        "leaf_duplicate",
        f"Leaf {stored.index} of {stored.leaf.subject} occurs twice or out of order.",
        leaf=stored.index,
        subject=stored.leaf.subject,
    )
