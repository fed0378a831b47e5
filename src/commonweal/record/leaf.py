"""What one recorded act puts into the log: never a name, a text or an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .canonical import canonical_json
from .tree import HASH_BYTES, leaf_hash

VERSION = 1


@dataclass(frozen=True, slots=True)
class Leaf:
    """One act on the record.

    Attributes:
        kind: what was done, as in ``systems.use_described``.
        subject: the row it speaks of, ``<room>.<model>:<id>``.
        role: the role of who acted, never the person.
        day: the UTC day.
        commitment: 32 bytes that bind the salted payload, see ``commit``.
    """

    kind: str
    subject: str
    role: str
    day: date
    commitment: bytes

    def encode(self) -> bytes:
        """Return the bytes that are hashed into the tree: canonical JSON with a version.

        Raises:
            ValueError: for a blank kind, subject or role, a moment instead of a day, or a
                commitment that is not 32 bytes long.
        """
        _refuse_malformed(self)
        return canonical_json(
            {
                "commitment": self.commitment.hex(),
                "day": self.day.isoformat(),
                "kind": self.kind,
                "role": self.role,
                "subject": self.subject,
                "version": VERSION,
            }
        )

    @property
    def hash(self) -> bytes:
        """The leaf hash of RFC 9162: SHA-256 of a zero byte and the encoded leaf."""
        return leaf_hash(self.encode())


def _refuse_malformed(leaf: Leaf) -> None:
    """Stored columns may have been edited, so a leaf is judged when used, not when built."""
    for name in ("kind", "subject", "role"):
        if not isinstance(getattr(leaf, name), str) or not getattr(leaf, name):
            raise ValueError(f"A leaf needs a {name}, not {getattr(leaf, name)!r}.")
    if not isinstance(leaf.day, date) or isinstance(leaf.day, datetime):
        raise ValueError(f"The day of a leaf is {leaf.day!r}: pass a date without a time.")
    if not isinstance(leaf.commitment, bytes) or len(leaf.commitment) != HASH_BYTES:
        raise ValueError(
            f"The commitment of the leaf of {leaf.subject} is {leaf.commitment!r}: "
            f"pass the {HASH_BYTES} bytes that commit() returned."
        )
