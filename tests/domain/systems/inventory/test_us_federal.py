"""The real inventory of US federal agencies, 2024: every cell, every odd value."""

import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from commonweal.practices import catalogue
from commonweal.systems.classification import classify, declare
from commonweal.systems.inventory.interpret import ImportedUse, interpret
from commonweal.systems.inventory.mapping_file import shipped_format
from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.suggest import suggest_mapping
from commonweal.systems.inventory.table import Table
from commonweal.systems.inventory.writing import (
    FORMULA_STARTS,
    unescape_cell,
    write_csv,
    write_json,
    write_xlsx,
)

FILE = Path(__file__).parent / "data" / "us_federal_ai_use_cases_2024.csv"


@pytest.fixture(scope="module")
def table() -> Table:
    return read_register(FILE)


@pytest.fixture(scope="module")
def uses(table: Table) -> list[ImportedUse]:
    return list(interpret(table, register_format=shipped_format("us-federal-2024")))


@pytest.fixture(scope="module")
def original() -> list[list[str]]:
    with FILE.open(encoding="cp1252", newline="") as file:
        return list(csv.reader(file))


def test_every_cell_is_read_as_the_standard_library_reads_it(table, uses, original) -> None:
    assert (len(table.rows), len(table.columns), table.encoding) == (2133, 62, "windows-1252")
    assert [column.name for column in table.columns] == original[0]
    assert [list(row) for row in table.rows] == original[1:]
    assert [list(use.cells) for use in uses] == original[1:]
    assert table.row_numbers == tuple(range(2, 2135))


def test_one_header_occurs_nine_times_and_each_keeps_its_place(table) -> None:
    places = [c.position for c in table.columns if c.name == "If Other, please explain."]
    assert places == [26, 30, 38, 40, 42, 52, 54, 58, 62]


@pytest.mark.parametrize("write", [write_csv, write_json, write_xlsx])
def test_every_cell_of_every_row_comes_back_from_an_export(table, write) -> None:
    again = read_register(io.BytesIO(write(table.columns, table.rows)))
    assert (again.columns, again.rows) == (table.columns, table.rows)


def test_the_spreadsheet_profile_escapes_ten_cells_reversibly(table) -> None:
    data = write_csv(table.columns, table.rows, profile="spreadsheet")
    again = read_register(io.BytesIO(data))
    assert sum(cell.startswith(FORMULA_STARTS) for row in table.rows for cell in row) >= 10
    assert not any(cell.startswith(FORMULA_STARTS) for row in again.rows for cell in row)
    assert tuple(tuple(map(unescape_cell, row)) for row in again.rows) == table.rows


def test_rows_are_recognised_though_29_keys_repeat_and_3_pairs_are_identical(uses) -> None:
    assert len({(use.key, use.ordinal) for use in uses}) == 2133
    assert sum(count > 1 for count in Counter(use.key for use in uses).values()) == 29
    contents = Counter(use.content_hash for use in uses)
    assert sorted(contents.values())[-4:] == [1, 2, 2, 2]
    twins = [p for use in uses for p in use.problems if p.column is None]
    assert len(twins) == 3


def test_a_second_reading_recognises_every_row_also_from_an_export(table, uses) -> None:
    again = read_register(io.BytesIO(write_xlsx(table.columns, table.rows)))
    known = shipped_format("us-federal-2024")
    assert [
        (use.key, use.ordinal, use.content_hash) for use in interpret(again, register_format=known)
    ] == [(use.key, use.ordinal, use.content_hash) for use in uses]


def test_stages_agree_with_a_count_over_the_raw_file(uses, original) -> None:
    raw = Counter(row[9] for row in original[1:])
    stages = Counter(use.mapped.stage for use in uses if use.mapped.stage_is_declared)
    assert stages == {
        "identified": raw["Initiated"] + raw["Planned"] + raw["Ideation"],
        "procuring": raw["Acquisition and/or Development"],
        "piloting": raw["Implementation and Assessment"],
        "in_use": raw["Operation and Maintenance"] + raw["In production"] + raw["In mission"],
        "retired": raw["Retired"],
    }
    undeclared = [use for use in uses if not use.mapped.stage_is_declared]
    assert {use.cells[9] for use in undeclared} == {
        "",
        "Research or  Administrative Action Complete",
    }
    assert all(
        any(p.column.position == 10 for p in use.problems if p.column) for use in undeclared
    )


