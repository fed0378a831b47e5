"""Reading a roster: whom it names, and which rows are wrong."""

from __future__ import annotations

from commonweal.systems.inventory.delimited import read_delimited
from commonweal.systems.inventory.table import Limits, Table
from commonweal.workplaces.headings import guessed_columns
from commonweal.workplaces.people import Reading, read_people
from commonweal.workplaces.places import Place, Places

PICKERS = Place("Harbour", "Pickers", "permanent")
TEMPS = Place("Harbour", "Packers", "agency")
PACKERS = Place("Harbour", "Packers", "permanent")


def table(text: str) -> Table:
    return read_delimited(text, limits=Limits(), encoding="utf-8", delimiter=",")


def read(text: str, *, may_make: bool = False) -> Reading:
    found = table(text)
    places = Places(("Harbour", "North"), (PICKERS, TEMPS, PACKERS), may_make=may_make)
    return read_people(found, columns=guessed_columns(found.columns), places=places)


def test_names_and_places_are_found_whatever_their_case_and_spaces() -> None:
    found = read("id,name,site,group\n 7 , Ana   Ruiz ,HARBOUR, pickers \n")
    (person,) = found.people
    assert (person.number, person.name, person.place) == ("7", "Ana Ruiz", PICKERS)


def test_what_a_roster_has_no_column_for_is_not_said() -> None:
    (person,) = read("id,name,site,group\n7,Ana,Harbour,Pickers\n").people
    assert person.email is None
    assert person.language is None
    assert not person.says_until


def test_an_empty_cell_says_that_there_is_none() -> None:
    text = "id,name,site,group,email,until\n7,Ana,Harbour,Pickers,,\n"
    (person,) = read(text).people
    assert person.email == ""
    assert person.until is None
    assert person.says_until


def test_two_people_of_one_number_are_a_problem_of_the_later_row() -> None:
    found = read("id,name,site,group\n7,Ana,Harbour,Pickers\n7,Bo,Harbour,Pickers\n")
    (problem,) = found.problems
    assert (problem.row, problem.column, problem.value) == (3, "id", "7")
    assert "Row 2" in problem.message


def test_each_problem_names_its_row_column_and_value() -> None:
    found = read(
        "id,name,site,group,email,since,until\n"
        "1,Ana,Harbour,Pickers,ana,,\n"
        "2,,Harbour,Pickers,,,\n"
        "3,Chi,Moon,Pickers,,,\n"
        "4,Dan,Harbour,Divers,,,\n"
        "5,Eve,Harbour,Packers,,,\n"
        "6,Fay,Harbour,Pickers,,2026-05-02,2026-05-01\n"
        "7,Gus,Harbour,Pickers,,,\n"
    )
    assert [(each.row, each.column, each.value) for each in found.problems] == [
        (2, "email", "ana"),
        (3, "name", ""),
        (4, "site", "Moon"),
        (5, "group", "Divers"),
        (6, "contract", ""),
        (7, "until", "2026-05-01"),
    ]
    assert [each.number for each in found.people] == ["7"]


def test_new_sites_and_groups_are_made_only_with_country_and_contract() -> None:
    head = "id,name,site,group,contract,country\n"
    found = read(head + "1,Ana,Moon,Divers,permanent,ES\n2,Bo,moon,divers,,\n", may_make=True)
    assert found.problems == []
    assert found.places.new_sites == {"Moon": "ES"}
    assert found.places.new_groups == [Place("Moon", "Divers", "permanent")]
    lacking = read(head + "1,Ana,Moon,Divers,permanent,\n2,Bo,North,Divers,,\n", may_make=True)
    assert [each.column for each in lacking.problems] == ["country", "contract"]
    two = read(head + "1,A,Moon,D,agency,ES\n2,B,Moon,D,agency,DE\n", may_make=True)
    assert [(each.row, each.column) for each in two.problems] == [(3, "country")]


def test_a_short_row_reads_as_empty_cells() -> None:
    found = read("id,name,site,group,email\n7,Ana,Harbour,Pickers\n")
    assert found.people[0].email == ""
