"""The record: a log that anyone can check and nobody can quietly rewrite.

For an auditor, from the inside out:

1. Every act has a *payload*: who acted, the fields of the row it touched, whether the row stays.
   It is written as canonical JSON, so that it has one spelling only (``canonical``).
2. ``commitment`` = SHA-256(prefix, 32-byte random salt, payload). Only this enters the log; salt
   and payload stay beside it. Destroying the salt erases the person, never the proof.
3. A ``leaf`` says kind, subject, role, day and commitment. It holds no personal data.
4. Leaves form the Merkle ``tree`` of RFC 9162. One root stands for the whole history.
5. A ``proof`` shows that a leaf is in the log, or that a later log only added to an earlier one.
   Proofs of the wrong length, with trailing nodes or with another root are refused.
6. A ``checkpoint`` (origin, size, root, day) is signed with Ed25519, as a text one can print.
7. A ``witness`` outside keeps the newest checkpoint, refuses a log that shrinks or changes, and
   cosigns the rest. Two witnesses who ``compare`` find two histories.
8. ``verify_log`` recomputes all of it and compares each row of the database with the last leaf
   of its subject. It names the leaf and the subject of whatever was changed, inserted, deleted.
9. An erasure is itself a leaf; erased subjects are listed, so erasing cannot hide a change.
10. A ``Bundle`` is an export that carries all this to another machine.

What it cannot do: without a witness, a host owner with the signing key can rebuild everything.
Sources: RFC 9162; RFC 8785; C2SP signed-note and tlog-checkpoint.
"""

from .bundle import Bundle, BundleRejected, read_bundle, verify_bundle, write_bundle
from .canonical import NotCanonicalError, canonical_json
from .checkpoint import Checkpoint, cosign, open_note, read_checkpoint, sign
from .commitment import SALT_BYTES, commit
from .findings import (
    CODES,
    Opening,
    Problem,
    StoredLeaf,
    Verification,
    WitnessConfirmation,
)
from .leaf import Leaf
from .note import (
    KeyPair,
    NoteRejected,
    PublicKey,
    add_signature,
    check_signatures,
    encode_public_key,
    new_key,
    parse_public_key,
)
from .proof import (
    ProofRejected,
    consistency_nodes,
    consistency_proof,
    frontier_nodes,
    inclusion_nodes,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from .tree import EMPTY_ROOT, Growth, Node, grow, leaf_hash, node_hash, root
from .verify import verify_log
from .witness import Split, WitnessRefused, WitnessState, advance, compare

__all__ = [
    "CODES",
    "EMPTY_ROOT",
    "SALT_BYTES",
    "Bundle",
    "BundleRejected",
    "Checkpoint",
    "Growth",
    "KeyPair",
    "Leaf",
    "Node",
    "NotCanonicalError",
    "NoteRejected",
    "Opening",
    "Problem",
    "ProofRejected",
    "PublicKey",
    "Split",
    "StoredLeaf",
    "Verification",
    "WitnessConfirmation",
    "WitnessRefused",
    "WitnessState",
    "add_signature",
    "advance",
    "canonical_json",
    "check_signatures",
    "commit",
    "compare",
    "consistency_nodes",
    "consistency_proof",
    "cosign",
    "encode_public_key",
    "frontier_nodes",
    "grow",
    "inclusion_nodes",
    "inclusion_proof",
    "leaf_hash",
    "new_key",
    "node_hash",
    "open_note",
    "parse_public_key",
    "read_bundle",
    "read_checkpoint",
    "root",
    "sign",
    "verify_bundle",
    "verify_consistency",
    "verify_inclusion",
    "verify_log",
    "write_bundle",
]
