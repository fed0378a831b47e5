"""Which column of a roster says what, guessed from its heading for a person to correct."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from commonweal.systems.inventory.table import Column

NUMBER, NAME, GIVEN, FAMILY = "number", "name", "given_name", "family_name"
EMAIL, LANGUAGE, SINCE, UNTIL = "email", "language", "since", "until"
SITE, GROUP, CONTRACT, COUNTRY = "site", "group", "contract", "country"

HEADINGS: Mapping[str, tuple[str, ...]] = {
    NUMBER: (
        *("id", "number", "no", "nr", "person id", "person number", "personnel number"),
        *("personnel id", "employee id", "employee number", "employee no", "staff id"),
        *("staff number", "worker id", "worker number", "payroll number", "external id"),
        *("identificador", "numero", "numero de empleado", "numero de personal", "legajo"),
        *("id empleado", "id de empleado", "id persona", "matricula", "codigo de empleado"),
        *("personalnummer", "personal nr", "personalnr", "mitarbeiternummer", "mitarbeiter id"),
        *("mitarbeiter nr", "nummer", "kennung", "personal id"),
    ),
    NAME: (
        *("name", "full name", "display name", "person", "employee", "worker", "employee name"),
        *("nombre", "nombre completo", "nombre y apellidos", "apellidos y nombre", "empleado"),
        *("persona", "trabajador", "vollstandiger name", "mitarbeiter", "mitarbeitername"),
        *("name vorname", "vor und nachname"),
    ),
    GIVEN: ("given name", "first name", "forename", "nombre de pila", "vorname"),
    FAMILY: (
        *("family name", "last name", "surname", "apellido", "apellidos"),
        *("nachname", "familienname"),
    ),
    EMAIL: (
        *("email", "e mail", "mail", "email address", "e mail address", "work email"),
        *("correo", "correo electronico", "e mail adresse", "email adresse", "mailadresse"),
    ),
    SITE: (
        *("site", "workplace", "location", "plant", "establishment", "work site"),
        *("centro", "centro de trabajo", "sede", "lugar de trabajo", "ubicacion", "planta"),
        *("standort", "betrieb", "arbeitsort", "werk", "betriebsstatte"),
    ),
    GROUP: (
        *("group", "worker group", "team", "role", "job", "job title", "department", "unit"),
        *("grupo", "grupo de trabajo", "equipo", "puesto", "departamento", "funcion"),
        *("gruppe", "arbeitsgruppe", "beschaftigtengruppe", "abteilung", "tatigkeit", "funktion"),
    ),
    CONTRACT: (
        *("contract", "contract type", "type of contract", "employment type"),
        *("contrato", "tipo de contrato", "vertrag", "vertragsart", "beschaftigungsart"),
    ),
    COUNTRY: ("country", "country code", "pais", "codigo de pais", "land", "landercode"),
    LANGUAGE: ("language", "preferred language", "lang", "idioma", "lengua", "sprache"),
    SINCE: (
        *("since", "start", "start date", "from", "hired", "hire date", "begin", "entry date"),
        *("desde", "fecha de alta", "alta", "inicio", "fecha de inicio", "fecha de ingreso"),
        *("seit", "von", "beginn", "eintritt", "eintrittsdatum", "startdatum"),
    ),
    UNTIL: (
        *("until", "end", "end date", "to", "left", "leaving date", "last day", "exit date"),
        *("hasta", "fecha de baja", "baja", "fin", "fecha de fin", "fecha de salida"),
        *("bis", "ende", "austritt", "austrittsdatum", "enddatum"),
    ),
}
"""What each column may be called, in English, Spanish and German, folded as `folded` does."""

NEEDED = (NUMBER, NAME, GROUP)
_NOT_A_WORD = re.compile(r"[\W_]+")


def folded(heading: str) -> str:
    """A heading without case, accents, signs and doubled spaces.

    >>> folded("  Número_de EMPLEADO ")
    'numero de empleado'
    """
    plain = unicodedata.normalize("NFKD", heading.casefold())
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return _NOT_A_WORD.sub(" ", letters).strip()


_TARGETS = {word: target for target, words in HEADINGS.items() for word in words}


def guessed_columns(columns: Iterable[Column]) -> dict[str, int]:
    """The position of each column whose heading says what it holds; the first of equals counts.

    Beside a family name, a column called just "name" is the given name.
    """
    found: dict[str, int] = {}
    for column in columns:
        target = _TARGETS.get(folded(column.name))
        if target is not None:
            found.setdefault(target, column.position)
    if FAMILY in found and GIVEN not in found and NAME in found:
        found[GIVEN] = found.pop(NAME)
    return found


def missing_columns(columns: Mapping[str, int], *, site_is_clear: bool) -> tuple[str, ...]:
    """What a roster cannot be read without: a number, a name, a group, and a site of several."""
    has = {*columns}
    if {GIVEN, FAMILY} & has:
        has.add(NAME)
    needed = NEEDED if site_is_clear else (*NEEDED, SITE)
    return tuple(each for each in needed if each not in has)
