"""Office files: ZIP archives, opened only after their declared sizes were found harmless."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

from commonweal.evidence.limits import Limits
from commonweal.evidence.refusal import DoesNotHold, FileRefused
from commonweal.shared.archives import DAMAGE
from commonweal.shared.language import _

_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MACROS = re.compile(
    r"vbaproject|vbadata|(?:^|/)macrosheets/|(?:^|/)activex/|^basic/|^scripts/", re.IGNORECASE
)
_PROGRAMS = re.compile(
    r"oleobject[^/]*\.bin$|\.(?:exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|hta|jar|msi|lnk|html?"
    r"|svgz?|docm|xlsm|xlsb|pptm|ppsm|dotm|xltm)$",
    re.IGNORECASE,
)
_ACTIVE_TYPES = (b"macroenabled", b"ms-office.vbaproject", b"ms-office.activex")
_CONTENT_TYPES = "[Content_Types].xml"
_LONGEST_DESCRIPTION = 1024 * 1024
_CHUNK = 256 * 1024
_END_OF_ARCHIVE = b"PK\x05\x06"


def package_name(file: BinaryIO, *, size: int, limits: Limits) -> str:
    """Which office kind an archive is. Raises `FileRefused`, or `DoesNotHold` when damaged."""
    _refuse_hidden_ends(file, size=size)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _refuse_bomb(members, size=size, limits=limits)
            _refuse_names(members)
            found = _named_by_content(archive)
            _read_through(archive, members=members)
    except DAMAGE as damage:
        raise DoesNotHold(str(damage)[:100]) from damage
    return found


def _refuse_hidden_ends(file: BinaryIO, *, size: int) -> None:
    """Nothing may stand before the first part or behind the list of parts."""
    file.seek(max(size - 22, 0))
    end = file.read(22)
    if not end.startswith(_END_OF_ARCHIVE) or end[20:] != b"\x00\x00":
        raise DoesNotHold("something follows its end")
    file.seek(0)


def _refuse_bomb(members: list[zipfile.ZipInfo], *, size: int, limits: Limits) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    dense = any(_is_dense(member, limits=limits) for member in members)
    if len(members) > limits.parts or unpacked > limits.unpacked_bytes or packed > size or dense:
        raise FileRefused(
            "file_unpacks_too_far",
            _(
                "This file would unpack to %(size)s MB in %(parts)s parts, far beyond a document. "
                "It was not opened. If it is real, save it as PDF and send that."
            )
            % {"size": f"{unpacked / 1024 / 1024:,.0f}", "parts": f"{len(members):,}"},
        )


def _is_dense(member: zipfile.ZipInfo, *, limits: Limits) -> bool:
    ratio = member.file_size // max(member.compress_size, 1)
    return member.file_size > limits.small_part_bytes and ratio > limits.unpacked_ratio


def _refuse_names(members: list[zipfile.ZipInfo]) -> None:
    """No password, no macro, no program, and no part that would unpack outside its folder."""
    names = [member.filename for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(
            "file_locked",
            _("This file is locked with a password. Save it without one and send it again."),
        )
    if any(_MACROS.search(name) for name in names):
        raise _macros()
    if any(_PROGRAMS.search(name) for name in names):
        raise FileRefused(
            "file_holds_program",
            _(
                "This document has a program or another active file inside. "
                "Take it out, or save the document as PDF, and send it again."
            ),
        )
    if len(set(names)) != len(names) or any(_leads_outside(name) for name in names):
        raise DoesNotHold("a part has a name that leads outside, or two have one name")


def _leads_outside(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _macros() -> FileRefused:
    return FileRefused(
        "file_has_macros",
        _(
            "This file holds macros: small programs that run when it is opened. "
            "Save it without macros (.docx, .xlsx, .pptx) or as PDF and send it again."
        ),
    )


def _named_by_content(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "mimetype" in names:
        with archive.open("mimetype") as part:
            found = _OPEN_DOCUMENTS.get(part.read(200).strip())
        if found:
            return found
    if _CONTENT_TYPES in names:
        with archive.open(_CONTENT_TYPES) as part:
            types = part.read(_LONGEST_DESCRIPTION).lower()
        if any(each in types for each in _ACTIVE_TYPES):
            raise _macros()
        for main, kind in _MAIN_PARTS.items():
            if main in types:
                return kind
    raise FileRefused(
        "file_is_archive",
        _("This is an archive with other files in it. Unpack it and send the files one by one."),
    )


def _read_through(archive: zipfile.ZipFile, *, members: list[zipfile.ZipInfo]) -> None:
    """Every part unpacks to what it says, with the right checksum."""
    if members and min(member.header_offset for member in members) != 0:
        raise DoesNotHold("something stands before its first part")
    for member in members:
        with archive.open(member) as part:
            while part.read(_CHUNK):
                pass
