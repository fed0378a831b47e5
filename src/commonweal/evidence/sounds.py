"""Walks a sound or video file by its pages, frames or boxes."""

from __future__ import annotations

import struct
from typing import BinaryIO

from commonweal.evidence.pictures import take
from commonweal.evidence.refusal import DoesNotHold

_SOUND_BRANDS = (b"M4A ", b"M4B ")
_VIDEO_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ")
_OGG_CODECS = (b"\x01vorbis", b"OpusHead", b"Speex   ", b"\x7fFLAC")
_BIT_RATES = {  # thousands of bits a second of MPEG layer III, by version 1 or 2
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_FRAMES_LOOKED_AT = 4


def mp4_name(head: bytes) -> str:
    """`m4a` or `mp4` by the brand that a file of boxes begins with; empty for any other."""
    if head[4:8] != b"ftyp":
        return ""
    if head[8:12] in _SOUND_BRANDS:
        return "m4a"
    return "mp4" if head[8:12] in _VIDEO_BRANDS else ""


def walk_boxes(file: BinaryIO, *, size: int) -> None:
    """The outer boxes fill the file, and the one that describes it is there."""
    place, seen = 0, set()
    while place < size:
        file.seek(place)
        length, name = struct.unpack(">I4s", take(file, 8))
        if length == 1:
            [length] = struct.unpack(">Q", take(file, 8))
        length = length or size - place
        if length < 8:
            raise DoesNotHold("a box is shorter than its own head")
        seen.add(name)
        place += length
    if place != size or b"moov" not in seen:
        raise DoesNotHold("its boxes do not fill it")


def walk_ogg(file: BinaryIO, *, size: int) -> None:
    """Its pages fill the file, and the first names a codec of sound."""
    place, is_first = 0, True
    while place < size:
        file.seek(place)
        head = take(file, 27)
        if head[:4] != b"OggS":
            raise DoesNotHold("its pages do not fill it")
        segments = take(file, head[26])
        body = 27 + len(segments) + sum(segments)
        if is_first and not file.read(16).startswith(_OGG_CODECS):
            raise DoesNotHold("it holds no sound")
        place, is_first = place + body, False
    if place != size:
        raise DoesNotHold("it is cut off")


def walk_mp3(file: BinaryIO, *, size: int) -> None:
    """The first frames follow each other, after the tags at the beginning."""
    place = _after_tags(file)
    for _number in range(_FRAMES_LOOKED_AT):
        file.seek(place)
        length = _frame_length(take(file, 4))
        place += length
        if place == size:
            return
    if place > size:
        raise DoesNotHold("it is cut off")


def _after_tags(file: BinaryIO) -> int:
    file.seek(0)
    head = take(file, 10)
    if head[:3] != b"ID3":
        return 0
    digits = head[6:10]
    return 10 + sum((digit & 0x7F) << (7 * (3 - place)) for place, digit in enumerate(digits))


def _frame_length(head: bytes) -> int:
    """How long a frame is, by its four first bytes."""
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    is_frame = head[0] == 0xFF and head[1] >= 0xE0 and layer == 1 and version != 1
    if not is_frame or not 0 < rate < 15 or sampling == 3:
        raise DoesNotHold("its frames do not follow each other")
    kilobits = _BIT_RATES[1 if version == 3 else 2][rate]
    samples_in_bytes = 144 if version == 3 else 72
    return samples_in_bytes * kilobits * 1000 // _RATES[version][sampling] + padding
