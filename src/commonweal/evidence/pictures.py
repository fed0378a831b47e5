"""Walks a picture from its first to its last byte: a picture with anything behind it is none."""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO

from commonweal.evidence.refusal import DoesNotHold

PNG = b"\x89PNG\r\n\x1a\n"
_CHUNK = 1024 * 1024
_GIF_EXTENSION, _GIF_IMAGE, _GIF_END = 0x21, 0x2C, 0x3B


def take(file: BinaryIO, count: int) -> bytes:
    """Exactly this many bytes. Raises `DoesNotHold` where the file ends before."""
    found = file.read(count)
    if len(found) != count:
        raise DoesNotHold("it is cut off")
    return found


def walk_png(file: BinaryIO, *, size: int) -> None:
    """Every chunk with its checksum; the last is IEND and ends the file."""
    file.seek(len(PNG))
    first = True
    while True:
        length, name = struct.unpack(">I4s", take(file, 8))
        if length > size or first != (name == b"IHDR"):
            raise DoesNotHold("its chunks are out of order")
        first = False
        checksum, left = zlib.crc32(name), length
        while left:
            part = take(file, min(left, _CHUNK))
            checksum, left = zlib.crc32(part, checksum), left - len(part)
        if struct.unpack(">I", take(file, 4))[0] != checksum:
            raise DoesNotHold("a checksum is wrong")
        if name == b"IEND":
            break
    refuse_rest(file)


def walk_gif(file: BinaryIO, *, size: int) -> None:
    """Every block of a GIF; its trailer ends the file."""
    file.seek(6)
    _skip_colours(file, flags=take(file, 7)[4])
    while True:
        [mark] = take(file, 1)
        if mark == _GIF_END:
            break
        if mark == _GIF_EXTENSION:
            take(file, 1)
        elif mark == _GIF_IMAGE:
            _skip_colours(file, flags=take(file, 9)[8])
            take(file, 1)
        else:
            raise DoesNotHold("its blocks are out of order")
        while length := take(file, 1)[0]:
            take(file, length)
    refuse_rest(file)


def _skip_colours(file: BinaryIO, *, flags: int) -> None:
    if flags & 0x80:
        take(file, 3 * 2 ** ((flags & 7) + 1))


def walk_jpeg(file: BinaryIO, *, size: int) -> None:
    """The segments up to the picture itself. Cameras add bytes behind it: the search for other
    content looks at those."""
    file.seek(2)
    while True:
        mark, kind = take(file, 2)
        while kind == 0xFF:
            [kind] = take(file, 1)
        if mark != 0xFF or kind in (0x00, 0xD9):
            raise DoesNotHold("its segments are out of order")
        [length] = struct.unpack(">H", take(file, 2))
        take(file, max(length - 2, 0))
        if kind == 0xDA:
            break
    if b"\xff\xd9" not in file.read():
        raise DoesNotHold("it is cut off")


def walk_riff(file: BinaryIO, *, size: int) -> None:
    """A WebP or WAV file is exactly as long as it says, and its parts fill it."""
    file.seek(4)
    [length] = struct.unpack("<I", take(file, 4))
    if length + 8 + length % 2 < size or length + 8 > size:
        raise DoesNotHold("it is longer or shorter than it says")
    place = 12
    while place + 8 <= size:
        file.seek(place + 4)
        [part] = struct.unpack("<I", take(file, 4))
        place += 8 + part + part % 2
    if place < size or place > size + 1:
        raise DoesNotHold("its parts do not fill it")


def refuse_rest(file: BinaryIO) -> None:
    """Nothing but zeros may follow."""
    if file.read().strip(b"\x00"):
        raise DoesNotHold("something follows its end")
