"""Small files of every kind that is kept, and of those that are not, made byte by byte."""

from __future__ import annotations

import io
import struct
import wave
import zipfile
import zlib

from openpyxl import Workbook


def png(*, behind: bytes = b"", text: bytes = b"") -> bytes:
    """A picture of one point; `text` goes into a comment, `behind` after its end."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))]
    if text:
        chunks.append((b"tEXt", b"Comment\x00" + text))
    chunks += [(b"IDAT", zlib.compress(b"\x00\x80")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks) + behind


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def gif(*, behind: bytes = b"") -> bytes:
    """A GIF of one point."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\x00\x00\x00\xff\xff\xff"
    image = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + image + b"\x3b" + behind


def jpeg(*, behind: bytes = b"") -> bytes:
    """The frame of a JPEG: head, one segment, the picture's data, the end."""
    segment = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00"
    return b"\xff\xd8" + segment + scan + b"\x12\x34\x56\xff\xd9" + behind


def webp() -> bytes:
    """A WebP whose one part holds a few bytes."""
    part = b"VP8L" + struct.pack("<I", 6) + b"\x2f\x00\x00\x00\x00\x00"
    return b"RIFF" + struct.pack("<I", 4 + len(part)) + b"WEBP" + part


def wav() -> bytes:
    """A short silence."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(1600))
    return made.getvalue()


def mp3(*, frames: int = 6, with_tag: bool = True) -> bytes:
    """Frames of MPEG 1 layer III at 128 kbit/s and 44100 Hz, after a tag."""
    tag = b"ID3\x03\x00\x00" + bytes((0, 0, 0, 20)) + bytes(20)
    frame = b"\xff\xfb\x90\x00" + bytes(144 * 128_000 // 44_100 - 4)
    return (tag if with_tag else b"") + frame * frames


def ogg(codec: bytes = b"\x01vorbis") -> bytes:
    """Two pages, the first naming a codec."""
    first = codec + bytes(22)
    pages = [first, bytes(40)]
    return b"".join(b"OggS" + bytes(22) + bytes((1, len(page))) + page for page in pages)


def boxes(brand: bytes = b"M4A ") -> bytes:
    """A file of boxes: its brand, its description, its data."""
    parts = ((b"ftyp", brand + bytes(4) + b"isom"), (b"moov", bytes(16)), (b"mdat", bytes(64)))
    return b"".join(struct.pack(">I", 8 + len(body)) + name + body for name, body in parts)


def pdf(*, behind: bytes = b"") -> bytes:
    """A PDF with one empty page."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n" + behind
    )


def workbook() -> bytes:
    """A spreadsheet as a real program writes it."""
    made, book = io.BytesIO(), Workbook()
    book.active.append(["shift", "hours"])
    book.save(made)
    return made.getvalue()


def archive(parts: dict[str, bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive with these parts, in this order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as file:
        for name, body in parts.items():
            file.writestr(name, body)
    return made.getvalue()


def open_xml(main: str, **more: bytes) -> bytes:
    """An office file of Open XML with this main part, and further parts by their names."""
    types = f'<Types><Override ContentType="application/vnd.{main}+xml"/></Types>'
    return archive({"[Content_Types].xml": types.encode(), "_rels/.rels": b"<r/>", **more})


def docx(**more: bytes) -> bytes:
    """A text document."""
    return open_xml("openxmlformats-officedocument.wordprocessingml.document.main", **more)


def pptx() -> bytes:
    """Slides."""
    return open_xml("openxmlformats-officedocument.presentationml.presentation.main")


def open_document(kind: str = "text", **more: bytes) -> bytes:
    """An OpenDocument file."""
    named = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": named, "content.xml": b"<c/>", **more})


def bomb(megabytes: int = 60) -> bytes:
    """A text document with a part of nothing but zeros, which packs a thousandfold."""
    return docx(**{"word/document.xml": bytes(megabytes * 1024 * 1024)})


KEPT: dict[str, tuple[str, bytes]] = {
    "pdf": ("report.pdf", pdf()),
    "text": ("notes.txt", "What we saw: täglich, año\n".encode()),
    "docx": ("letter.docx", docx()),
    "xlsx": ("hours.xlsx", workbook()),
    "pptx": ("talk.pptx", pptx()),
    "odt": ("letter.odt", open_document("text")),
    "ods": ("hours.ods", open_document("spreadsheet")),
    "png": ("screen.png", png()),
    "jpeg": ("photo.JPG", jpeg()),
    "webp": ("photo.webp", webp()),
    "gif": ("dot.gif", gif()),
    "mp3": ("read-aloud.mp3", mp3()),
    "m4a": ("read-aloud.m4a", boxes(b"M4A ")),
    "ogg": ("read-aloud.ogg", ogg()),
    "wav": ("read-aloud.wav", wav()),
    "mp4": ("signed.mp4", boxes(b"isom")),
}
"""A small true file of every kind, by the name of the kind."""
