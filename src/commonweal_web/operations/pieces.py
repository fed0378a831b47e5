"""Files read and written in small pieces, so that gigabytes take no memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from commonweal.operations import PIECE_BYTES


def pieces_of(stream: BinaryIO) -> Iterator[bytes]:
    """What is left of a stream."""
    while piece := stream.read(PIECE_BYTES):
        yield piece


def pieces_in(path: Path) -> Iterator[bytes]:
    """A file's bytes."""
    with path.open("rb") as stream:
        yield from pieces_of(stream)


def gathered(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer, larger pieces."""
    waiting = bytearray()
    for part in parts:
        waiting += part
        if len(waiting) >= PIECE_BYTES:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)


def write_new(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file of its owner's alone, whole and on the disk; one that is there is refused."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Make the names in a folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
