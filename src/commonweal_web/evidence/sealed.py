"""Encrypts a file piece by piece: a stream that was cut, changed or swapped is noticed.

XChaCha20-Poly1305 as libsodium's secretstream writes it. The file begins with a mark and the
stream's head; every piece is bound to the name the file is stored under.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from nacl import bindings
from nacl.exceptions import RuntimeError as Unsound

MARK = b"CWEV1\n"
PIECE = 64 * 1024
KEY_BYTES = bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES
_HEAD = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_MORE = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_State = bindings.crypto_secretstream_xchacha20poly1305_state


class FileDamaged(Exception):
    """A stored file is not as it was stored: cut, changed, swapped, or of another key."""


def seal(plain: Iterable[bytes], *, key: bytes, name: str) -> Iterator[bytes]:
    """The pieces to store for a file."""
    state = _State()
    yield MARK + bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    held: bytes | None = None
    for piece in _even(plain):
        if held is not None:
            yield _push(state, held, name=name, tag=_MESSAGE)
        held = piece
    yield _push(state, held or b"", name=name, tag=_FINAL)


def unseal(stored: BinaryIO, *, key: bytes, name: str) -> Iterator[bytes]:
    """The pieces of the file as it was. Raises `FileDamaged`, at the latest before the last."""
    head = stored.read(len(MARK) + _HEAD)
    if not head.startswith(MARK) or len(head) != len(MARK) + _HEAD:
        raise FileDamaged(name)
    state = _State()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, head[len(MARK) :], key)
    tag = _MESSAGE
    while tag != _FINAL:
        try:
            piece, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(
                state, stored.read(PIECE + _MORE), name.encode()
            )
        except (Unsound, ValueError) as broken:
            raise FileDamaged(name) from broken
        if tag == _FINAL and stored.read(1):
            raise FileDamaged(name)
        yield piece


def _push(state: _State, piece: bytes, *, name: str, tag: int) -> bytes:
    return bindings.crypto_secretstream_xchacha20poly1305_push(state, piece, name.encode(), tag)


def _even(plain: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one length; only the last may be shorter."""
    waiting = bytearray()
    for part in plain:
        waiting += part
        while len(waiting) >= PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    if waiting:
        yield bytes(waiting)
