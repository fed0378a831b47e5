"""What verification reads and what it reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from .leaf import Leaf


class StoredLeaf(NamedTuple):
    """A leaf as the log keeps it: its place, its columns and the hash stored beside them."""

    index: int  # type: ignore[assignment]  # the place in the log, not tuple.index
    leaf: Leaf
    hash: bytes


class Opening(NamedTuple):
    """Salt and payload that open the commitment of the leaf at ``index``."""

    index: int  # type: ignore[assignment]  # the place in the log, not tuple.index
    salt: bytes
    payload: str


CODES: Mapping[str, str] = MappingProxyType(
    {
        "checkpoint_ahead": "a signed checkpoint speaks of more leaves than the log holds",
        "checkpoint_rejected": "a stored checkpoint is malformed or its signature does not hold",
        "checkpoint_root": "the log is not the one that was signed",
        "cosignature_missing": "a stored cosignature is not signed by a known witness",
        "cosignature_unknown": "a cosignature carries a line of nobody we know",
        "erasure_incomplete": "an erasure lacks its subject, reason, requester or approver",
        "erasure_of_erasure": "an erasure cannot itself be erased",
        "erased_opening_kept": "a subject was erased but an older salt is still there",
        "key_untrusted": "the log's key is not one the reader trusts",
        "leaf_duplicate": "a leaf number occurs twice or out of order",
        "leaf_gap": "leaves are missing",
        "leaf_hash": "the columns of a leaf do not give its stored hash",
        "leaf_malformed": "the columns of a leaf cannot be a leaf",
        "node_duplicate": "a node of the tree is stored twice",
        "node_extra": "a stored node belongs to no leaf of the log",
        "node_hash": "a stored node does not match the leaves under it",
        "node_missing": "a node of the tree is not stored",
        "opening_duplicate": "a leaf has two openings",
        "opening_missing": "a leaf cannot be opened and nobody recorded an erasure",
        "opening_without_leaf": "an opening speaks of a leaf that is not in the log",
        "opening_wrong": "salt or payload is not what the leaf committed to",
        "payload_malformed": "a payload does not say what the fields and the state are",
        "row_changed": "a row differs from what was last recorded of it",
        "row_deleted": "a row is gone without a recorded removal",
        "row_duplicate": "a subject has two rows",
        "row_inserted": "a row was never recorded",
        "row_returned": "a row is there although its removal was recorded",
        "row_unverifiable": "an erased row is still there without a fresh leaf",
    }
)
"""Every code a problem can have, with what it means."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding, with the leaf and the subject it concerns where there is one."""

    code: str
    leaf: int | None
    subject: str | None
    message: str


@dataclass(frozen=True, slots=True)
class WitnessConfirmation:
    """A witness, and the largest size of this log that it signed and that we could confirm."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer: nothing is wrong exactly when ``problems`` is empty.

    ``signed_size`` counts the leaves that a good checkpoint of the log covers; later leaves are
    not yet signed. Without ``witnesses`` a host owner could have rebuilt the whole history.
    """

    size: int
    root: bytes
    problems: tuple[Problem, ...]
    witnesses: tuple[WitnessConfirmation, ...]
    erased: tuple[str, ...]
    signed_size: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


@dataclass(slots=True)
class Findings:
    """Collects problems while parts of a record are read."""

    problems: list[Problem] = field(default_factory=list)

    def add(
        self, code: str, message: str, *, leaf: int | None = None, subject: str | None = None
    ) -> None:
        """Note one problem under a listed code."""
        if code not in CODES:
            raise KeyError(f"{code!r} is no listed code: add it to CODES with its meaning.")
        self.problems.append(Problem(code, leaf, subject, message))
