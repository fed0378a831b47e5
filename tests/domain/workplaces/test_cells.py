"""What the cells of a roster mean, and which mean nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.systems.inventory.table import named_columns
from commonweal.workplaces import cells
from commonweal.workplaces.headings import guessed_columns, missing_columns


@pytest.mark.parametrize(
    "headings",
    [
        ["id", "name", "e-mail", "site", "group", "contract", "language", "since", "until"],
        [
            "Personalnr.",
            "Name",
            "E-Mail",
            "Standort",
            "Gruppe",
            "Vertrag",
            "Sprache",
            "seit",
            "bis",
        ],
        ["Legajo", "Nombre", "Correo", "Sede", "Grupo", "Contrato", "Idioma", "Desde", "Hasta"],
    ],
)
def test_headings_in_three_languages_are_understood(headings: list[str]) -> None:
    found = guessed_columns(named_columns(headings))
    assert list(found.values()) == list(range(1, 10))
    assert list(found) == [
        *("number", "name", "email", "site", "group", "contract", "language", "since", "until")
    ]


def test_beside_a_family_name_a_name_is_the_given_name() -> None:
    found = guessed_columns(named_columns(["Nombre", "Apellidos", "Legajo", "Grupo"]))
    assert (found["given_name"], found["family_name"]) == (1, 2)
    assert missing_columns(found, site_is_clear=True) == ()


def test_a_roster_of_several_sites_needs_a_column_for_the_site() -> None:
    found = guessed_columns(named_columns(["id", "name", "group"]))
    assert missing_columns(found, site_is_clear=True) == ()
    assert missing_columns(found, site_is_clear=False) == ("site",)


@given(st.text())
def test_a_cleaned_text_stays_as_it_is(text: str) -> None:
    once = cells.cleaned(text)
    assert cells.cleaned(once) == once
    assert "  " not in once
    assert "\n" not in once


@pytest.mark.parametrize(
    "text",
    ["ana", "ana@", "@example.org", "a b@example.org", "a@b", "x@example.org\nbcc: y", "a@-x.org"],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(cells.CellRefused, match=r"ana@example\.org"):
        cells.read_email(text)


def test_an_address_is_kept_in_small_letters_with_a_plain_domain() -> None:
    assert cells.read_email("Ana@Köln.DE") == "ana@xn--kln-sna.de"
    assert cells.read_email("") == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("31.1.2026", date(2026, 1, 31)),
        ("2026-01-31 00:00:00", date(2026, 1, 31)),
        ("", None),
    ],
)
def test_days_are_read_as_registers_write_them(text: str, day: date | None) -> None:
    assert cells.read_day(text, order=()) == day


def test_days_with_a_slash_are_read_only_where_the_column_shows_their_order() -> None:
    assert cells.order_of_days(["3/4/2026", "25/4/2026"]) == cells.DAY_FIRST
    assert cells.order_of_days(["4/25/2026"]) == cells.MONTH_FIRST
    assert cells.order_of_days(["3/4/2026"]) == ()
    assert cells.order_of_days(["25/4/2026", "4/25/2026"]) == ()
    with pytest.raises(cells.CellRefused, match="2026-01-31"):
        cells.read_day("3/4/2026", order=())
    assert cells.read_day("3/4/2026", order=cells.DAY_FIRST) == date(2026, 4, 3)


@pytest.mark.parametrize(("text", "code"), [("Fijo", "permanent"), ("Leiharbeit", "agency")])
def test_usual_words_for_contracts_are_known(text: str, code: str) -> None:
    assert cells.read_contract(text) == code


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (cells.read_contract, "forever"),
        (cells.read_country, "Spain"),
        (cells.read_language, "the usual one"),
        (lambda text: cells.within(text, longest=3), "four"),
    ],
)
def test_other_words_are_refused_with_what_to_write(read: object, text: str) -> None:
    with pytest.raises(cells.CellRefused):
        read(text)  # type: ignore[operator]
