"""Registers in CSV: values parted by a comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from commonweal.shared.language import _, digits
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Cells, Limits, Table, build_table

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 40


def read_delimited(text: str, *, limits: Limits, encoding: str, delimiter: str | None) -> Table:
    """Read CSV text; the delimiter is sniffed when not declared."""
    if delimiter is not None and delimiter not in DELIMITERS:
        raise RegisterRefused(
            "delimiter-unknown",
            _("The delimiter %(delimiter)r is not known. Use a comma, semicolon, tab or bar.")
            % {"delimiter": delimiter},
            where="delimiter",
        )
    chosen = delimiter or sniff_delimiter(text)
    return build_table(
        _numbered_rows(text, delimiter=chosen, limits=limits),
        limits=limits,
        encoding=encoding,
        kind="csv",
    )


def sniff_delimiter(text: str) -> str:
    """Find the delimiter that parts the first rows into the same number of columns most often.

    A comma where none parts anything: the register then has one column.
    """
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter=delimiter))


def _fit(text: str, *, delimiter: str) -> tuple[float, int]:
    """Share of the first rows as wide as the header, and that width; a misfit header is none."""
    widths: list[int] = []
    # A quote fault further down is the reader's to refuse, and no proof of another delimiter.
    with suppress(csv.Error):
        for row in islice(_strict_reader(text, delimiter=delimiter), SAMPLE_ROWS):
            widths += [len(row)] if row else []
    if not widths:
        return (0.0, 0)
    if widths[0] < 2:
        return (0.5, 1)
    return (1 + widths.count(widths[0]) / len(widths), widths[0])


def _strict_reader(text: str, *, delimiter: str) -> Iterator[list[str]]:
    # Strict, because the lenient mode drops quote marks and swallows a truncated end in silence.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _numbered_rows(text: str, *, delimiter: str, limits: Limits) -> Iterator[tuple[int, Cells]]:
    number = 0
    try:
        for row in _strict_reader(text, delimiter=delimiter):
            number += 1
            yield number, tuple(row)
    except csv.Error as fault:
        raise _refusal(fault, number=number + 1, limits=limits) from fault


def _refusal(fault: csv.Error, *, number: int, limits: Limits) -> RegisterRefused:
    where = _("row %(row)s") % {"row": number}
    if "field larger" in str(fault):
        return RegisterRefused(
            "cell-too-long",
            _(
                "A cell is longer than the %(cell_characters)s characters that are read. An "
                "unclosed quote mark is the usual cause."
            )
            % {"cell_characters": digits(limits.cell_characters)},
            where=where,
        )
    if "unexpected end" in str(fault):
        return RegisterRefused(
            "truncated",
            _(
                "The file ends inside a quoted cell. It was cut off, or a quote mark is not "
                "closed: export it again."
            ),
            where=where,
        )
    return RegisterRefused(
        "quoting",
        _(
            "The quote marks do not fit (%(fault)s). Inside a quoted cell a quote mark is "
            "written twice; check this row, or export the register again."
        )
        % {"fault": fault},
        where=where,
    )
