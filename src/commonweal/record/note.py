"""The C2SP ``signed-note`` format: a text, a blank line, and Ed25519 signature lines."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

KEY_BYTES = 32
MAX_SIGNATURES = 100
MAX_NOTE_CHARACTERS = 64_000
_ED25519 = b"\x01"
_ID_BYTES = 4
_DASH = "—"
_NAME = re.compile(r"[^\s+]+")
_HEX_ID = re.compile(r"[0-9a-f]{8}")


class NoteRejected(ValueError):
    """A note that is malformed or whose signatures do not hold; the message says why."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An Ed25519 key: the secret seed that signs, and the public key that anyone may have."""

    signing_key: bytes = field(repr=False)
    public_key: bytes


class PublicKey(NamedTuple):
    """A public key with the name of its owner."""

    name: str
    key: bytes


class Signature(NamedTuple):
    """One signature line of a note."""

    name: str
    key_id: bytes
    signature: bytes


def new_key(seed: bytes) -> KeyPair:
    """Return the Ed25519 key of 32 random bytes, which the caller draws and keeps."""
    if len(seed) != KEY_BYTES:
        raise ValueError(f"The seed of a key has {len(seed)} bytes, it needs {KEY_BYTES}.")
    return KeyPair(seed, bytes(SigningKey(seed).verify_key))


def encode_public_key(name: str, *, public_key: bytes) -> str:
    """Return the text ``name+keyid+base64`` in which a public key is published."""
    key_id = _key_id(name, public_key=public_key)
    return f"{name}+{key_id.hex()}+{encode_base64(_ED25519 + public_key)}"


def parse_public_key(text: str) -> PublicKey:
    """Return name and key of a published public key.

    Raises:
        ValueError: when the parts are not there, or the key id does not belong to the key.
    """
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not _HEX_ID.fullmatch(parts[1]):
        raise ValueError(f"The public key {text!r} is not of the form name+keyid+base64.")
    name, written_id, encoded = parts
    raw = decode_base64(encoded, what="public key")
    if raw[:1] != _ED25519 or len(raw) != KEY_BYTES + 1:
        raise ValueError(f"The public key of {name!r} is no Ed25519 key.")
    if _key_id(name, public_key=raw[1:]).hex() != written_id:
        raise ValueError(f"The key id {written_id} does not belong to the key of {name!r}.")
    return PublicKey(name, raw[1:])


def signatures(note: str) -> list[Signature]:
    """Return the signature lines of a note, unjudged.

    Raises:
        NoteRejected: when the note or one of its signature lines is malformed.
    """
    _, lines = _parts(note)
    if not 0 < len(lines) <= MAX_SIGNATURES:
        raise NoteRejected(f"A note has 1 to {MAX_SIGNATURES} signatures, this {len(lines)}.")
    return [_signature(line) for line in lines]


def add_signature(note: str, *, name: str, signing_key: bytes) -> str:
    """Return the note with one more signature line; a line that is there is not repeated."""
    text, lines = _parts(note)
    public_key = new_key(signing_key).public_key
    made = SigningKey(signing_key).sign(text.encode()).signature
    key_id = _key_id(name, public_key=public_key)
    line = f"{_DASH} {name} {encode_base64(key_id + made)}"
    return note if line in lines else f"{note}{line}\n"


def check_signatures(note: str, *, verify_keys: Mapping[str, bytes]) -> frozenset[str]:
    """Return the names whose signatures hold; signers without a key are passed over.

    Raises:
        NoteRejected: a wrong or repeated signature of a known key, or no known signer at all.
    """
    found = signatures(note)
    text, _ = _parts(note)
    verified: set[str] = set()
    for signed in found:
        key = verify_keys.get(signed.name)
        if key is None or _key_id(signed.name, public_key=key) != signed.key_id:
            continue
        if signed.name in verified:
            raise NoteRejected(f"{signed.name!r} signed twice: keep one signature line of it.")
        _refuse_bad_signature(text, signed=signed, key=key)
        verified.add(signed.name)
    if not verified:
        names = ", ".join(repr(signed.name) for signed in found)
        raise NoteRejected(f"No signature is of a key we know; the note is signed by {names}.")
    return frozenset(verified)


def encode_base64(raw: bytes) -> str:
    """Return standard base64 with padding."""
    return base64.b64encode(raw).decode("ascii")


def decode_base64(text: str, *, what: str) -> bytes:
    """Return the bytes of base64 that has only one spelling, else raise ``NoteRejected``."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as malformed:
        raise NoteRejected(f"The {what} {text!r} is no base64.") from malformed
    if encode_base64(raw) != text:
        raise NoteRejected(f"The {what} {text!r} is not written in the one way base64 allows.")
    return raw


def _parts(note: str) -> tuple[str, list[str]]:
    """Return the signed text and the signature lines."""
    if len(note) > MAX_NOTE_CHARACTERS:
        raise NoteRejected(f"The note has {len(note)} characters, over {MAX_NOTE_CHARACTERS}.")
    if any(character < " " and character != "\n" for character in note):
        raise NoteRejected("The note holds a control character.")
    text, blank, tail = note.partition("\n\n")
    if not blank or (tail and not tail.endswith("\n")):
        raise NoteRejected("A note is a text, a blank line, and lines that each end in a newline.")
    return f"{text}\n", tail.split("\n")[:-1]


def _signature(line: str) -> Signature:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != _DASH or not _NAME.fullmatch(parts[1]):
        raise NoteRejected(f"The line {line!r} is no signature: '{_DASH} name base64' is.")
    raw = decode_base64(parts[2], what="signature")
    if len(raw) <= _ID_BYTES:
        raise NoteRejected(f"The signature of {parts[1]!r} is too short.")
    return Signature(parts[1], raw[:_ID_BYTES], raw[_ID_BYTES:])


def _key_id(name: str, *, public_key: bytes) -> bytes:
    if not _NAME.fullmatch(name):
        raise ValueError(f"The name of a key is {name!r}: it must be without spaces and '+'.")
    if len(public_key) != KEY_BYTES:
        raise ValueError(f"The public key of {name!r} has {len(public_key)} bytes, not 32.")
    return sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:_ID_BYTES]


def _refuse_bad_signature(text: str, *, signed: Signature, key: bytes) -> None:
    try:
        VerifyKey(key).verify(text.encode(), signed.signature)
    except (BadSignatureError, ValueError) as wrong:
        raise NoteRejected(
            f"The signature of {signed.name!r} does not belong to this text: "
            "the note was changed after it was signed."
        ) from wrong
