"""The one loader of the catalogue."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from commonweal.practices.contents import Catalogue, Edition
from commonweal.practices.entries import (
    ClassificationChoice,
    DeclaredFact,
    Entry,
    LikelySignal,
    Pillar,
    Practice,
    Signal,
    Source,
    Stakeholder,
    Term,
)
from commonweal.practices.faults import Place, suggestion
from commonweal.practices.toml_tables import read_entry
from commonweal.practices.translation import translated
from commonweal.shared.language import language

SHIPPED = Path(__file__).parent / "catalogue_files"

_FILES: dict[str, dict[str, type[Any]]] = {
    "practices.toml": {"practice": Practice},
    "signals.toml": {"signal": Signal},
    "pillars.toml": {"pillar": Pillar},
    "classification.toml": {"choice": ClassificationChoice, "fact": DeclaredFact},
    "sources.toml": {"source": Source},
    "glossary.toml": {"term": Term},
    "stakeholders.toml": {"stakeholder": Stakeholder},
}
_REFERENCES = (
    ("practices.toml", "practice", "reading", "source"),
    ("practices.toml", "practice", "pillars", "pillar"),
    ("signals.toml", "signal", "pillars", "pillar"),
    ("signals.toml", "signal", "practices", "practice"),
    ("pillars.toml", "pillar", "sources", "source"),
    ("classification.toml", "choice", "signals", "signal"),
    ("classification.toml", "fact", "signals", "signal"),
)


def catalogue() -> Catalogue:
    """The catalogue that comes with this version of Commonweal, in the reader's language.

    A text without a translation stays English. It is read once for each language.
    """
    return _catalogue_in(language())


@cache
def _catalogue_in(_language: str) -> Catalogue:
    return _english() if _language == "en" else translated(_english())


@cache
def _english() -> Catalogue:
    return load_catalogue()


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Reads a catalogue folder, the shipped one unless told otherwise.

    Raises CatalogueError at the first unknown, missing or mistyped key, repeated id,
    reference to nothing, or bad provenance mark.
    """
    where = folder if folder is not None else SHIPPED
    edition = read_entry(
        Edition, _table(where, file="catalogue.toml"), place=Place(file="catalogue.toml")
    )
    entries: dict[str, tuple[Any, ...]] = {}
    for file, kinds in _FILES.items():
        entries |= _read_file(where, file=file, kinds=kinds)
    _refuse_references_to_nothing(entries)
    return _assembled(edition, entries=entries)


def _assembled(edition: Edition, *, entries: dict[str, tuple[Any, ...]]) -> Catalogue:
    return Catalogue(
        edition=edition,
        practices=entries["practice"],
        signals=entries["signal"],
        pillars=entries["pillar"],
        choices=entries["choice"],
        facts=entries["fact"],
        sources=entries["source"],
        terms=entries["term"],
        stakeholders=entries["stakeholder"],
    )


def _table(folder: Path, *, file: str) -> dict[str, Any]:
    place = Place(file=file)
    try:
        return tomllib.loads((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        fault = "The file is missing."
        raise place.error("", fault=fault, fix="Put it back, or copy the shipped one.") from None
    except UnicodeDecodeError as error:
        fault = f"The file is not UTF-8 text (byte {error.start})."
        raise place.error("", fault=fault, fix="Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        fault = f"The file is not valid TOML: {error}."
        raise place.error("", fault=fault, fix="Correct that line.") from None


def _read_file(
    folder: Path, *, file: str, kinds: dict[str, type[Any]]
) -> dict[str, tuple[Any, ...]]:
    table = _table(folder, file=file)
    for key in table:
        if key not in kinds:
            raise Place(file=file).error(
                key, fault="This key is not known.", fix=suggestion(key, known=kinds)
            )
    read = {
        noun: _read_rows(kind, table.get(noun), file=file, noun=noun)
        for noun, kind in kinds.items()
    }
    _refuse_repeated_ids([entry for rows in read.values() for entry in rows], file=file)
    return read


def _read_rows(kind: type[Any], rows: object, *, file: str, noun: str) -> tuple[Any, ...]:
    if not isinstance(rows, list):
        fault = f"The file holds no list of [[{noun}]] tables."
        raise Place(file=file).error(noun, fault=fault, fix=f"Start each entry with [[{noun}]].")
    return tuple(
        read_entry(kind, row, place=_place(row, file=file, noun=noun, position=position), key=noun)
        for position, row in enumerate(rows, start=1)
    )


def _place(row: object, *, file: str, noun: str, position: int) -> Place:
    id = row.get("id") if isinstance(row, dict) else None
    named = id if isinstance(id, str) and id.strip() else f"number {position}"
    return Place(file=file, entry=f"{noun} {named}")


def _refuse_repeated_ids(entries: Iterable[Entry], *, file: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            fault = f"The id '{entry.id}' is used twice in this file."
            raise Place(file=file).error("id", fault=fault, fix="Give one of them another id.")
        seen.add(entry.id)


def _refuse_references_to_nothing(entries: dict[str, tuple[Any, ...]]) -> None:
    ids = {noun: [entry.id for entry in rows] for noun, rows in entries.items()}
    for file, noun, key, target in _REFERENCES:
        for entry in entries[noun]:
            for reference in _referenced(getattr(entry, key)):
                if reference not in ids[target]:
                    raise Place(file=file, entry=f"{noun} {entry.id}").error(
                        key,
                        fault=f"There is no {target} '{reference}'.",
                        fix=suggestion(reference, known=ids[target]),
                    )


def _referenced(values: Iterable[str | LikelySignal]) -> tuple[str, ...]:
    return tuple(each.signal if isinstance(each, LikelySignal) else each for each in values)
