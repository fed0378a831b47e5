"""What a file is, by its content: every kept kind is told, every trick is refused."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.evidence import KINDS, FileRefused, Limits, kind_title, recognise
from factories import files

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
ROSTER = "openxmlformats-officedocument.spreadsheetml.sheet.main"


def kind_of(content: bytes, name: str = "file", **bounds: int) -> str:
    file = io.BytesIO(content)
    return recognise(file, size=len(content), name=name, limits=Limits(**bounds)).name


def refusal_of(content: bytes, name: str = "file", **bounds: int) -> FileRefused:
    with pytest.raises(FileRefused) as found:
        kind_of(content, name, **bounds)
    return found.value


def test_there_is_a_true_file_and_a_title_for_every_kept_kind() -> None:
    assert set(files.KEPT) == {kind.name for kind in KINDS}
    assert all(kind_title(kind.name) for kind in KINDS)


@pytest.mark.parametrize("kind", sorted(files.KEPT))
def test_a_kept_kind_is_told_by_its_content(kind: str) -> None:
    name, content = files.KEPT[kind]
    assert kind_of(content, name) == kind
    assert kind_of(content, "without an ending") == kind


@pytest.mark.parametrize("kind", sorted(set(files.KEPT) - {"text", "pdf", "mp3"}))
def test_a_file_that_was_cut_off_is_refused(kind: str) -> None:
    _name, content = files.KEPT[kind]
    assert refusal_of(content[: len(content) - 3]).code == "file_does_not_hold"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "empty.pdf", "file_empty"),
        (SVG, "logo.png", "file_is_web_page"),
        (HTML, "logo.png", "file_is_web_page"),
        (b"  \n<HTML><body onload=alert(1)>", "notes.txt", "file_is_web_page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "a.txt", "file_is_web_page"),
        (b"MZ\x90\x00" + bytes(100), "photo.jpg", "file_is_program"),
        (b"\x7fELF" + bytes(100), "report.pdf", "file_is_program"),
        (b"#!/bin/sh\nrm -rf /\n", "notes.txt", "file_is_program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.doc", "file_is_old_office"),
        (b"Rar!\x1a\x07\x00", "all.rar", "file_is_archive"),
        (files.archive({"a.txt": b"a", "b.txt": b"b"}), "all.zip", "file_is_archive"),
        (b"alert('hello')\n", "run.js", "file_is_another_kind"),
        (b"<img src=x onerror=alert(1)>", "page.html", "file_is_another_kind"),
        (files.pdf(), "photo.png", "file_is_another_kind"),
        (b"\x00\x01\x02 no text", "notes.txt", "file_does_not_hold"),
        (b"{\\rtf1 hello}", "letter.rtf", "file_does_not_hold"),
    ],
)
def test_what_is_not_kept_is_refused_with_its_own_reason(
    content: bytes, name: str, code: str
) -> None:
    refused = refusal_of(content, name)
    assert refused.code == code
    assert len(refused.message) > 40


@pytest.mark.parametrize(
    "content",
    [
        files.png(behind=b"<script>alert(1)</script>"),
        files.png(behind=files.archive({"evil.class": b"x"})),
        files.png(text=b"<script>alert(1)</script>"),
        files.png(behind=files.pdf()),
        files.gif(behind=b"=1;alert(1)"),
        b"GIF89a/*" + b"\x00\x00\x00\x00\x00*/=1;alert(document.domain)",
        files.jpeg(behind=b"<html><script>alert(1)</script></html>"),
        files.jpeg(behind=files.archive({"evil.jar": b"x"})),
        files.pdf(behind=files.archive({"evil.class": b"x"})),
        files.wav() + b"<iframe src=//evil.example>",
    ],
    ids=["png+html", "png+zip", "png-comment", "png+pdf", "gif+js", "gif-js", "jpeg+html",
         "jpeg+zip", "pdf+zip", "wav+html"],
)  # fmt: skip
def test_a_file_that_is_two_things_at_once_is_refused(content: bytes) -> None:
    assert refusal_of(content).code == "file_does_not_hold"


def test_bytes_that_cameras_leave_behind_a_jpeg_are_no_reason_to_refuse_it() -> None:
    assert kind_of(files.jpeg(behind=files.jpeg())) == "jpeg"


def test_a_pdf_inside_the_first_kilobyte_of_a_picture_is_found() -> None:
    assert refusal_of(files.png(text=b"%PDF-1.7 hidden")).code == "file_does_not_hold"


@pytest.mark.parametrize(
    "content",
    [
        files.docx(**{"word/vbaProject.bin": b"macro"}),
        files.open_xml("ms-excel.sheet.macroEnabled.main"),
        files.docx(**{"word/activeX/activeX1.xml": b"<a/>"}),
        files.open_xml(ROSTER, **{"xl/macrosheets/sheet1.xml": b"<m/>"}),
        files.open_document("spreadsheet", **{"Basic/Standard/Module1.xml": b"<m/>"}),
        files.open_document("text", **{"Scripts/python/run.py": b"import os"}),
    ],
)
def test_an_office_file_with_macros_is_refused_and_says_how_to_save_it(content: bytes) -> None:
    refused = refusal_of(content, "list.xlsx")
    assert refused.code == "file_has_macros"
    assert "without macros" in refused.message


@pytest.mark.parametrize("name", ["word/embeddings/oleObject1.bin", "word/run.exe", "a/page.html"])
def test_an_office_file_with_a_program_inside_is_refused(name: str) -> None:
    assert refusal_of(files.docx(**{name: b"x"})).code == "file_holds_program"


def test_a_zip_bomb_is_refused_by_what_it_declares_before_it_is_unpacked() -> None:
    refused = refusal_of(files.bomb(), "letter.docx")
    assert refused.code == "file_unpacks_too_far"
    assert "60 MB" in refused.message


def test_an_archive_that_lies_about_the_size_of_a_part_is_refused() -> None:
    content = bytearray(files.docx(**{"word/document.xml": bytes(300_000)}))
    honest = struct.pack("<I", 300_000)
    assert content.count(honest) == 2
    lying = bytes(content).replace(honest, struct.pack("<I", 1000))
    assert refusal_of(lying).code == "file_does_not_hold"


def test_too_many_parts_are_refused() -> None:
    many = files.docx(**{f"word/part{number}.xml": b"" for number in range(60)})
    assert refusal_of(many, parts=50).code == "file_unpacks_too_far"


@pytest.mark.parametrize("name", ["../outside.xml", "/etc/passwd", "word\\..\\..\\x.xml"])
def test_a_part_that_would_leave_its_folder_is_refused(name: str) -> None:
    assert refusal_of(files.docx(**{name: b"x"})).code == "file_does_not_hold"


def test_a_document_with_bytes_before_its_first_part_is_refused() -> None:
    assert refusal_of(b"PK\x03\x04" + files.docx()).code == "file_does_not_hold"


def test_a_file_above_the_limit_is_refused_by_its_size_and_says_both() -> None:
    refused = refusal_of(bytes(3 * 1024 * 1024), file_bytes=2 * 1024 * 1024)
    assert refused.code == "file_too_large"
    assert "3.0 MB" in refused.message
    assert "2 MB" in refused.message


def test_a_file_of_exactly_the_limit_is_kept() -> None:
    content = b"a" * 2048
    assert kind_of(content, "a.txt", file_bytes=2048) == "text"


@pytest.mark.parametrize("ending", ["csv", "tsv", "md", "log", "txt"])
def test_text_may_be_called_what_text_is_called(ending: str) -> None:
    assert kind_of(b"when;what\n2026-11-02;stopped\n", f"list.{ending}") == "text"


def test_text_in_an_older_encoding_is_kept() -> None:
    assert kind_of("Übergabe um 6 Uhr\n".encode("cp1252"), "notes.txt") == "text"


def test_a_video_is_not_taken_for_sound_in_an_ogg_file() -> None:
    assert refusal_of(files.ogg(b"\x80theora"), "a.ogg").code == "file_does_not_hold"


def outcome(content: bytes) -> str:
    """The kind, or the code of the refusal; anything else that is raised fails the test."""
    try:
        return kind_of(content)
    except FileRefused as refused:
        return f"refused: {refused.code}" if refused.message else ""


@given(st.binary(max_size=400))
def test_any_bytes_are_either_a_known_kind_or_refused_with_a_reason(content: bytes) -> None:
    found = outcome(content)
    assert found in {kind.name for kind in KINDS} or found.startswith("refused: file_")


@given(st.sampled_from(sorted(files.KEPT)), st.data())
def test_a_true_file_with_a_changed_byte_is_told_or_refused(
    kind: str, data: st.DataObject
) -> None:
    content = bytearray(files.KEPT[kind][1])
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(content)))
    assert outcome(bytes(content[:cut]))
