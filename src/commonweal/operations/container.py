"""The sealed members of a backup file, written and read one small piece at a time.

Each message is sealed with libsodium's secretstream (XChaCha20-Poly1305), which also keeps their
order, and bound to the header. A message says the name of a member, gives a piece of it, or ends
it with the hash of its bytes; the last one ends the file. So a changed bit, a missing end and
anything appended are all noticed before what was read is used.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO, NoReturn

from nacl import bindings
from nacl.exceptions import CryptoError

from .header import Header
from .rejected import BackupRejected

PIECE_BYTES = 256 * 1024
NAME_CHARACTERS = 200
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_NAMED, _PIECE, _ENDED, _LAST = b"n", b"p", b"e", b"."
_SEAL_BYTES: int = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_MOST_BYTES = 1 + PIECE_BYTES + _SEAL_BYTES
_LENGTH = struct.Struct(">I")
_ON: int = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL: int = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL


@dataclass(frozen=True, slots=True)
class Member:
    """One member as it was written."""

    name: str
    size: int
    digest: bytes


class MemberWriter:
    """Writes members in the ascending order of their names, then the end.

    The header must hold salt and nonce that no other file has.
    """

    def __init__(self, stream: BinaryIO, *, header: Header, key: bytes) -> None:
        self._stream, self._bound = stream, header.encode()
        self._state = _state(header, key=key)
        self._latest = ""
        stream.write(self._bound)

    def add(self, name: str, pieces: Iterable[bytes]) -> Member:
        """Write one member whose bytes come in pieces of any size."""
        _refuse_out_of_order(name, after=self._latest)
        self._latest = name
        self._seal(_NAMED + name.encode("ascii"))
        size, digest = 0, sha256()
        for piece in pieces:
            for start in range(0, len(piece), PIECE_BYTES):
                part = piece[start : start + PIECE_BYTES]
                self._seal(_PIECE + part)
                digest.update(part)
            size += len(piece)
        self._seal(_ENDED + digest.digest())
        return Member(name, size, digest.digest())

    def finish(self) -> None:
        """Write the end; without it the file is refused as cut off."""
        self._seal(_LAST, tag=_FINAL)

    def _seal(self, message: bytes, *, tag: int = _ON) -> None:
        sealed: bytes = bindings.crypto_secretstream_xchacha20poly1305_push(
            self._state, message, self._bound, tag
        )
        self._stream.write(_LENGTH.pack(len(sealed)) + sealed)


def members(
    stream: BinaryIO, *, header: Header, key: bytes
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each member's name with its pieces; the stream stands right after the header.

    Pieces are read as they are asked for, and what is left of a member is read before the next
    one. Nothing may be relied on before the last member was reached without an error.

    Raises:
        BackupRejected: for a wrong passphrase, a changed bit, a cut end, appended bytes, and
            members whose names could reach outside the folder they belong in.
    """
    opened, latest = _messages(stream, header=header, key=key), ""
    for kind, body in opened:
        if kind == _LAST:
            _refuse_appended(stream)
            return
        name = _name(kind, body)
        _refuse_out_of_order(name, after=latest)
        latest, pieces = name, _pieces(opened)
        yield name, pieces
        for _piece in pieces:
            pass
    _refuse_cut()


def refuse_unsafe_name(name: str) -> None:
    """Refuse a member's name that is no plain path below a folder. Raises `BackupRejected`."""
    if len(name) > NAME_CHARACTERS or not NAME.fullmatch(name):
        raise BackupRejected(
            "name_unsafe",
            f"The backup holds a member named {name[:NAME_CHARACTERS]!r}: such a name could reach "
            "outside the folder, and no backup of ours has one.",
        )


def _refuse_out_of_order(name: str, *, after: str) -> None:
    refuse_unsafe_name(name)
    if name <= after:
        raise BackupRejected(
            "name_repeated", f"The member {name!r} comes after {after!r}: it is there twice."
        )


def _state(header: Header, *, key: bytes) -> bindings.crypto_secretstream_xchacha20poly1305_state:
    """The stream's state from key and nonce.

    Beginning to open and beginning to seal give the same state; only the first takes a nonce from
    outside, so that this package draws no randomness of its own.
    """
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, header.nonce, key)
    return state


def _messages(stream: BinaryIO, *, header: Header, key: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each opened message as its kind and its body; ends after the last one."""
    bound, state, is_first = header.encode(), _state(header, key=key), True
    while sealed := _next_sealed(stream):
        try:
            message, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(
                state, sealed, bound
            )
        except (CryptoError, ValueError) as failed:
            raise _broken(is_first=is_first) from failed
        is_first = False
        kind, body = message[:1], message[1:]
        if (tag == _FINAL) != (kind == _LAST) or tag not in (_ON, _FINAL):
            raise _malformed()
        yield kind, body
        if kind == _LAST:
            return


def _next_sealed(stream: BinaryIO) -> bytes:
    """The next sealed message; nothing at the end of the file."""
    prefix = stream.read(_LENGTH.size)
    if not prefix:
        return b""
    if len(prefix) < _LENGTH.size:
        _refuse_cut()
    (length,) = _LENGTH.unpack(prefix)
    if not _SEAL_BYTES < length <= _MOST_BYTES:
        raise BackupRejected(
            "backup_damaged",
            f"The backup is damaged: a message of {length} bytes is longer or shorter than any "
            "of ours. Use another copy.",
        )
    sealed = stream.read(length)
    if len(sealed) < length:
        _refuse_cut()
    return sealed


def _pieces(opened: Iterator[tuple[bytes, bytes]]) -> Iterator[bytes]:
    digest = sha256()
    for kind, body in opened:
        if kind == _PIECE:
            digest.update(body)
            yield body
        elif kind == _ENDED and body == digest.digest():
            return
        else:
            raise _malformed()
    _refuse_cut()


def _name(kind: bytes, body: bytes) -> str:
    if kind != _NAMED:
        raise _malformed()
    return body.decode("utf-8", "backslashreplace")


def _refuse_appended(stream: BinaryIO) -> None:
    if stream.read(1):
        raise BackupRejected(
            "backup_appended",
            "There are more bytes after the end of the backup: the file was changed. "
            "Use another copy.",
        )


def _refuse_cut() -> NoReturn:
    raise BackupRejected(
        "backup_cut", "The backup ends too early: part of the file is missing. Use another copy."
    )


def _broken(*, is_first: bool) -> BackupRejected:
    if is_first:
        return BackupRejected(
            "passphrase_wrong",
            "The passphrase does not open this backup. Try again; if it is right, the beginning "
            "of the file is damaged: use another copy.",
        )
    return BackupRejected(
        "backup_damaged",
        "The backup is damaged: what it holds is not what was written. Use another copy.",
    )


def _malformed() -> BackupRejected:
    return BackupRejected(
        "backup_malformed",
        "The backup opens, but its parts are not in the order that Commonweal writes. "
        "It was made by another program.",
    )
