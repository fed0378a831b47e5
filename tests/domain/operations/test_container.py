"""The sealed file: it comes back whole or not at all."""

from __future__ import annotations

import io
import string
import struct
from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl import bindings

from commonweal.operations import (
    HEADER_BYTES,
    PIECE_BYTES,
    BackupRejected,
    Effort,
    Header,
    Member,
    MemberWriter,
    members,
    read_header,
)

KEY = bytes(range(32))
HEADER = Header(Effort(4, 128 * 1024 * 1024), salt=b"s" * 16, nonce=b"n" * 24)
LETTERS = string.ascii_letters + string.digits
PARTS = st.builds(str.__add__, st.sampled_from(LETTERS), st.text(LETTERS + "._-", max_size=8))
NAMES = st.lists(PARTS, min_size=1, max_size=3).map("/".join)
CONTENTS = st.dictionaries(NAMES, st.lists(st.binary(max_size=400), max_size=4), max_size=5)


def written(contents: dict[str, list[bytes]]) -> bytes:
    stream = io.BytesIO()
    writer = MemberWriter(stream, header=HEADER, key=KEY)
    for name in sorted(contents):
        writer.add(name, contents[name])
    writer.finish()
    return stream.getvalue()


def read(raw: bytes, *, key: bytes = KEY) -> dict[str, bytes]:
    stream = io.BytesIO(raw)
    header = read_header(stream.read(HEADER_BYTES))
    return {name: b"".join(pieces) for name, pieces in members(stream, header=header, key=key)}


def sealed(*messages: tuple[bytes, int]) -> bytes:
    """A file whose messages are sealed with the right key, whatever they say."""
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, HEADER.nonce, KEY)
    raw = HEADER.encode()
    for message, tag in messages:
        body = bindings.crypto_secretstream_xchacha20poly1305_push(
            state, message, HEADER.encode(), tag
        )
        raw += struct.pack(">I", len(body)) + body
    return raw


END = (b".", bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL)
NOTHING = (b"e" + sha256().digest(), 0)
SMALL = written({"about.json": [b"{}"], "database.sqlite3": [b"rows" * 9], "evidence/ab": [b""]})


@given(CONTENTS)
def test_what_was_written_comes_back(contents: dict[str, list[bytes]]) -> None:
    assert read(written(contents)) == {name: b"".join(pieces) for name, pieces in contents.items()}


