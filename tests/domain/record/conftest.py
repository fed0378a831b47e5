"""A small record, built by hand, that the tests of this room change in one place at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from commonweal.record import (
    Checkpoint,
    Leaf,
    Node,
    Opening,
    StoredLeaf,
    Verification,
    canonical_json,
    commit,
    consistency_proof,
    cosign,
    grow,
    new_key,
    root,
    sign,
    verify_log,
)

ORIGIN = "example.org/record"
LOG = new_key(b"l" * 32)
WITNESS = new_key(b"w" * 32)
FIRST_DAY = date(2026, 3, 1)


@dataclass
class Record:
    """Leaves, nodes, openings and rows as a database would hold them."""

    leaves: list[StoredLeaf] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    openings: dict[int, Opening] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    checkpoints: list[str] = field(default_factory=list)
    cosignatures: list[str] = field(default_factory=list)
    frontier: tuple[bytes, ...] = ()

    def say(self, subject: str, fields: dict[str, Any], state: str = "present") -> int:
        """Record what a row says now, as an action of the web package does."""
        payload = canonical_json({"actor": "people.account:1", "fields": fields, "state": state})
        index = self.append(subject, payload.decode())
        self.rows[subject] = canonical_json(fields).decode()
        if state == "removed":
            del self.rows[subject]
        return index

    def append(self, subject: str, payload: str) -> int:
        index = len(self.leaves)
        salt = hashlib.sha256(f"salt {index}".encode()).digest()
        day = FIRST_DAY + timedelta(days=index)
        commitment = commit(payload.encode(), salt=salt)
        leaf = Leaf("test.said", subject, "people_lead", day, commitment)
        growth = grow(index, self.frontier, [leaf.hash])
        self.leaves.append(StoredLeaf(index, leaf, leaf.hash))
        self.nodes.extend(growth.nodes)
        self.frontier = growth.frontier
        self.openings[index] = Opening(index, salt, payload)
        return index

    def sign(self) -> str:
        size = len(self.leaves)
        checkpoint = Checkpoint(ORIGIN, size, root(self.frontier), FIRST_DAY)
        note = sign(checkpoint, name="log", signing_key=LOG.signing_key)
        self.checkpoints.append(note)
        return note

    def cosign(self, note: str) -> None:
        signed = cosign(note, name="witness", signing_key=WITNESS.signing_key)
        self.cosignatures.append(signed)

    def erase(self, subject: str, **changes: Any) -> int:
        for index in [stored.index for stored in self.leaves if stored.leaf.subject == subject]:
            del self.openings[index]
        self.rows.pop(subject, None)
        fields = {"approver": "b", "reason": "asked", "requester": "a", "subject": subject}
        number = len(self.leaves)
        return self.say(f"record.erasure:{number}", {**fields, **changes})

    def verify(self, **changes: Any) -> Verification:
        arguments: dict[str, Any] = {
            "origin": ORIGIN,
            "leaves": self.leaves,
            "nodes": self.nodes,
            "openings": self.openings,
            "rows": self.rows,
            "checkpoints": self.checkpoints,
            "cosignatures": self.cosignatures,
            "log_keys": {"log": LOG.public_key},
            "witness_keys": {"witness": WITNESS.public_key},
        }
        return verify_log(**{**arguments, **changes})

    def proof(self, old: int, new: int) -> list[bytes]:
        stored = {(node.level, node.index): node.hash for node in self.nodes}
        return consistency_proof(old, new, lambda level, index: stored[level, index])


def build(*, words: str = "first") -> Record:
    record = Record()
    record.say("systems.use:1", {"name": words, "stage": "identified", "fee": 100})
    record.say("systems.use:2", {"name": "pace", "stage": "identified", "fee": None})
    record.cosign(record.sign())
    record.say("systems.use:1", {"name": words, "stage": "selecting", "fee": 100})
    record.say("people.account:7", {"name": "Ada"})
    record.say("systems.use:3", {"name": "gone"})
    record.say("systems.use:3", {"name": "gone"}, state="removed")
    record.say("mitigations.risk:4", {"severity": 3, "group": "pickers"})
    record.sign()
    return record


@pytest.fixture
def record() -> Record:
    return build()


@pytest.fixture(scope="session")
def build_record() -> Callable[..., Record]:
    return build


@pytest.fixture(scope="session")
def keys() -> dict[str, Any]:
    return {"origin": ORIGIN, "log": LOG, "witness": WITNESS}
