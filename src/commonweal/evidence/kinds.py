"""The kinds of files that are kept as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from commonweal.shared.language import _

Family = Literal["document", "picture", "audio", "video"]
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its media type and the endings its names may have, the usual one first."""

    name: str
    media_type: str
    endings: tuple[str, ...]
    family: Family


KINDS: tuple[FileKind, ...] = (
    FileKind("pdf", "application/pdf", ("pdf",), "document"),
    FileKind("text", "text/plain; charset=utf-8", ("txt", "csv", "tsv", "md", "log"), "document"),
    FileKind("docx", f"{_OPEN_XML}.wordprocessingml.document", ("docx",), "document"),
    FileKind("xlsx", f"{_OPEN_XML}.spreadsheetml.sheet", ("xlsx",), "document"),
    FileKind("pptx", f"{_OPEN_XML}.presentationml.presentation", ("pptx",), "document"),
    FileKind("odt", f"{_OPEN_DOCUMENT}.text", ("odt",), "document"),
    FileKind("ods", f"{_OPEN_DOCUMENT}.spreadsheet", ("ods",), "document"),
    FileKind("png", "image/png", ("png",), "picture"),
    FileKind("jpeg", "image/jpeg", ("jpg", "jpeg"), "picture"),
    FileKind("webp", "image/webp", ("webp",), "picture"),
    FileKind("gif", "image/gif", ("gif",), "picture"),
    FileKind("mp3", "audio/mpeg", ("mp3",), "audio"),
    FileKind("m4a", "audio/mp4", ("m4a", "m4b"), "audio"),
    FileKind("ogg", "audio/ogg", ("ogg", "oga", "opus"), "audio"),
    FileKind("wav", "audio/wav", ("wav",), "audio"),
    FileKind("mp4", "video/mp4", ("mp4", "m4v"), "video"),
)
_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> FileKind:
    """The kind of this name. Raises `KeyError` for one that is not kept."""
    return _BY_NAME[name]


def kind_title(name: str) -> str:
    """What people call a kind of file."""
    return {
        "pdf": _("PDF document"),
        "text": _("plain text"),
        "docx": _("text document (DOCX)"),
        "xlsx": _("spreadsheet (XLSX)"),
        "pptx": _("slides (PPTX)"),
        "odt": _("text document (ODT)"),
        "ods": _("spreadsheet (ODS)"),
        "png": _("picture (PNG)"),
        "jpeg": _("picture (JPEG)"),
        "webp": _("picture (WebP)"),
        "gif": _("picture (GIF)"),
        "mp3": _("sound (MP3)"),
        "m4a": _("sound (M4A)"),
        "ogg": _("sound (OGG)"),
        "wav": _("sound (WAV)"),
        "mp4": _("video (MP4)"),
    }[name]
