"""From rows to uses: fields, facts, hints and odd values."""

import io

import pytest

from commonweal.systems.inventory.dates import read_date
from commonweal.systems.inventory.interpret import ImportedUse, interpret
from commonweal.systems.inventory.mapping import (
    DateRule,
    FactRule,
    FieldRule,
    HintRule,
    RegisterFormat,
)
from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Column
from commonweal.systems.stages import Stage

HEADERS = ("Name", "Agency", "Stage", "System", "Started", "Data", "Other", "Other")
FORMAT = RegisterFormat(
    name="small",
    version="1",
    description="small",
    columns=tuple(Column(place, name) for place, name in enumerate(HEADERS, start=1)),
    identity=(1, 2),
    absent=frozenset({"n/a", "na"}),
    absent_starts=("n/a -",),
    dates=DateRule(patterns=("M/D/YYYY", "M/YYYY")),
    fields={
        "name": FieldRule(columns=(1,), required=True),
        "organisation_unit": FieldRule(columns=(2,)),
        "stage": FieldRule(
            columns=(3,),
            values={"live": "in_use", "being built": "procuring"},
            default="identified",
            required=True,
        ),
        "system_name": FieldRule(columns=(4,), skip=frozenset({"withheld"})),
        "date_in_use": FieldRule(columns=(5,)),
        "personal_data": FieldRule(columns=(6,), values={"yes": "yes", "no": "no"}),
        "topic": FieldRule(columns=(7, 8), combine="first", skip=frozenset({"other"})),
        "purpose": FieldRule(columns=(7, 8)),
    },
    facts=(
        FactRule("data", 6, frozenset({"yes"}), "It uses personal data.", ("reads_messages",)),
    ),
    hints=(HintRule("instance", "hiring", (1, 7), ("hiring", "job ads")),),
)


def uses(*rows: str, headers: str = ",".join(HEADERS)) -> list[ImportedUse]:
    text = "\n".join((headers, *rows))
    table = read_register(io.BytesIO(text.encode()), delimiter=",")
    return list(interpret(table, register_format=FORMAT))


def only(row: str) -> ImportedUse:
    (use,) = uses(row)
    return use


def test_a_clean_row_fills_its_fields_without_problems() -> None:
    use = only("Chat,Ministry,Live,Bot 1,10/1/2024,No,Other,Writing")
    assert use.problems == ()
    assert (use.row_number, use.ordinal) == (2, 1)
    mapped = use.mapped
    assert (mapped.name, mapped.organisation_unit) == ("Chat", "Ministry")
    assert (mapped.stage, mapped.stage_is_declared) == (Stage.IN_USE, True)
    assert (mapped.system_name, mapped.date_in_use) == ("Bot 1", "2024-10-01")
    assert (mapped.personal_data, mapped.autonomy) == ("no", None)
    assert (mapped.topic, mapped.purpose) == ("Writing", "Other / Writing")


def test_raw_cells_stay_exact() -> None:
    use = only('" Chat ",A,"Live\n",,,YES ,n/a,')
    assert use.cells == (" Chat ", "A", "Live\n", "", "", "YES ", "n/a", "")
    assert (use.mapped.name, use.mapped.stage, use.mapped.personal_data) == (
        "Chat",
        Stage.IN_USE,
        "yes",
    )
    assert use.problems == ()


@pytest.mark.parametrize(
    "raw", ["", " ", "\u00a0", "N/A", "NA", "n/a", "N/A - none yet", "Withheld"]
)
def test_a_blank_or_withheld_system_makes_the_use_its_own_system(raw: str) -> None:
    assert only(f"Chat,A,Live,{raw},,,,").mapped.system_name is None


def test_an_unknown_stage_is_reported_and_takes_the_default() -> None:
    use = only("Chat,A,Paused,,,,,")
    assert (use.mapped.stage, use.mapped.stage_is_declared) == (Stage.IDENTIFIED, False)
    (problem,) = use.problems
    assert (problem.row, problem.column, problem.value) == (2, Column(3, "Stage"), "Paused")
    assert "taken as “identified”" in problem.message
    assert problem.as_record()["column"] == "Stage (column 3)"


def test_a_blank_stage_is_reported_as_missing() -> None:
    (problem,) = only("Chat,A,N/A,,,,,").problems
    assert problem.value == "N/A"
    assert problem.message.startswith("“stage” is missing; it was taken as “identified”")


def test_an_unknown_choice_is_left_open_and_reported() -> None:
    use = only("Chat,A,Live,,,Perhaps,,")
    assert use.mapped.personal_data is None
    assert "left open" in use.problems[0].message


