"""Reading CSV: delimiters, encodings, limits and damage."""

import csv
import io

import pytest

from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Column, Limits, Table


def read(text: str | bytes, **options: object) -> Table:
    data = text.encode() if isinstance(text, str) else text
    return read_register(io.BytesIO(data), **options)  # type: ignore[arg-type]


def refusal(text: str | bytes, **options: object) -> RegisterRefused:
    with pytest.raises(RegisterRefused) as caught:
        read(text, **options)
    return caught.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_found(delimiter: str) -> None:
    table = read(f"Name{delimiter}Note\r\nA{delimiter}x\r\nB{delimiter}y\r\n")
    assert table.rows == (("A", "x"), ("B", "y"))
    assert table.columns == (Column(1, "Name"), Column(2, "Note"))


def test_commas_inside_semicolon_cells_do_not_part_them() -> None:
    assert read("Name;Note\nA;one, two\nB;three, four\n").rows[0] == ("A", "one, two")


def test_a_register_of_one_column_keeps_its_cells_whole() -> None:
    assert read("Name\nHelp desk\nScheduling\n").rows == (("Help desk",), ("Scheduling",))


def test_a_declared_delimiter_is_obeyed() -> None:
    assert read("a,b;c\n1,2;3\n", delimiter=";").rows == (("1,2", "3"),)
    assert refusal("a\n1\n", delimiter="#").code == "delimiter-unknown"


def test_quoted_newlines_quotes_and_blanks_are_kept() -> None:
    table = read('Name,Note\n" A ","line 1\r\nline ""2""\n"\nB,\n')
    assert table.rows == ((" A ", 'line 1\r\nline "2"\n'), ("B", ""))


def test_repeated_and_blank_headers_are_kept_by_position() -> None:
    table = read("Name,If other,If other,\n1,2,3,4\n")
    assert [column.name for column in table.columns] == ["Name", "If other", "If other", ""]
    assert str(table.columns[2]) == "If other (column 3)"
    assert str(table.columns[3]) == "no header (column 4)"


def test_row_numbers_are_those_of_a_spreadsheet_also_after_blank_rows() -> None:
    table = read("Name,Note\nA,x\n\n,\nB,y\n")
    assert table.row_numbers == (2, 5)
    assert table.rows == (("A", "x"), ("B", "y"))


def test_ragged_rows_are_kept_as_they_stand() -> None:
    assert read("a,b,c\n1,2\n1,2,3,4\n").rows == (("1", "2"), ("1", "2", "3", "4"))


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "windows-1252"),
    ],
)
def test_each_encoding_is_detected(codec: str, named: str) -> None:
    text = "Name,Note\nCafé planner,it’s a “trial”\nOther,rows – of plain text\n"
    table = read(text.encode(codec))
    assert table.encoding == named
    assert table.columns[0].name == "Name"
    assert table.rows[0] == ("Café planner", "it’s a “trial”")


def test_a_declared_encoding_is_used() -> None:
    data = "Имя,Заметка\nПомощник,да\n".encode("cp1251")
    assert read(data, encoding="windows-1251").rows == (("Помощник", "да"),)


def test_a_text_that_is_no_western_text_asks_for_its_encoding() -> None:
    fault = refusal("Имя,Заметка\nПомощник,да\n".encode("cp1251"))
    assert fault.code == "encoding-uncertain"
    assert "encoding=" in fault.message


def test_a_wrong_declared_encoding_names_the_byte() -> None:
    fault = refusal("Name\nCafé\n".encode("cp1252"), encoding="utf-8")
    assert (fault.code, fault.where) == ("undecodable", "byte 8")
    assert "0xE9 at offset 8 (line 2)" in fault.message
    assert "encoding=" in fault.message


def test_one_bad_byte_in_utf8_is_refused_rather_than_garbling_the_rest() -> None:
    data = "Name\nCafé\nNaïve\nÜber\n".encode() + b"bad \xff here\n"
    assert refusal(data).where == f"byte {data.index(0xFF)}"


def test_a_byte_that_windows_1252_does_not_know_is_refused() -> None:
    fault = refusal(b"Name\nquote \x92 and hole \x81\n")
    assert fault.code == "undecodable"
    assert "0x81" in fault.message


