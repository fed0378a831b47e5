"""Writing registers so that every cell comes back, and none can run as a formula."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Table, named_columns
from commonweal.systems.inventory.writing import (
    FORMULA_STARTS,
    escape_cell,
    unescape_cell,
    write_csv,
    write_json,
    write_xlsx,
)

ATTACKS = ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "\nx", "'quoted", "=", ""]
# Pieces that meet every rule of every format at once.
pieces = st.sampled_from(
    [
        *ATTACKS,
        '"',
        ",",
        ";",
        "|",
        "\r\n",
        "_x000D_",
        "_x005F_",
        "x005F_",
        " ",
        "é",
        "\ufeff",
        "\x1f",
    ]
)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
cells = st.one_of(texts, st.lists(pieces, max_size=4).map("".join))
headers = st.lists(cells, min_size=1, max_size=5).filter(any)


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[str], list[tuple[str, ...]]]:
    names = draw(headers)
    row = st.tuples(*[cells] * len(names)).filter(any)
    return names, draw(st.lists(row, min_size=1, max_size=4))


def read(data: bytes) -> Table:
    return read_register(io.BytesIO(data))


def names_of(table: Table) -> list[str]:
    return [column.name for column in table.columns]


@given(registers())
def test_exact_csv_gives_back_every_cell(
    register: tuple[list[str], list[tuple[str, ...]]],
) -> None:
    names, rows = register
    table = read(write_csv(named_columns(names), rows))
    assert (names_of(table), list(table.rows)) == (names, rows)


@given(registers())
def test_json_gives_back_every_cell(register: tuple[list[str], list[tuple[str, ...]]]) -> None:
    names, rows = register
    table = read(write_json(named_columns(names), rows))
    assert (names_of(table), list(table.rows)) == (names, rows)


@given(registers())
def test_xlsx_gives_back_every_cell(register: tuple[list[str], list[tuple[str, ...]]]) -> None:
    names, rows = register
    while not names[-1]:  # a sheet cannot tell an empty last header from none
        names, rows = names[:-1], [row[:-1] for row in rows]
    rows = [row for row in rows if any(row)]
    if rows:
        table = read(write_xlsx(named_columns(names), rows))
        assert (names_of(table), list(table.rows)) == (names, rows)


@given(registers())
def test_spreadsheet_csv_holds_no_formula_and_gives_back_every_cell(
    register: tuple[list[str], list[tuple[str, ...]]],
) -> None:
    names, rows = register
    table = read(write_csv(named_columns(names), rows, profile="spreadsheet"))
    written = [names_of(table), *table.rows]
    assert not any(cell.startswith(FORMULA_STARTS) for row in written for cell in row)
    assert [tuple(map(unescape_cell, row)) for row in written] == [tuple(names), *rows]


@given(cells)
def test_escaping_is_reversible_and_leaves_harmless_cells_alone(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text
    if not text.startswith(("'", *FORMULA_STARTS)):
        assert escape_cell(text) == text


@pytest.mark.parametrize("attack", ATTACKS[:-1])
def test_a_cell_that_could_run_gets_an_apostrophe(attack: str) -> None:
    assert escape_cell(attack) == "'" + attack


def test_exact_csv_leaves_cells_alone_and_quotes_them_all() -> None:
    data = write_csv(named_columns(["a", "a"]), [("=1", "x\ny")])
    assert data == b'\xef\xbb\xbf"a","a"\r\n"=1","x\ny"\r\n'


def test_ragged_rows_survive_csv_and_json() -> None:
    rows = [("1",), ("1", "2", "3")]
    for write in (write_csv, write_json):
        assert list(read(write(named_columns(["a", "b"]), rows)).rows) == rows


def test_json_keeps_repeated_headers_by_position() -> None:
    document = json.loads(write_json(named_columns(["a", "a"]), [("1", "2")]))
    assert document == {"columns": ["a", "a"], "records": [["1", "2"]]}


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    data = write_xlsx(named_columns(["=HEAD()"]), [(attack,) for attack in ATTACKS])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds == {"s"}


def test_numbers_and_dates_stay_text_in_a_workbook() -> None:
    data = write_xlsx(named_columns(["a"]), [("007",), ("1e5",), ("10/1/2024",)])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert [row[0] for row in sheet.values] == ["a", "007", "1e5", "10/1/2024"]


def test_a_cell_too_long_for_a_sheet_is_refused_rather_than_cut() -> None:
    columns = named_columns(["a"])
    assert read(write_xlsx(columns, [("x" * 32_767,)])).rows[0][0] == "x" * 32_767
    with pytest.raises(RegisterRefused) as caught:
        write_xlsx(columns, [("ok",), ("x" * 32_768,)])
    assert (caught.value.code, caught.value.where) == ("cell-too-long", "row 3, column 1")


def test_more_columns_than_a_sheet_holds_are_refused() -> None:
    with pytest.raises(RegisterRefused) as caught:
        write_xlsx(named_columns(["a"] * 16_385), [])
    assert caught.value.code == "sheet-full"


def test_the_csv_agrees_with_the_standard_library() -> None:
    text = write_csv(named_columns(["a"]), [('say "x"',)]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a"], ['say "x"']]
