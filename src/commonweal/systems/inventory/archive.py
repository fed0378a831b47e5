"""Opening a workbook's ZIP archive only after its declared sizes were found harmless."""

from __future__ import annotations

import zipfile
from typing import IO

from commonweal.shared.language import _, digits
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Limits

_SMALL_MEMBER = 1024 * 1024


def open_archive(file: IO[bytes], *, limits: Limits) -> zipfile.ZipFile:
    """Open an XLSX archive; refuse bombs, macros, passwords and archives that are no workbook.

    A member never unpacks to more than its declared size, so judging declared sizes is enough.
    """
    archive = zipfile.ZipFile(file)
    members = archive.infolist()
    _refuse_bomb(members, limits=limits)
    if any(member.flag_bits & 1 for member in members):
        raise RegisterRefused(
            "old-or-locked-workbook", _("The workbook is locked with a password. Save it without.")
        )
    if any("vbaproject" in member.filename.lower() for member in members):
        raise RegisterRefused(
            "macros", _("A workbook with macros is not opened. Save it as .xlsx without macros.")
        )
    if "xl/workbook.xml" not in archive.namelist():
        raise RegisterRefused(
            "not-a-workbook", _("This archive is no XLSX workbook. Send CSV, XLSX or JSON.")
        )
    return archive


def _refuse_bomb(members: list[zipfile.ZipInfo], *, limits: Limits) -> None:
    findings = [
        (
            len(members) > limits.members,
            _("%(members)s parts") % {"members": digits(len(members))},
        ),
        (
            sum(member.file_size for member in members) > limits.unpacked_bytes,
            _("more than %(unpacked_bytes)s bytes in all once unpacked")
            % {"unpacked_bytes": digits(limits.unpacked_bytes)},
        ),
        *(_oversize(member, limits=limits) for member in members),
    ]
    for found, size in findings:
        if found:
            raise RegisterRefused(
                "zip-bomb",
                _(
                    "The workbook holds %(size)s, far beyond a register. It was not unpacked. "
                    "If it is real, save the sheet as CSV."
                )
                % {"size": size},
            )


def _oversize(member: zipfile.ZipInfo, *, limits: Limits) -> tuple[bool, str]:
    name = member.filename[:80]
    if member.file_size > limits.unpacked_member_bytes:
        return True, _("a part %(name)r of %(file_size)s bytes") % {
            "name": name,
            "file_size": digits(member.file_size),
        }
    ratio = member.file_size // max(member.compress_size, 1)
    dense = member.file_size > _SMALL_MEMBER and ratio > limits.unpacked_ratio
    return dense, _("a part %(name)r that grows %(ratio)s-fold") % {
        "name": name,
        "ratio": digits(ratio),
    }