@given(CONTENTS, st.data())
def test_any_flipped_bit_is_refused(contents: dict[str, list[bytes]], data: st.DataObject) -> None:
    raw = bytearray(written(contents))
    place = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[place // 8] ^= 1 << place % 8
    with pytest.raises(BackupRejected):
        read(bytes(raw))


def test_every_single_flipped_bit_of_a_file_is_refused() -> None:
    for place in range(len(SMALL) * 8):
        raw = bytearray(SMALL)
        raw[place // 8] ^= 1 << place % 8
        with pytest.raises(BackupRejected):
            read(bytes(raw))


def test_a_file_cut_anywhere_is_refused() -> None:
    for length in range(len(SMALL)):
        with pytest.raises(BackupRejected):
            read(SMALL[:length])


@given(st.binary(min_size=1, max_size=100))
def test_anything_after_the_end_is_refused(more: bytes) -> None:
    with pytest.raises(BackupRejected, match="after the end"):
        read(SMALL + more)


@given(st.binary(max_size=600))
def test_bytes_that_are_no_backup_are_refused(raw: bytes) -> None:
    with pytest.raises(BackupRejected):
        read(raw)


@given(st.binary(max_size=600))
def test_anything_behind_a_right_header_is_refused(raw: bytes) -> None:
    with pytest.raises(BackupRejected):
        read(HEADER.encode() + raw)


@given(st.data())
def test_two_messages_that_change_places_are_refused(data: st.DataObject) -> None:
    raw = written({"a": [b"one", b"two"], "b": [b"three"]})
    parts = split(raw)
    first, second = data.draw(
        st.lists(st.integers(0, len(parts) - 1), min_size=2, max_size=2, unique=True)
    )
    parts[first], parts[second] = parts[second], parts[first]
    with pytest.raises(BackupRejected):
        read(raw[:HEADER_BYTES] + b"".join(parts))


def split(raw: bytes) -> list[bytes]:
    parts, place = [], HEADER_BYTES
    while place < len(raw):
        (length,) = struct.unpack_from(">I", raw, place)
        parts.append(raw[place : place + 4 + length])
        place += 4 + length
    return parts


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(BackupRejected, match="passphrase does not open") as refused:
        read(SMALL, key=bytes(32))
    assert refused.value.code == "passphrase_wrong"


def test_a_long_member_is_read_in_small_pieces() -> None:
    raw = written({"database.sqlite3": [b"x" * (3 * PIECE_BYTES + 1)]})
    stream = io.BytesIO(raw[HEADER_BYTES:])
    [sizes] = [
        [len(piece) for piece in pieces]
        for _name, pieces in members(stream, header=HEADER, key=KEY)
    ]
    assert sizes == [PIECE_BYTES] * 3 + [1]


def test_a_member_that_nobody_reads_is_checked_all_the_same() -> None:
    raw = bytearray(written({"a": [b"x" * 500], "b": [b"y"]}))
    raw[HEADER_BYTES + 100] ^= 1
    stream = io.BytesIO(bytes(raw[HEADER_BYTES:]))
    with pytest.raises(BackupRejected, match="damaged"):
        list(members(stream, header=HEADER, key=KEY))


def test_the_writer_says_what_it_wrote() -> None:
    writer = MemberWriter(io.BytesIO(), header=HEADER, key=KEY)
    assert writer.add("a", [b"one", b"two"]) == Member("a", 6, sha256(b"onetwo").digest())


@pytest.mark.parametrize(
    "name",
    [
        "../escape",
        "/etc/passwd",
        "evidence/../../escape",
        "evidence//two",
        "evidence/.hidden",
        ".hidden",
        "a\\b",
        "C:file",
        "",
        "a/",
        "new\nline",
        "a" * 201,
        "ünicode",
        "nul\x00",
    ],
)
def test_a_member_whose_name_reaches_outside_is_refused(name: str) -> None:
    with pytest.raises(BackupRejected, match="reach outside"):
        read(sealed((b"n" + name.encode(), 0), NOTHING, END))
    with pytest.raises(BackupRejected, match="reach outside"):
        MemberWriter(io.BytesIO(), header=HEADER, key=KEY).add(name, [])


@pytest.mark.parametrize("second", ["b", "a", "database"])
def test_a_member_that_is_there_twice_or_out_of_order_is_refused(second: str) -> None:
    first = (b"nevidence/a", 0)
    with pytest.raises(BackupRejected, match="there twice"):
        read(sealed(first, NOTHING, (b"n" + second.encode(), 0), NOTHING, END))


FINAL = END[1]


@pytest.mark.parametrize(
    "messages",
    [
        [(b"pstray piece", 0), END],
        [(b"na", 0), (b"pone", 0), NOTHING, END],
        [(b"na", 0), (b"nb", 0), NOTHING, END],
        [(b"na", 0), END],
        [(b".", 0)],
        [(b"na", FINAL)],
        [(b"na", 1), NOTHING, END],
        [(b"?what", 0), END],
        [(b"e" + bytes(32), 0), END],
    ],
)
def test_messages_in_another_order_are_refused(messages: list[tuple[bytes, int]]) -> None:
    with pytest.raises(BackupRejected, match="order that Commonweal writes"):
        read(sealed(*messages))


def test_a_file_without_an_end_is_refused() -> None:
    for messages in ([(b"na", 0), NOTHING], [(b"na", 0)], []):
        with pytest.raises(BackupRejected, match="ends too early"):
            read(sealed(*messages))


@pytest.mark.parametrize("length", [0, 17, 1 + PIECE_BYTES + 18, 0xFFFFFFFF])
def test_an_absurd_length_is_refused_before_anything_is_read(length: int) -> None:
    stream = CountingStream(struct.pack(">I", length))
    with pytest.raises(BackupRejected, match=f"message of {length} bytes"):
        list(members(stream, header=HEADER, key=KEY))
    assert stream.asked == 4


class CountingStream(io.BytesIO):
    """Counts how many bytes were asked for."""

    asked = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.asked += size or 0
        return super().read(size)


def changed(where: int, value: bytes) -> Callable[[bytes], bytes]:
    return lambda raw: raw[:where] + value + raw[where + len(value) :]


def test_a_file_of_a_later_format_says_so() -> None:
    with pytest.raises(BackupRejected, match="format 2") as refused:
        read(changed(16, b"\x00\x02")(SMALL))
    assert refused.value.code == "format_unknown"


def test_a_header_without_enough_random_bytes_is_not_written() -> None:
    with pytest.raises(ValueError, match="16 and 24"):
        Header(HEADER.effort, salt=b"short", nonce=HEADER.nonce).encode()
