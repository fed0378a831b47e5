"""Registers in XLSX, read from the sheet's own XML so that no cell changes on the way.

openpyxl's reader drops the text "x005F_", turns far dates into #VALUE! and leaves _xHHHH_ escapes
undecoded, so only its knowledge of date formats is used here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError

from commonweal.shared.archives import DAMAGE
from commonweal.shared.language import _, digits
from commonweal.systems.inventory.archive import open_archive
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Cells, Limits, Table, build_table

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile("([A-Z]{1,3})[0-9]+")
_CONTAINERS = ("sheetData", "sst")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read_workbook(data: bytes, *, limits: Limits, sheet: str | None) -> Table:
    """Read one sheet of a workbook; the only one with content when none is named.

    Numbers are written plainly, dates as ISO 8601, a formula as its stored result, or as its own
    text where no result is stored. Refuses macros, damage, bombs and hostile XML.
    """
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

    try:
        with open_archive(io.BytesIO(data), limits=limits) as archive:
            return _Workbook(archive, limits=limits).table(sheet=sheet)
    except DefusedXmlException as fault:
        raise RegisterRefused(
            "hostile-xml",
            _("The workbook holds XML entity definitions, which no register needs. Not opened."),
        ) from fault
    except (*DAMAGE, ParseError, KeyError, ValueError, IndexError) as fault:
        raise RegisterRefused(
            "damaged-workbook",
            _(
                "The workbook cannot be read to its end (%(fault)s). It was cut off or damaged: "
                "open it in a spreadsheet program, save it again as .xlsx, or send CSV."
            )
            % {"fault": fault},
        ) from fault


class _Workbook:
    """One opened workbook: its sheets by title, its texts and its date styles."""

    def __init__(self, archive: zipfile.ZipFile, *, limits: Limits) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

        self._archive = archive
        self._limits = limits
        root = self._root("xl/workbook.xml")
        dated_1904 = any(_tag(part) == "workbookPr" and _is_1904(part) for part in root)
        self._epoch = CALENDAR_MAC_1904 if dated_1904 else CALENDAR_WINDOWS_1900
        self._sheets = self._sheet_paths(root)
        self._texts = tuple(self._shared_texts())
        self._date_styles = self._find_date_styles()

    def table(self, *, sheet: str | None) -> Table:
        path = self._sheets[self._chosen(sheet)]
        return build_table(
            _squared(self._rows(path)), limits=self._limits, encoding="", kind="xlsx"
        )

    def _chosen(self, sheet: str | None) -> str:
        if sheet is not None and sheet in self._sheets:
            return sheet
        names = ", ".join(repr(title) for title in self._sheets)
        if sheet is not None:
            raise RegisterRefused(
                "sheet-unknown",
                _("There is no sheet %(sheet)r. The workbook has: %(names)s.")
                % {"sheet": sheet, "names": names},
                where="sheet",
            )
        filled = [title for title, path in self._sheets.items() if self._has_content(path)]
        if len(filled) > 1:
            raise RegisterRefused(
                "sheet-unclear",
                _("Several sheets hold data, and only one is read. Say which with sheet=: ")
                + ", ".join(map(repr, filled)),
                where="sheet",
            )
        if not filled:
            raise RegisterRefused("empty", _("No sheet of the workbook holds any rows."))
        return filled[0]

    def _has_content(self, path: str) -> bool:
        return any(any(cells) for _, cells in self._rows(path))

    def _root(self, path: str) -> Element:
        from defusedxml.ElementTree import parse  # type: ignore[import-untyped]

        with self._archive.open(path) as part:
            root: Element = parse(part).getroot()
        return root

    def _sheet_paths(self, root: Element) -> dict[str, str]:
        relations = {
            part.get("Id", ""): part.get("Target", "")
            for part in self._root("xl/_rels/workbook.xml.rels")
            if part.get("Type", "").endswith("/worksheet")
        }
        paths = {}
        for part in (part for part in root.iter() if _tag(part) == "sheet"):
            target = relations.get(part.get(_RELATION) or part.get(_STRICT_RELATION) or "")
            if target:
                paths[part.get("name", "")] = _absolute(target)
        return paths

    def _elements(self, path: str, *, tag: str) -> Iterator[Element]:
        """Yield each finished element of a kind, then forget it, so memory stays small."""
        from defusedxml.ElementTree import iterparse

        container: Element | None = None
        with self._archive.open(path) as part:
            for event, element in iterparse(part, events=("start", "end")):
                if event == "start":
                    container = element if _tag(element) in _CONTAINERS else container
                elif _tag(element) == tag:
                    yield element
                    if container is not None:
                        container.clear()

    def _shared_texts(self) -> Iterator[str]:
        if "xl/sharedStrings.xml" in self._archive.namelist():
            for element in self._elements("xl/sharedStrings.xml", tag="si"):
                yield _rich_text(element)

    def _find_date_styles(self) -> frozenset[int]:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

        if "xl/styles.xml" not in self._archive.namelist():
            return frozenset()
        root = self._root("xl/styles.xml")
        formats = dict(BUILTIN_FORMATS)
        for part in (part for part in root.iter() if _tag(part) == "numFmt"):
            formats[int(part.get("numFmtId", "0"))] = part.get("formatCode", "")
        styles = (part for group in root if _tag(group) == "cellXfs" for part in group)
        codes = [formats.get(int(style.get("numFmtId", "0")), "General") for style in styles]
        return frozenset(
            place
            for place, code in enumerate(codes)
            if is_date_format(code) and not is_timedelta_format(code)
        )

    def _rows(self, path: str) -> Iterator[tuple[int, Cells]]:
        number = 0
        for row in self._elements(path, tag="row"):
            number = int(row.get("r") or number + 1)
            yield number, self._row_cells(row, number=number)

    def _row_cells(self, row: Element, *, number: int) -> Cells:
        texts: dict[int, str] = {}
        position = 0
        for cell in row:
            if _tag(cell) != "c":
                continue
            position = _position(cell.get("r")) or position + 1
            text = self._cell_text(cell)
            if text:
                texts[position] = text
        width = max(texts, default=0)
        if width > self._limits.columns:
            raise RegisterRefused(
                "too-many-columns",
                _(
                    "Row %(number)s reaches column %(width)s; at most %(columns)s are read. Clear "
                    "stray cells far to the right."
                )
                % {
                    "number": number,
                    "width": digits(width),
                    "columns": digits(self._limits.columns),
                },
                where=_("row %(row)s") % {"row": number},
            )
        return tuple(texts.get(place, "") for place in range(1, width + 1))

    def _cell_text(self, cell: Element) -> str:
        parts = {_tag(part): part for part in cell}
        if "is" in parts:
            return _unescape(_rich_text(parts["is"]))
        stored = (parts["v"].text or "") if "v" in parts else ""
        if "f" in parts and not stored:
            return f"={parts['f'].text or ''}"
        kind = cell.get("t", "n")
        if kind == "s" and stored:
            return _unescape(self._texts[int(stored)])
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(stored, stored)
        if kind == "n" and stored:
            return self._number_text(stored, style=int(cell.get("s", "0")))
        return _unescape(stored)

    def _number_text(self, stored: str, *, style: int) -> str:
        if style in self._date_styles:
            return self._date_text(stored)
        if "E" not in stored.upper() and "." not in stored:
            return stored.strip()
        value = float(stored)
        return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)

    def _date_text(self, stored: str) -> str:
        from openpyxl.utils.datetime import from_excel

        try:
            value = from_excel(float(stored), self._epoch)
        except (OverflowError, ValueError):
            return stored  # beyond the calendar: the number itself is all there is
        if isinstance(value, datetime):
            return value.date().isoformat() if not any(value.timetuple()[3:6]) else str(value)
        return str(value)


def _squared(rows: Iterator[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    """A sheet does not tell an empty cell from none: fill each row to the header's width."""
    width = 0
    for number, cells in rows:
        if not any(cells):
            continue
        width = width or len(cells)
        yield number, cells + ("",) * (width - len(cells))


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_1904(properties: Element) -> bool:
    return properties.get("date1904", "0") in ("1", "true")


def _absolute(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _position(reference: str | None) -> int:
    found = _REFERENCE.fullmatch(reference or "")
    position = 0
    for letter in found.group(1) if found else "":
        position = position * 26 + ord(letter) - 64
    return position


def _rich_text(element: Element) -> str:
    """Join the runs of a text; readings of East Asian words (rPh) are no part of it."""
    runs = (part for part in element if _tag(part) in ("t", "r"))
    parts = (
        [run] if _tag(run) == "t" else [part for part in run if _tag(part) == "t"] for run in runs
    )
    return "".join(part.text or "" for group in parts for part in group)


def _unescape(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_unescaped, text)


def _unescaped(found: re.Match[str]) -> str:
    code = int(found.group(1), 16)
    is_character = code and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else found.group()
