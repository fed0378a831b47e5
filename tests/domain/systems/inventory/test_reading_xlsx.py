"""Reading XLSX: exact cells, and every kind of hostile or damaged workbook."""

import io
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date, datetime, time

import openpyxl
import pytest

from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Limits, Table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
Rows = list[list[object]]


def workbook(rows: Rows, **more_sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for title, cells in more_sheets.items():
        sheet = book.create_sheet(title)
        for row in cells:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def altered(data: bytes, **parts: bytes | None) -> bytes:
    """The workbook with parts replaced, added or (None) left out; `__` stands for `/`."""
    changes = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            if part is not None:
                new.writestr(name, part)
    return file.getvalue()


def with_sheet(xml_rows: str, *, prolog: str = "") -> bytes:
    xml = f'{prolog}<worksheet xmlns="{MAIN}"><sheetData>{xml_rows}</sheetData></worksheet>'
    return altered(workbook([["a"], ["b"]]), xl__worksheets__sheet1_dot_xml=xml.encode())


def read(data: bytes, **options: object) -> Table:
    return read_register(io.BytesIO(data), **options)  # type: ignore[arg-type]


def refusal(data: bytes, **options: object) -> RegisterRefused:
    with pytest.raises(RegisterRefused) as caught:
        read(data, **options)
    return caught.value


def test_cells_of_every_type_become_plain_text() -> None:
    row = ["text", 3, 1.5, 2.0, True, None, date(2024, 10, 1), datetime(2024, 10, 1, 9, 30)]  # noqa: DTZ001
    table = read(workbook([list("abcdefgh"), row]))
    assert table.rows == (
        ("text", "3", "1.5", "2", "TRUE", "", "2024-10-01", "2024-10-01 09:30:00"),
    )
    assert (table.kind, table.encoding) == ("xlsx", "")


def test_a_time_and_a_date_beyond_the_calendar_are_not_lost() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["when", "far"])
    book.active.append([time(9, 30), 99999999])
    book.active["B2"].number_format = "yyyy-mm-dd"
    file = io.BytesIO()
    book.save(file)
    assert read(file.getvalue()).rows == (("09:30:00", "99999999"),)


def test_rows_keep_their_sheet_numbers_and_the_width_of_the_header() -> None:
    table = read(workbook([[], ["a", "b", "c"], ["1"], [], ["2", None, "3"]]))
    assert table.row_numbers == (3, 5)
    assert table.rows == (("1", "", ""), ("2", "", "3"))


def test_shared_texts_are_exact_where_the_usual_reader_changes_them() -> None:
    shared = (
        f'<sst xmlns="{MAIN}"><si><t>x005F_ stays</t></si><si><t>_x005F_x000D_</t></si>'
        "<si><t>a_x000D_b</t></si><si><r><t>rich </t></r><r><t>text</t></r>"
        "<rPh><t>reading</t></rPh></si></sst>"
    )
    cells = "".join(f'<c t="s"><v>{place}</v></c>' for place in range(4))
    data = altered(
        with_sheet(f"<row>{cells}</row><row>{cells}</row>"),
        xl__sharedStrings_dot_xml=shared.encode(),
    )
    assert read(data).rows == (("x005F_ stays", "_x000D_", "a\rb", "rich text"),)


def test_a_formula_is_its_stored_result_or_its_own_text() -> None:
    table = read(
        with_sheet(
            '<row><c t="str"><v>total</v></c><c t="str"><v>link</v></c></row>'
            "<row><c><f>SUM(1,2)</f><v>3</v></c><c><f>HYPERLINK(A1)</f></c></row>"
        )
    )
    assert table.rows == (("3", "=HYPERLINK(A1)"),)


def test_a_formula_like_text_is_read_as_text() -> None:
    cell = "<c t=\"inlineStr\"><is><t>=cmd|' /C calc'!A0</t></is></c>"
    assert read(with_sheet(f"<row>{cell}</row><row>{cell}</row>")).rows == (
        ("=cmd|' /C calc'!A0",),
    )


def test_the_only_filled_sheet_is_read() -> None:
    table = read(workbook([], Uses=[["Name"], ["A"]]))
    assert table.rows == (("A",),)


def test_several_filled_sheets_ask_which_one() -> None:
    data = workbook([["Read me"], ["x"]], Uses=[["Name"], ["A"]])
    fault = refusal(data)
    assert fault.code == "sheet-unclear"
    assert "'Sheet', 'Uses'" in fault.message
    assert read(data, sheet="Uses").rows == (("A",),)
    assert refusal(data, sheet="Use").code == "sheet-unknown"


