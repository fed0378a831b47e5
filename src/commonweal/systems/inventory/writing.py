"""Writing a register out again, so that every cell can be recovered.

Two profiles. *Exact*: each cell as it is. *Spreadsheet*: for files that people open in a
spreadsheet program, where a cell that begins with = + - @ or a blank control character could run
as a formula. There such a cell, and one that begins with an apostrophe, gets one apostrophe in
front; `unescape_cell` takes it off again. Headers are cells too.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from commonweal.shared.language import _, digits
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Column

Profile = Literal["exact", "spreadsheet"]
ESCAPE = "'"
# The full-width forms are treated alike by some spreadsheet programs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
LONGEST_SHEET_CELL = 32_767
LARGEST_SHEET = (1_048_576, 16_384)
_NEEDS_XML_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def escape_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could run, or that begins with one.

    >>> escape_cell("=1+1")
    "'=1+1"
    """
    return ESCAPE + text if text.startswith((ESCAPE, *FORMULA_STARTS)) else text


def unescape_cell(text: str) -> str:
    """Undo `escape_cell`: `unescape_cell(escape_cell(text)) == text` for every text."""
    return text.removeprefix(ESCAPE)


def write_csv(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], *, profile: Profile = "exact"
) -> bytes:
    """Write UTF-8 CSV with its mark, every cell quoted, lines ended by CR LF.

    Read again, the exact profile gives back every header and cell by position.
    """
    written = escape_cell if profile == "spreadsheet" else str
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([written(column.name) for column in columns])
    writer.writerows([written(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def write_json(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> bytes:
    """Write `{"columns": [headers], "records": [[cells]]}`: lists, since headers may repeat."""
    document = {
        "columns": [column.name for column in columns],
        "records": [list(row) for row in rows],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def write_xlsx(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a workbook of one sheet whose cells are all texts, never formulas or numbers.

    Refuses what a sheet cannot hold: a cell over 32,767 characters, too many rows or columns.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    lines = ([column.name for column in columns], *rows)
    for number, row in enumerate(lines, start=1):
        _refuse_beyond_sheet(row, number=number)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Register")
    for row in lines:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=_NEEDS_XML_ESCAPE.sub(_xml_escaped, text))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _xml_escaped(found: re.Match[str]) -> str:
    return f"_x{ord(found.group()):04X}_"


def _refuse_beyond_sheet(row: Sequence[str], *, number: int) -> None:
    if number > LARGEST_SHEET[0] or len(row) > LARGEST_SHEET[1]:
        raise RegisterRefused(
            "sheet-full",
            _("A sheet holds at most 1,048,576 rows and 16,384 columns. Export CSV or JSON."),
            where=_("row %(row)s") % {"row": number},
        )
    for position, text in enumerate(row, start=1):
        if len(_NEEDS_XML_ESCAPE.sub(_xml_escaped, text)) > LONGEST_SHEET_CELL:
            raise RegisterRefused(
                "cell-too-long",
                _(
                    "A cell has %(text)s characters and a sheet cell holds %(most)s. "
                    "Export CSV or JSON instead."
                )
                % {"text": digits(len(text)), "most": digits(LONGEST_SHEET_CELL)},
                where=_("row %(row)s, column %(column)s") % {"row": number, "column": position},
            )
