"""Drafting a mapping from headers and first rows."""

import io

from commonweal.systems.inventory.interpret import interpret
from commonweal.systems.inventory.mapping_file import parse_mapping
from commonweal.systems.inventory.mapping_text import to_toml
from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.suggest import DraftMapping, suggest_mapping
from commonweal.systems.inventory.table import Table


def read(text: str) -> Table:
    return read_register(io.BytesIO(text.encode()))


def targets(draft: DraftMapping) -> dict[str, int]:
    return {guess.target: guess.column.position for guess in draft.guesses}


ENGLISH = (
    "ID,Title,Department,Vendor,Lifecycle status,Personal data?,Go live,Notes\n"
    "1,Shift planner,Stores,Acme,In use,Yes,31/01/2023,x\n"
    "2,CV reader,People,Acme,Pilot,No,15/02/2024,y\n"
    "3,Pace board,Depot,N/A,Retired,n/a,,z\n"
)


def test_headers_and_values_are_recognised() -> None:
    draft = suggest_mapping(read(ENGLISH), name="ours")
    assert targets(draft) == {
        "name": 2,
        "organisation_unit": 3,
        "vendor": 4,
        "stage": 5,
        "personal_data": 6,
        "date_in_use": 7,
    }
    stage = draft.register_format.fields["stage"]
    assert stage.values == {"in use": "in_use", "pilot": "piloting", "retired": "retired"}
    assert draft.register_format.dates.patterns == ("D/M/YYYY",)
    assert draft.register_format.identity == (2, 3)
    assert all(guess.because for guess in draft.guesses)


def test_a_draft_can_be_used_at_once() -> None:
    table = read(ENGLISH)
    draft = suggest_mapping(table, name="ours")
    uses = list(interpret(table, register_format=draft.register_format))
    assert [use.mapped.stage for use in uses] == ["in_use", "piloting", "retired"]
    assert uses[0].mapped.date_in_use == "2023-01-31"
    assert not any(use.problems for use in uses)


def test_a_draft_survives_its_toml() -> None:
    draft = suggest_mapping(read(ENGLISH), name="ours").register_format
    assert parse_mapping(to_toml(draft), file="ours.toml") == draft


def test_the_longer_word_decides_so_that_not_in_use_is_no_use() -> None:
    draft = suggest_mapping(read("Name,Status\nA,Not in use\nB,In use\n"), name="x")
    assert draft.register_format.fields["stage"].values == {
        "not in use": "retired",
        "in use": "in_use",
    }


def test_a_status_column_of_other_words_is_not_taken_for_the_stage() -> None:
    draft = suggest_mapping(read("Name,Status\nA,green\nB,amber\n"), name="x")
    assert "stage" not in targets(draft)


def test_without_a_telling_header_the_most_varied_column_names_the_use() -> None:
    draft = suggest_mapping(read("x,y\n1,Chat\n1,Plan\n2,Draft\n"), name="x")
    assert targets(draft) == {"name": 2}


def test_a_word_lost_in_a_long_question_is_not_trusted() -> None:
    question = "Which of our many hundred locations is served by the provider of this thing"
    assert "vendor" not in targets(suggest_mapping(read(f"Name,{question}\nA,b\n"), name="x"))


def test_json_registers_are_mapped_by_header() -> None:
    table = read('[{"name": "A", "status": "live"}]')
    draft = suggest_mapping(table, name="x")
    assert draft.register_format.columns_by == "header"
    turned = read('[{"status": "live", "name": "A"}]')
    (use,) = interpret(turned, register_format=draft.register_format)
    assert (use.mapped.name, use.mapped.stage) == ("A", "in_use")


def test_only_the_first_rows_are_looked_at() -> None:
    text = "Name,Status\n" + "A,live\n" * 3 + "B,retired\n"
    draft = suggest_mapping(read(text), name="x", sample_rows=3)
    assert draft.register_format.fields["stage"].values == {"live": "in_use"}


ODD = (
    "Company name,What it does,Place\n"
    "Acme,Plans shifts,North\n"
    "Acme,Reads letters of application,North\n"
    "Acme,Counts parcels,South\n"
    "Bolt,Sets the pace,South\n"
    "Acme,Answers calls,South\n"
)


def test_a_column_that_mostly_repeats_itself_does_not_name_the_use() -> None:
    assert targets(suggest_mapping(read(ODD), name="x"))["name"] == 2


def test_a_name_that_seldom_repeats_still_names_the_use() -> None:
    rows = "Use case name,Notes\nPlanner,a\nPlanner,b\nReader,c\nCounter,d\n"
    assert targets(suggest_mapping(read(rows), name="x"))["name"] == 1


def test_cells_that_say_nothing_do_not_count_as_repeating() -> None:
    rows = "Name,Notes\nPlanner,a\nn/a,b\nN/A,c\n,d\nReader,e\n"
    assert targets(suggest_mapping(read(rows), name="x"))["name"] == 1