def test_an_empty_workbook_is_refused() -> None:
    assert refusal(workbook([])).code == "empty"
    assert refusal(workbook([["Name"]])).code == "no-rows"


@pytest.mark.parametrize("kept", [4, 100, 1000, 3000, -10])
def test_a_truncated_workbook_is_refused_with_what_to_do(kept: int) -> None:
    data = workbook([["a", "b"], *[[str(n), "x" * 20] for n in range(300)]])
    fault = refusal(data[:kept])
    assert fault.code == "damaged-workbook"
    assert "save it again as .xlsx" in fault.message


def test_a_workbook_with_one_changed_byte_is_refused_or_reads_the_same() -> None:
    data = workbook([["a", "b"], *[[str(n), "x" * 20] for n in range(50)]])
    whole = read(data)
    for place in range(0, len(data), 97):
        spoiled = bytearray(data)
        spoiled[place] ^= 0xFF
        with suppress(RegisterRefused):
            assert read(bytes(spoiled), kind="xlsx").rows == whole.rows


def test_a_zip_bomb_is_refused_before_unpacking() -> None:
    bomb = b"<row>" + b" " * (60 * 1024 * 1024)
    fault = refusal(altered(workbook([["a"], ["b"]]), xl__worksheets__sheet1_dot_xml=bomb))
    assert fault.code == "zip-bomb"
    assert "grows" in fault.message


def test_a_large_part_a_large_total_and_many_parts_are_refused() -> None:
    data = workbook([["a"], ["b"]])
    assert "a part" in refusal(data, limits=Limits(unpacked_member_bytes=500)).message
    assert "in all" in refusal(data, limits=Limits(unpacked_bytes=2000)).message
    many = altered(data, **{f"junk__{place}": b"" for place in range(2001)})
    assert "parts" in refusal(many).message


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    data = workbook([["a"], *[["x" * 50] for _ in range(2000)]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = data.replace(size.to_bytes(4, "little"), (300).to_bytes(4, "little"))
    assert lying != data
    assert refusal(lying).code == "damaged-workbook"


def test_macros_are_refused_by_part_and_by_name(tmp_path) -> None:
    data = altered(workbook([["a"], ["b"]]), xl__vbaProject_dot_bin=b"code")
    assert refusal(data).code == "macros"
    path = tmp_path / "register.xlsm"
    path.write_bytes(workbook([["a"], ["b"]]))
    with pytest.raises(RegisterRefused, match="without macros"):
        read_register(path)


def test_entity_expansion_is_refused() -> None:
    prolog = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    data = with_sheet("<row><c t='str'><v>&b;</v></c></row>", prolog=prolog)
    assert refusal(data).code == "hostile-xml"


def test_an_old_or_locked_workbook_says_so() -> None:
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").code == "old-or-locked-workbook"


def test_another_archive_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert refusal(file.getvalue()).code == "not-a-workbook"


def test_a_text_named_xlsx_is_refused(tmp_path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_text("Name\nA\n")
    with pytest.raises(RegisterRefused) as caught:
        read_register(path)
    assert caught.value.code == "damaged-workbook"


def test_a_stray_cell_far_to_the_right_is_refused_with_its_row() -> None:
    fault = refusal(with_sheet('<row r="7"><c r="XFD7" t="str"><v>x</v></c></row>'))
    assert (fault.code, fault.where) == ("too-many-columns", "row 7")


def test_a_million_rows_between_two_cost_nothing() -> None:
    cell = '<c t="str"><v>x</v></c>'
    data = with_sheet(f'<row r="1">{cell}</row><row r="1048576">{cell}</row>')
    assert read(data).row_numbers == (1048576,)


def test_the_1904_calendar_is_respected() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert book.active is not None
    book.active.append(["when"])
    book.active.append([date(2024, 10, 1)])
    file = io.BytesIO()
    book.save(file)
    assert read(file.getvalue()).rows == (("2024-10-01",),)


def test_many_empty_rows_need_little_memory() -> None:
    filled = '<row><c t="str"><v>x</v></c></row>'
    noise = "".join(f'<row spans="{number * 7919 % 99991}"/>' for number in range(60_000))
    data = with_sheet(filled + noise + filled)
    tracemalloc.start()
    try:
        assert read(data).rows == (("x",),)
        assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    finally:
        tracemalloc.stop()
