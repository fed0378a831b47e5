"""Signed checkpoints: what the log was on a day, as a text that can be printed and kept.

The text is a C2SP ``tlog-checkpoint`` in a C2SP ``signed-note``, so that other tools read it:
origin, size, root in base64, one extension line ``day 2026-03-01``, a blank line, signatures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .note import (
    NoteRejected,
    add_signature,
    check_signatures,
    decode_base64,
    encode_base64,
    signatures,
)
from .tree import HASH_BYTES

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_DAY = re.compile(r"day ([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: which log, how many leaves, their root, and the UTC day of signing."""

    origin: str
    size: int
    root: bytes
    day: date

    def encode(self) -> str:
        """Return the four lines that are signed.

        Raises:
            ValueError: for an origin of several lines, a negative size, or a root not 32 bytes.
        """
        if not self.origin.isprintable() or not self.origin.strip():
            raise ValueError(f"The origin {self.origin!r} must be one printable line.")
        if not _SIZE.fullmatch(str(self.size)):
            raise ValueError(f"A log cannot have {self.size} leaves.")
        if len(self.root) != HASH_BYTES:
            raise ValueError(f"The root has {len(self.root)} bytes, not {HASH_BYTES}.")
        root = encode_base64(self.root)
        return f"{self.origin}\n{self.size}\n{root}\nday {self.day.isoformat()}\n"


def sign(checkpoint: Checkpoint, *, name: str, signing_key: bytes) -> str:
    """Return the checkpoint as a note, signed by the log with its 32-byte Ed25519 seed."""
    return add_signature(checkpoint.encode() + "\n", name=name, signing_key=signing_key)


def cosign(note: str, *, name: str, signing_key: bytes) -> str:
    """Return the note with the signature line of a witness added.

    Signing twice changes nothing. It does not judge the note: ``witness.advance`` does.

    Raises:
        NoteRejected: when the note is malformed.
    """
    read_checkpoint(note)
    signatures(note)
    return add_signature(note, name=name, signing_key=signing_key)


def open_note(note: str, *, verify_keys: Mapping[str, bytes]) -> tuple[Checkpoint, frozenset[str]]:
    """Return the checkpoint of a note and the names whose signatures hold.

    Lines of signers that are not among the keys are passed over, as the format demands.

    Raises:
        NoteRejected: a malformed note, a wrong signature of a known key, or no known signer.
    """
    checkpoint = read_checkpoint(note)
    return checkpoint, check_signatures(note, verify_keys=verify_keys)


def read_checkpoint(note: str) -> Checkpoint:
    """Return what a note says **without** judging its signatures.

    Raises:
        NoteRejected: when the four lines of a checkpoint are not there.
    """
    text, blank, _ = note.partition("\n\n")
    lines = text.split("\n")
    if not blank or len(lines) != 4:
        raise NoteRejected(
            f"A checkpoint has 4 lines and a blank one, this has {len(lines)}: "
            "origin, size, root, day."
        )
    origin, size, root, day = lines
    if not _SIZE.fullmatch(size):
        raise NoteRejected(f"The size {size!r} of the checkpoint is no plain whole number.")
    checkpoint = Checkpoint(origin, int(size), decode_base64(root, what="root"), _day(day))
    try:
        checkpoint.encode()
    except ValueError as malformed:
        raise NoteRejected(str(malformed)) from malformed
    return checkpoint


def _day(line: str) -> date:
    found = _DAY.fullmatch(line)
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError as malformed:
        raise NoteRejected(
            f"The fourth line is {line!r}, not a day such as 'day 2026-03-01'."
        ) from malformed
