from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from commonweal.record import (
    Checkpoint,
    NoteRejected,
    cosign,
    encode_public_key,
    new_key,
    open_note,
    parse_public_key,
    sign,
)

KEY = new_key(bytes(range(32)))
WITNESS = new_key(b"w" * 32)
CHECKPOINT = Checkpoint("example.org/record", 12, b"r" * 32, date(2026, 3, 1))
NOTE = sign(CHECKPOINT, name="log", signing_key=KEY.signing_key)
KEYS = {"log": KEY.public_key}
BOTH = {**KEYS, "union": WITNESS.public_key}


def test_a_checkpoint_is_the_text_of_the_c2sp_format() -> None:
    lines = NOTE.split("\n")
    root = base64.b64encode(b"r" * 32).decode()
    assert lines[:5] == ["example.org/record", "12", root, "day 2026-03-01", ""]
    assert lines[5].startswith("— log ")
    assert lines[6:] == [""]


def test_the_signature_is_ed25519_over_the_text_with_its_last_newline() -> None:
    raw = base64.b64decode(NOTE.rsplit(" ", 1)[1])
    signed = SigningKey(KEY.signing_key).sign(CHECKPOINT.encode().encode())
    assert raw[4:] == signed.signature


def test_the_public_key_known_from_the_go_checksum_database_is_read() -> None:
    # The key of sum.golang.org as published in the Go source tree (BSD-3-Clause).
    text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    name, key = parse_public_key(text)
    assert encode_public_key(name, public_key=key) == text


def test_what_was_signed_is_read_back_with_its_signers() -> None:
    assert open_note(NOTE, verify_keys=KEYS) == (CHECKPOINT, frozenset({"log"}))


def test_a_witness_adds_one_line_and_only_once() -> None:
    signed = cosign(NOTE, name="union", signing_key=WITNESS.signing_key)
    assert signed.startswith(NOTE)
    assert signed.count("\n") == NOTE.count("\n") + 1
    assert cosign(signed, name="union", signing_key=WITNESS.signing_key) == signed
    assert open_note(signed, verify_keys=BOTH)[1] == {"log", "union"}
    assert open_note(signed, verify_keys=KEYS)[1] == {"log"}


@given(st.integers(0, len(NOTE) - 1), st.characters(codec="utf-8"))
def test_a_note_with_any_changed_character_is_refused(place: int, character: str) -> None:
    changed = NOTE[:place] + character + NOTE[place + 1 :]
    if changed != NOTE:
        with pytest.raises(NoteRejected):
            open_note(changed, verify_keys=KEYS)


@given(st.integers(0, len(NOTE) - 1))
def test_a_note_cut_short_is_refused(length: int) -> None:
    with pytest.raises(NoteRejected):
        open_note(NOTE[:length], verify_keys=KEYS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\n12\n", "\n012\n", "no plain whole number"),
        ("\n12\n", "\n-1\n", "no plain whole number"),
        ("day 2026-03-01", "day 2026-02-30", "not a day"),
        ("day 2026-03-01", "2026-03-01", "not a day"),
        ("day 2026-03-01\n", "day 2026-03-01\nmore\n", "this has 5"),
        ("example.org/record\n", "", "this has 3"),
        ("cnI=\n", "cnJ=\n", "one way base64 allows"),
        ("cnI=\n", "?\n", "is no base64"),
        ("cnJycnI=\n", "cnI=\n", "root has 29 bytes"),
        ("— log", "- log", "is no signature"),
        ("— log", "— other", "signed by 'other'"),
        ("example", "exam\tple", "one printable line"),
        ("— log", "— lo\tg", "control character"),
    ],
)
def test_a_malformed_note_is_refused_with_the_reason(old: str, new: str, message: str) -> None:
    assert old in NOTE
    with pytest.raises(NoteRejected, match=message):
        open_note(NOTE.replace(old, new), verify_keys=KEYS)


def test_a_signature_of_another_text_is_refused() -> None:
    other = sign(replace(CHECKPOINT, size=13), name="log", signing_key=KEY.signing_key)
    mixed = NOTE.split("\n\n")[0] + "\n\n" + other.split("\n\n")[1]
    with pytest.raises(NoteRejected, match="changed after it was signed"):
        open_note(mixed, verify_keys=KEYS)


def test_a_note_signed_twice_by_one_key_is_refused() -> None:
    line = NOTE.split("\n\n")[1]
    with pytest.raises(NoteRejected, match="signed twice"):
        open_note(NOTE + line, verify_keys=KEYS)


def test_a_note_with_a_hundred_and_one_signatures_is_refused() -> None:
    line = NOTE.split("\n\n")[1].replace("log", "other")
    with pytest.raises(NoteRejected, match="1 to 100 signatures, this 101"):
        open_note(NOTE + line * 100, verify_keys=KEYS)


def test_an_unsigned_note_is_neither_opened_nor_cosigned() -> None:
    bare = CHECKPOINT.encode() + "\n"
    with pytest.raises(NoteRejected, match="signatures, this 0"):
        open_note(bare, verify_keys=KEYS)
    with pytest.raises(NoteRejected, match="signatures, this 0"):
        cosign(bare, name="union", signing_key=WITNESS.signing_key)


def test_an_endless_note_is_refused_before_it_is_read() -> None:
    with pytest.raises(NoteRejected, match="over 64000"):
        open_note(NOTE + "x" * 64_000, verify_keys=KEYS)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"origin": "two\nlines"}, "one printable line"),
        ({"origin": " "}, "one printable line"),
        ({"size": -1}, "cannot have -1 leaves"),
        ({"root": b"r"}, "has 1 bytes"),
    ],
)
def test_a_checkpoint_that_cannot_be_is_not_signed(
    change: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        sign(replace(CHECKPOINT, **change), name="log", signing_key=KEY.signing_key)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nbreak"])
def test_a_key_name_the_format_cannot_hold_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="without spaces"):
        sign(CHECKPOINT, name=name, signing_key=KEY.signing_key)


@given(st.binary(min_size=32, max_size=32), st.from_regex(r"[a-z./-]{1,20}", fullmatch=True))
def test_a_public_key_reads_back_from_its_text(seed: bytes, name: str) -> None:
    public = new_key(seed).public_key
    assert parse_public_key(encode_public_key(name, public_key=public)) == (name, public)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("log+", "gol+", "does not belong to the key"),
        ("+", "-", "not of the form"),
        ("+A", "+B", "no Ed25519 key"),
    ],
)
def test_a_damaged_public_key_is_refused(old: str, new: str, message: str) -> None:
    text = encode_public_key("log", public_key=KEY.public_key)
    with pytest.raises(ValueError, match=message):
        parse_public_key(text.replace(old, new))


def test_a_seed_of_another_length_is_refused_and_never_printed() -> None:
    with pytest.raises(ValueError, match="has 31 bytes, it needs 32"):
        new_key(b"s" * 31)
    assert "signing_key" not in repr(KEY)