def test_a_date_is_only_as_precise_as_written() -> None:
    assert only("Chat,A,Live,,3/2021,,,").mapped.date_in_use == "2021-03"


@pytest.mark.parametrize("raw", ["24-Nov", "13/13/2020", "Q3FY23", "2/30/2024", "soon"])
def test_what_is_no_date_is_reported(raw: str) -> None:
    use = only(f"Chat,A,Live,,{raw},,,")
    assert use.mapped.date_in_use is None
    assert use.problems[0].value == raw


def test_a_year_shown_as_a_day_of_1905_is_explained() -> None:
    use = only("Chat,A,Live,,7/16/1905,,,")
    assert use.mapped.date_in_use is None
    assert "perhaps the year 2024 was meant" in use.problems[0].message


def test_another_impossible_year_gets_no_explanation() -> None:
    (problem,) = only("Chat,A,Live,,7/16/1805,,,").problems
    assert "1805 cannot be true" in problem.message
    assert "perhaps" not in problem.message


def test_a_missing_name_is_reported() -> None:
    assert only(",A,Live,,,,,").problems[0].message == "“name” is missing. Fill it in."


def test_a_declared_fact_keeps_the_cell_that_says_it() -> None:
    (fact,) = only("Chat,A,Live,,,Yes,,").mapped.declared_facts
    assert (fact.fact, fact.value, fact.column) == ("data", "Yes", Column(6, "Data"))
    assert fact.catalogue_yes == ("reads_messages",)


def test_hints_find_whole_words_only() -> None:
    (hint,) = only("Hiring helper,A,Live,,,,writes JOB  ads,").mapped.hints
    assert (hint.code, hint.words) == ("hiring", "hiring, job ads")
    assert only("Whiring fan,A,Live,,,,job adsorption,").mapped.hints == ()


def test_a_short_and_a_long_row_are_kept_and_reported() -> None:
    short, long = uses("Chat,A,Live", "Talk,A,Live,,,,,,more")
    assert short.cells == ("Chat", "A", "Live")
    assert long.cells[-1] == "more"
    assert [problem.message[:22] for problem in (*short.problems, *long.problems)] == [
        "The row has 3 cells wh",
        "The row has 9 cells wh",
    ]
    assert [problem.row for problem in (*short.problems, *long.problems)] == [2, 3]
    assert short.problems[0].as_record()["column"] == ""


def test_a_row_equal_in_every_cell_is_kept_and_reported() -> None:
    first, second = uses("Chat,A,Live,,,,,", "Chat,A,Live,,,,,")
    assert (first.key, first.ordinal, second.ordinal) == (second.key, 1, 2)
    assert first.problems == ()
    assert "Every cell equals row 2" in second.problems[0].message


def test_headers_may_differ_in_blanks_and_case_only() -> None:
    row = "Chat,A,Live,,,,,"
    assert uses(row, headers="name, AGENCY ,Stage,System,Started,Data,Other,Other")
    with pytest.raises(RegisterRefused) as caught:
        uses(row, headers="Name,Stage,Agency,System,Started,Data,Other,Other")
    assert (caught.value.code, caught.value.where) == ("format-misfit", "column 2")
    assert "'Stage'" in caught.value.message


def test_a_missing_column_is_refused_and_a_further_one_is_kept() -> None:
    with pytest.raises(RegisterRefused, match="Column 8 is missing"):
        uses("Chat,A,Live,,,,", headers=",".join(HEADERS[:-1]))
    (use,) = uses("Chat,A,Live,,,,,,extra", headers=",".join((*HEADERS, "New")))
    assert use.cells[-1] == "extra"
    assert use.problems == ()


@pytest.mark.parametrize(
    ("text", "patterns", "expected"),
    [
        ("2024-10-01", ("YYYY-MM-DD",), "2024-10-01"),
        ("1.10.2024", ("D.M.YYYY",), "2024-10-01"),
        ("31/12/2024", ("M/D/YYYY", "D/M/YYYY"), "2024-12-31"),
        ("2024", ("YYYY",), "2024"),
        ("2/29/2023", ("M/D/YYYY",), None),
        ("0000", ("YYYY",), None),
        ("2024-10-01 or so", ("YYYY-MM-DD",), None),
    ],
)
def test_dates_follow_the_patterns(text: str, patterns: tuple[str, ...], expected: str) -> None:
    assert read_date(text, patterns=patterns) == expected
