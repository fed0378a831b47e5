"""Tells what a file is by its content, and refuses what is not kept or only pretends to be.

A small table of our own instead of a library of a thousand signatures: the question here is not
what a file may be, but whether it is one of sixteen kinds and nothing else beside.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from commonweal.evidence import pictures, sounds
from commonweal.evidence.kinds import KINDS, FileKind, kind_named, kind_title
from commonweal.evidence.limits import Limits
from commonweal.evidence.names import ending_of
from commonweal.evidence.packages import package_name
from commonweal.evidence.refusal import DoesNotHold, FileRefused
from commonweal.evidence.texts import holds_markup, walk_text
from commonweal.shared.language import _

_HEAD = 4096
_STEP = 1024 * 1024
_LONGEST_SIGN = 16
_HIDDEN = re.compile(rb"<script|<html|<!doctype|<iframe|<\?php|<svg[\s>]", re.IGNORECASE)
_PDF_LOOKED_FOR = 1024
_ARCHIVE_END = b"PK\x05\x06"
_ARCHIVE_TAIL = 22 + 65_535
Walk = Callable[..., None]


@dataclass(frozen=True, slots=True)
class _Sign:
    """How a kind begins, and what walks the rest of it."""

    kind: str
    begins: Callable[[bytes], bool]
    walk: Walk


def _walk_pdf(file: BinaryIO, *, size: int) -> None:
    file.seek(max(size - 2048, 0))
    if b"%%EOF" not in file.read():
        raise DoesNotHold("it is cut off")


def _riff(head: bytes, name: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == name


_SIGNS: tuple[_Sign, ...] = (
    _Sign("pdf", lambda head: head.startswith(b"%PDF-"), _walk_pdf),
    _Sign("png", lambda head: head.startswith(pictures.PNG), pictures.walk_png),
    _Sign("jpeg", lambda head: head.startswith(b"\xff\xd8\xff"), pictures.walk_jpeg),
    _Sign("gif", lambda head: head[:6] in (b"GIF87a", b"GIF89a"), pictures.walk_gif),
    _Sign("webp", lambda head: _riff(head, b"WEBP"), pictures.walk_riff),
    _Sign("wav", lambda head: _riff(head, b"WAVE"), pictures.walk_riff),
    _Sign("ogg", lambda head: head.startswith(b"OggS"), sounds.walk_ogg),
    _Sign("m4a", lambda head: sounds.mp4_name(head) == "m4a", sounds.walk_boxes),
    _Sign("mp4", lambda head: sounds.mp4_name(head) == "mp4", sounds.walk_boxes),
    _Sign("mp3", lambda head: head[:3] == b"ID3" or _begins_frame(head), sounds.walk_mp3),
)
_PROGRAMS = (b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!")
_WINDOWS_PROGRAM = b"MZ"  # text may begin so too, but holds no zero byte
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK\x05\x06")
_NEVER = frozenset(
    "exe com scr bat cmd ps1 vbs vbe js jse mjs wsf wsh hta jar msi lnk dll sh py php html htm "
    "xhtml mht mhtml svg svgz xml xsl swf rtf docm dotm xlsm xlsb xltm xlam pptm potm ppsm iso "
    "img reg".split()
)


def recognise(file: BinaryIO, *, size: int, name: str, limits: Limits) -> FileKind:
    """The kind of a file, by its content. Raises `FileRefused` with what to do next.

    `file` can be read from anywhere; `name` is only held against the content.
    """
    _refuse_size(size, limits=limits)
    file.seek(0)
    head = file.read(_HEAD)
    _refuse_known(head)
    try:
        kind = _kind_of(file, size=size, head=head, limits=limits)
    except DoesNotHold as broken:
        raise _does_not_hold() from broken
    _refuse_other_ending(name, kind=kind)
    file.seek(0)
    return kind


def _kind_of(file: BinaryIO, *, size: int, head: bytes, limits: Limits) -> FileKind:
    if head.startswith(b"PK\x03\x04"):
        return kind_named(package_name(file, size=size, limits=limits))
    sign = next((each for each in _SIGNS if each.begins(head)), None)
    if sign is None:
        walk_text(file, head=head)
        return kind_named("text")
    sign.walk(file, size=size)
    _refuse_hidden(file, size=size, kind=kind_named(sign.kind))
    return kind_named(sign.kind)


def _refuse_size(size: int, *, limits: Limits) -> None:
    if size == 0:
        raise FileRefused("file_empty", _("This file is empty. Choose the one you meant."))
    if size > limits.file_bytes:
        raise FileRefused(
            "file_too_large",
            _(
                "This file has %(size)s MB. At most %(most)s MB are kept. "
                "Make it smaller, or keep it elsewhere and attach a link."
            )
            % {
                "size": f"{size / 1024 / 1024:,.1f}",
                "most": f"{limits.file_bytes / 1024 / 1024:,.0f}",
            },
        )


def _refuse_known(head: bytes) -> None:
    """What can be named and is never kept, each with its own way out."""
    if head.startswith(_PROGRAMS) or (head.startswith(_WINDOWS_PROGRAM) and b"\x00" in head):
        raise FileRefused(
            "file_is_program",
            _("This file is a program. Programs are not kept. Attach what it shows instead."),
        )
    if head.startswith(_OLD_OFFICE):
        raise FileRefused(
            "file_is_old_office",
            _(
                "This is an old or locked office file, which can hide macros. "
                "Save it as .docx, .xlsx, .pptx or PDF and send it again."
            ),
        )
    if head.startswith(_ARCHIVES):
        raise FileRefused(
            "file_is_archive",
            _("This is an archive with other files in it. Unpack it and send them one by one."),
        )
    if holds_markup(head):
        raise FileRefused(
            "file_is_web_page",
            _(
                "This file is a web page or drawing that can run scripts (HTML, SVG or XML). "
                "Save it as PDF or PNG and send that."
            ),
        )


def _refuse_hidden(file: BinaryIO, *, size: int, kind: FileKind) -> None:
    """A file that another program would read as a page, a PDF or an archive is refused."""
    file.seek(max(size - _ARCHIVE_TAIL, 0))
    if _ends_as_archive(file.read()):
        raise DoesNotHold("an archive is hidden in it")
    if kind.name == "pdf":
        return
    file.seek(0)
    kept = b""
    while part := file.read(_STEP):
        window = kept + part
        if _HIDDEN.search(window):
            raise DoesNotHold("a web page is hidden in it")
        kept = window[-_LONGEST_SIGN:]
    file.seek(0)
    if b"%PDF-" in file.read(_PDF_LOOKED_FOR):
        raise DoesNotHold("a PDF is hidden in it")


def _ends_as_archive(tail: bytes) -> bool:
    """Whether a list of an archive's parts ends exactly where the file ends, or close to it."""
    place = tail.rfind(_ARCHIVE_END)
    while place >= 0:
        end = tail[place : place + 22]
        if len(end) == 22 and place + 22 + int.from_bytes(end[20:22], "little") == len(tail):
            return True
        place = tail.rfind(_ARCHIVE_END, 0, place)
    return False


def _begins_frame(head: bytes) -> bool:
    return len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2


def _refuse_other_ending(name: str, *, kind: FileKind) -> None:
    """A name that says another kind than the content is a mistake or a trick."""
    ending = ending_of(name)
    others = {each for other in KINDS if other is not kind for each in other.endings}
    if ending in kind.endings or ending not in others | _NEVER:
        return
    raise FileRefused(
        "file_is_another_kind",
        _(
            "The name ends in .%(ending)s, but the content is another kind: %(kind)s. "
            "Send the right file, or give it the right ending."
        )
        % {"ending": ending, "kind": kind_title(kind.name)},
    )


def _does_not_hold() -> FileRefused:
    return FileRefused(
        "file_does_not_hold",
        _(
            "This file does not hold together: it is damaged, cut off, of a kind that is not "
            "kept, or something else is hidden in it. Open it, save it anew and send that. Kept "
            "are PDF, text, CSV, office files without macros, pictures, sound and MP4 video."
        ),
    )
