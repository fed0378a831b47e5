"""Reading a register of AI uses from CSV, XLSX or JSON, within limits, with nothing lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from commonweal.shared.language import _, digits
from commonweal.systems.inventory.decoding import decode_register
from commonweal.systems.inventory.delimited import read_delimited
from commonweal.systems.inventory.json_register import read_json
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Kind, Limits, Table

KIND_BY_SUFFIX: dict[str, Kind] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".xlsx": "xlsx",
}
_ZIP_START = b"PK\x03\x04"
_OLD_OFFICE_START = b"\xd0\xcf\x11\xe0"
_MACRO_SUFFIXES = (".xlsm", ".xltm", ".xlam")


def read_register(
    source: str | os.PathLike[str] | IO[bytes],
    *,
    limits: Limits | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    kind: Kind | None = None,
    delimiter: str | None = None,
) -> Table:
    """Read a register from a path or a binary stream.

    Kind, encoding and delimiter are found from the file where they are not declared; `sheet`
    names the sheet of a workbook that holds several. Raises `RegisterRefused` for a file that
    cannot be read without loss or is beyond a limit.
    """
    limits = limits or Limits()
    data = _bounded_bytes(source, limits=limits)
    found = kind or _kind_of(data, name=_name_of(source))
    if found == "xlsx":
        from commonweal.systems.inventory.workbook import read_workbook

        return read_workbook(data, limits=limits, sheet=sheet)
    text, used = decode_register(data, encoding=encoding)
    if found == "json" or (kind is None and _looks_like_json(text, name=_name_of(source))):
        return read_json(text, limits=limits, encoding=used)
    return read_delimited(text, limits=limits, encoding=used, delimiter=delimiter)


def _name_of(source: str | os.PathLike[str] | IO[bytes]) -> str:
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    return str(getattr(source, "name", ""))


def _bounded_bytes(source: str | os.PathLike[str] | IO[bytes], *, limits: Limits) -> bytes:
    if not isinstance(source, str | os.PathLike):
        data = source.read(limits.file_bytes + 1)
        _refuse_large(len(data), limits=limits)
    else:
        try:
            with Path(source).open("rb") as file:
                _refuse_large(os.fstat(file.fileno()).st_size, limits=limits)
                data = file.read(limits.file_bytes + 1)
        except OSError as fault:
            raise RegisterRefused(
                "unreadable",
                _("The file cannot be opened: %(strerror)s. Check its name and your rights.")
                % {"strerror": fault.strerror},
                where=os.fspath(source),
            ) from fault
        _refuse_large(len(data), limits=limits)
    if not data.strip():
        raise RegisterRefused(
            "empty", _("The file is empty. Check that the right file was chosen and fully saved.")
        )
    return data


def _refuse_large(size: int, *, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise RegisterRefused(
            "file-too-large",
            _(
                "The file has more than %(file_bytes)s bytes, the most that is read. Split it, "
                "or remove pictures and columns that hold no facts about a use."
            )
            % {"file_bytes": digits(limits.file_bytes)},
        )


def _kind_of(data: bytes, *, name: str) -> Kind:
    suffix = Path(name).suffix.lower()
    if suffix in _MACRO_SUFFIXES:
        raise RegisterRefused(
            "macros", _("A workbook with macros is not opened. Save it as .xlsx without macros.")
        )
    if data.startswith(_OLD_OFFICE_START):
        raise RegisterRefused(
            "old-or-locked-workbook",
            _(
                "This is an old .xls file or one locked with a password."
                " Save it as .xlsx without a password."
            ),
        )
    if data.startswith(_ZIP_START) or suffix == ".xlsx":
        return "xlsx"
    return KIND_BY_SUFFIX.get(suffix, "csv")


def _looks_like_json(text: str, *, name: str) -> bool:
    return Path(name).suffix.lower() not in KIND_BY_SUFFIX and text.lstrip()[:1] in ("[", "{")
