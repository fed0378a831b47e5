"""Proofs from the stored nodes: that a leaf is in the log, and that the log only grew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from commonweal.record import (
    consistency_nodes,
    consistency_proof,
    frontier_nodes,
    inclusion_nodes,
    inclusion_proof,
    root,
)
from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.models import LogHead, LogLeaf, LogNode

Places = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class LeafProof:
    """That a leaf stands at its index in the log of a size: its hash, the path, the root."""

    index: int
    size: int
    leaf_hash: bytes
    path: tuple[bytes, ...]
    root: bytes


@dataclass(frozen=True, slots=True)
class Consistency:
    """That the log of the newer size begins with the whole log of the older one."""

    old: int
    new: int
    path: tuple[bytes, ...]


def leaf_proof(organisation: Organisation, *, index: int, size: int | None = None) -> LeafProof:
    """The proof that a leaf is in the log of this size; without a size, of the size now.

    Raises `NotHere` for a leaf or a size that the log does not have.
    """
    size = _known_size(organisation, asked=size)
    if not 0 <= index < size:
        raise NotHere(
            "leaf_unknown",
            _("Step %(index)s is not among the first %(size)s steps of this record.")
            % {"index": index, "size": size},
            where="index",
        )
    frontier = frontier_nodes(size)
    node = _nodes(organisation, [*inclusion_nodes(index, size), *frontier, (0, index)])
    path = tuple(inclusion_proof(index, size, node))
    return LeafProof(index, size, node(0, index), path, root([node(*each) for each in frontier]))


def consistency(organisation: Organisation, *, old: int, new: int | None = None) -> Consistency:
    """The proof between two sizes. Raises `NotHere` for a size that the log never had."""
    new = _known_size(organisation, asked=new)
    if not 0 <= old <= new:
        raise NotHere(
            "size_unknown",
            _("A record of %(new)s steps cannot continue one of %(old)s.")
            % {"new": new, "old": old},
            where="old",
        )
    node = _nodes(organisation, consistency_nodes(old, new))
    return Consistency(old, new, tuple(consistency_proof(old, new, node)))


def size(organisation: Organisation) -> int:
    """How many steps the record has."""
    return LogHead.objects.values_list("size", flat=True).get(organisation=organisation)


def _known_size(organisation: Organisation, *, asked: int | None) -> int:
    now = size(organisation)
    if asked is not None and not 0 <= asked <= now:
        raise NotHere(
            "size_unknown",
            _("This record has %(now)s steps, not %(asked)s.") % {"now": now, "asked": asked},
            where="size",
        )
    return now if asked is None else asked


def _nodes(organisation: Organisation, places: Places) -> Callable[[int, int], bytes]:
    """The hashes of these nodes, read in two statements."""
    found = dict(_inner(organisation, places))
    indexes = [index for level, index in places if not level]
    leaves = LogLeaf.objects.filter(organisation=organisation, index__in=indexes)
    found |= {(0, index): bytes(digest) for index, digest in leaves.values_list("index", "hash")}

    def node(level: int, index: int) -> bytes:
        if (level, index) not in found:
            raise NotHere(
                "node_missing",
                _("A part of the record’s tree is missing. Run `commonweal record verify`."),
            )
        return found[level, index]

    return node


def _inner(organisation: Organisation, places: Places) -> Iterable[tuple[tuple[int, int], bytes]]:
    wanted = Q()
    for level, index in {place for place in places if place[0]}:
        wanted |= Q(level=level, index=index)
    if not wanted:
        return
    rows = LogNode.objects.filter(wanted, organisation=organisation)
    for level, index, digest in rows.values_list("level", "index", "hash"):
        yield (level, index), bytes(digest)
