"""An export is one ZIP of which every byte is accounted for."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.operations.export_file import (
    MANIFEST,
    NOTE,
    ExportRejected,
    check_export,
    signed_text,
    writing,
)

Members = dict[str, bytes]
MEMBERS = {"index.html": b"<p>hello", "tables/a.csv": b"x\r\n" * 5000, "evidence/é.txt": b""}


def written(members: Members = MEMBERS) -> bytes:
    stream = io.BytesIO()
    with writing(stream) as archive:
        for name, raw in members.items():
            with archive.member(name) as member:
                member.write(raw)
        archive.finish(says={"day": "2026-11-22"}, sign=lambda text: f"{text}\nsigned\n")
    return stream.getvalue()


def problems(raw: bytes) -> tuple[str, ...]:
    return check_export(io.BytesIO(raw)).problems


def rewritten(raw: bytes, change: Callable[[Members], None]) -> bytes:
    """The same ZIP with other members, as somebody without our software would make it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_what_was_written_is_found_whole() -> None:
    found = check_export(io.BytesIO(written()))
    assert found.problems == ()
    assert found.manifest["day"] == "2026-11-22"
    assert {name: stated["size"] for name, stated in found.manifest["members"].items()} == {
        name: len(raw) for name, raw in MEMBERS.items()
    }
    assert found.note == f"{signed_text(found.manifest_sha256)}\nsigned\n"


def test_any_zip_program_opens_it() -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        assert archive.testzip() is None
        manifest = archive.read(MANIFEST)
        assert json.loads(manifest)["members"]["index.html"]["sha256"] == (
            hashlib.sha256(MEMBERS["index.html"]).hexdigest()
        )
        assert hashlib.sha256(manifest).hexdigest() in archive.read(NOTE).decode()


def test_a_changed_a_missing_and_an_added_file_are_each_named() -> None:
    raw = written()

    def meddle(members: Members) -> None:
        members["index.html"] = b"<p>hullo"
        del members["tables/a.csv"]
        members["extra.txt"] = b"!"

    assert problems(rewritten(raw, meddle)) == (
        "extra.txt is not in the manifest",
        "index.html was changed",
        "tables/a.csv is missing",
    )


def test_a_file_that_is_longer_than_stated_is_not_read_to_its_end() -> None:
    def bomb(members: Members) -> None:
        members["index.html"] = MEMBERS["index.html"] + b"0" * 10_000_000

    assert problems(rewritten(written(), bomb)) == ("index.html was changed",)


TWO = {"a.txt": b"The vote was held.", "b.txt": b"It passed."}


def read_back(raw: bytes) -> Members | None:
    """The members as a ZIP program reads them; None where it cannot."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return {name: archive.read(name) for name in TWO}
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, NotImplementedError, RuntimeError):
        return None


@given(st.data())
def test_no_flipped_bit_of_a_member_goes_unnoticed(data: st.DataObject) -> None:
    whole = written(TWO)
    raw = bytearray(whole)
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = check_export(io.BytesIO(bytes(raw)))
    except ExportRejected:
        return
    signed = check_export(io.BytesIO(whole)).manifest_sha256
    assert read_back(bytes(raw)) == TWO or found.problems or found.manifest_sha256 != signed


@pytest.mark.parametrize(
    "name", ["", "/etc/passwd", "../up", "a/../../up", "a\\b", MANIFEST, NOTE]
)
def test_an_unsafe_name_is_never_written(name: str) -> None:
    refused = pytest.raises(ValueError, match="cannot be the name")
    with writing(io.BytesIO()) as archive, refused, archive.member(name):
        pass


def test_two_files_of_one_name_are_refused() -> None:
    with writing(io.BytesIO()) as archive:
        with archive.member("a"):
            pass
        with pytest.raises(ValueError, match="already"), archive.member("a"):
            pass


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members.pop(MANIFEST),
        lambda members: members.pop(NOTE),
        lambda members: members.update({MANIFEST: b"no json"}),
        lambda members: members.update({MANIFEST: b'{"format":"other"}'}),
        lambda members: members.update({MANIFEST: b"[]"}),
        lambda members: members.update(
            {MANIFEST: b'{"format":"commonweal.organisation.export/1","members":{"a":1}}'}
        ),
        lambda members: members.update({NOTE: b"\xff"}),
    ],
)
def test_what_is_no_export_of_ours_is_refused(change: Callable[[Members], None]) -> None:
    with pytest.raises(ExportRejected):
        check_export(io.BytesIO(rewritten(written(), change)))


@pytest.mark.parametrize("raw", [b"", b"PK", b"text", written()[:200]])
def test_what_is_no_whole_zip_is_refused(raw: bytes) -> None:
    with pytest.raises(ExportRejected):
        check_export(io.BytesIO(raw))