@pytest.mark.parametrize("name", ["no-such-encoding", "base64", "rot13"])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    assert refusal("a\n1\n", encoding=name).code == "encoding-unknown"


def test_a_nul_character_is_refused_with_its_line() -> None:
    fault = refusal(b"Name,Note\nA,x\nB,\x00y\n")
    assert fault.code == "nul-character"
    assert "Line 3" in fault.message


@pytest.mark.parametrize("data", [b"", b"  \r\n\r\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refusal(data).code == "empty"


def test_a_file_of_blank_cells_is_empty() -> None:
    assert refusal(b",,\n,,\n").code == "empty"


def test_a_header_alone_is_refused() -> None:
    assert refusal("Name,Note\n").code == "no-rows"


def test_a_file_cut_off_inside_a_quoted_cell_is_refused() -> None:
    fault = refusal('Name,Note\nA,x\nB,"cut o')
    assert (fault.code, fault.where) == ("truncated", "row 3")


def test_text_after_a_closing_quote_is_refused_rather_than_changed() -> None:
    fault = refusal('Name,Note\nA,"5" wide"\nB,y\n')
    assert (fault.code, fault.where) == ("quoting", "row 2")


def test_a_hundred_thousand_columns_are_refused() -> None:
    header = ",".join(f"c{place}" for place in range(100_000))
    fault = refusal(f"{header}\n1\n")
    assert fault.code == "too-many-columns"
    assert "100\N{NARROW NO-BREAK SPACE}000 cells" in fault.message


def test_a_hundred_thousand_cells_in_one_row_are_refused_with_the_row() -> None:
    assert refusal("a,b\n1,2\n" + "," * 100_000 + "1\n").where == "row 3"


def test_one_row_beyond_the_limit_is_refused() -> None:
    limits = Limits(rows=2)
    assert len(read("a\n1\n2\n", limits=limits).rows) == 2
    fault = refusal("a\n1\n2\n3\n", limits=limits)
    assert (fault.code, fault.where) == ("too-many-rows", "row 4")


def test_a_cell_beyond_the_limit_is_refused_by_row_and_column() -> None:
    limits = Limits(cell_characters=10)
    assert read(f"a,b\n1,{'x' * 10}\n", limits=limits).rows[0][1] == "x" * 10
    fault = refusal(f"a,b\n1,{'x' * 11}\n", limits=limits)
    assert (fault.code, fault.where) == ("cell-too-long", "row 2, column 2")


def test_a_cell_far_beyond_the_limit_is_refused_too() -> None:
    fault = refusal('a,b\n1,"' + "x" * 200_000 + '"\n')
    assert (fault.code, fault.where) == ("cell-too-long", "row 2")


def test_a_200_megabyte_file_is_refused_without_reading_it(tmp_path, monkeypatch) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(RegisterRefused) as caught:
        read_register(path)
    assert caught.value.code == "file-too-large"
    assert (
        "67\N{NARROW NO-BREAK SPACE}108\N{NARROW NO-BREAK SPACE}864 bytes" in caught.value.message
    )


def test_a_200_megabyte_stream_is_read_only_to_the_limit() -> None:
    class Endless(io.RawIOBase):
        asked = 0

        def read(self, size: int = -1) -> bytes:
            Endless.asked = size
            return b"x" * size

    with pytest.raises(RegisterRefused) as caught:
        read_register(Endless(), limits=Limits(file_bytes=1000))  # type: ignore[arg-type]
    assert caught.value.code == "file-too-large"
    assert Endless.asked == 1001


def test_a_missing_file_is_refused_with_its_name(tmp_path) -> None:
    with pytest.raises(RegisterRefused) as caught:
        read_register(tmp_path / "none.csv")
    assert caught.value.code == "unreadable"
    assert "none.csv" in caught.value.where


def test_a_path_and_a_stream_read_alike(tmp_path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("Name,Note\nA,x\n")
    assert read_register(path) == read_register(str(path)) == read("Name,Note\nA,x\n")


def test_the_reader_agrees_with_the_standard_library() -> None:
    text = 'a,"b ""c""",d\r\n1," 2 ","3\n4"\r\n"=x","",\r\n'
    expected = list(csv.reader(io.StringIO(text, newline="")))
    table = read(text)
    assert [column.name for column in table.columns] == expected[0]
    assert [list(row) for row in table.rows] == expected[1:]