def test_impacts_with_trailing_newlines_and_odd_case_are_understood(uses, original) -> None:
    raw = Counter(row[10].strip().casefold() for row in original[1:])
    found = Counter(use.mapped.rights_or_safety_impact for use in uses)
    assert found["rights"] == raw["rights-impacting"] == 131
    assert found["safety"] == raw["safety-impacting"] == 25
    assert (found["both"], found["neither"], found["undecided"]) == (195, 1722, 20)
    odd = [p.value for use in uses for p in use.problems if p.column and p.column.position == 11]
    assert odd == ["Case-by-case assessment"]


def test_each_odd_date_is_reported_and_each_good_one_read(uses) -> None:
    dates = [
        p for use in uses for p in use.problems if p.column and p.column.position in range(12, 16)
    ]
    values = {p.value for p in dates}
    assert {"7/16/1905", "24-Nov", "Q4FY25", "10/12023", "Ongoing", "Pre-2021"} <= values
    assert not {"", " ", "N/A", "NA", "N/A -Consolidated into another use case."} & values
    read = [use.mapped.date_initiated for use in uses if use.mapped.date_initiated]
    assert min(read) > "1950"
    assert max(read) < "2050"


def test_blank_and_not_applicable_systems_are_no_systems(uses) -> None:
    names = {use.mapped.system_name for use in uses}
    assert "Science Support System (SSS)" in names
    folded = {(name or "").casefold() for name in names}
    assert not folded & {"n/a", "not applicable", "tbd", "not reported", " ", "redacted"}
    assert not any(name.startswith("n/a") for name in folded)
    assert sum(use.mapped.system_name is None for use in uses) > 1298 + 51 + 33 + 33 + 22


def test_every_problem_names_row_column_value_and_message(uses, original) -> None:
    for use in uses:
        for problem in use.problems:
            assert problem.row == use.row_number
            assert problem.message.endswith(".")
            if problem.column:
                assert original[problem.row - 1][problem.column.position - 1] == problem.value


def test_hints_and_facts_are_words_of_the_catalogue(uses) -> None:
    known = catalogue()
    facts = [fact for use in uses for fact in use.mapped.declared_facts]
    assert declare(catalogue=known, yes={code for fact in facts for code in fact.catalogue_yes})
    assert declare(catalogue=known, no={code for fact in facts for code in fact.catalogue_no})
    codes: dict[str, set[str]] = {}
    for use in uses:
        for hint in use.mapped.hints:
            codes.setdefault(hint.classification, set()).add(hint.code)
    assert classify(
        catalogue=known,
        forms=codes["form_of_integration"],
        instances=codes["instance"],
        aspects=codes["technological_aspect"],
    )
    assert declare(catalogue=known, yes=codes["declared_fact"])
    counts = Counter(fact.fact for fact in facts)
    assert (counts["affects_rights"], counts["personal_data"]) == (326, 175)


def test_unmapped_columns_are_named(uses) -> None:
    unmapped = shipped_format("us-federal-2024").unmapped_columns()
    assert len(unmapped) > 30
    assert "Which HISP is the AI use case supporting?" in {column.name for column in unmapped}


def test_the_suggested_mapping_finds_the_columns_of_the_shipped_one(table) -> None:
    shipped = shipped_format("us-federal-2024")
    guesses = {g.target: g.column.position for g in suggest_mapping(table, name="x").guesses}
    expected = {name: rule.columns[0] for name, rule in shipped.fields.items()}
    assert guesses == expected


def test_every_row_of_it_is_understood() -> None:
    known = shipped_format("us-federal-2024")
    assert len(list(interpret(read_register(FILE), register_format=known))) == 2133
