"""The cells of a roster, one kind at a time: what each means, or why it means nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from commonweal.shared.language import _
from commonweal.systems.inventory.dates import read_date
from commonweal.workplaces.headings import folded

LONGEST_NUMBER, LONGEST_NAME, LONGEST_EMAIL, LONGEST_PLACE = 64, 150, 254, 150
CONTRACTS = {
    "permanent": ("permanent", "indefinido", "fijo", "unbefristet", "indefinite"),
    "fixed_term": ("fixed term", "temporary", "temporal", "eventual", "befristet"),
    "agency": ("agency", "through an agency", "temp", "ett", "cesion", "leiharbeit", "zeitarbeit"),
    "contractor": ("contractor", "freelance", "autonomo", "selbststandig", "freiberuflich"),
    "platform": ("platform", "platform work", "plataforma", "plattform", "plattformarbeit"),
    "apprentice": ("apprentice", "aprendiz", "formacion", "auszubildende", "azubi", "ausbildung"),
}
_CONTRACT_OF = {word: code for code, words in CONTRACTS.items() for word in words}
_LANGUAGE_OF = {
    word: code
    for code, words in {
        "en": ("english", "ingles", "englisch"),
        "es": ("spanish", "espanol", "castellano", "spanisch"),
        "de": ("german", "aleman", "deutsch"),
    }.items()
    for word in words
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_USER = r"[-!#$%&'*+/=?^_`{}|~0-9a-z]+(?:\.[-!#$%&'*+/=?^_`{}|~0-9a-z]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"{_USER}@(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,58}}[a-z0-9])")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,6})?")
_WHOLE_DATES = ("YYYY-MM-DD", "YYYY/MM/DD", "D.M.YYYY")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}")
DAY_FIRST = ("D/M/YYYY", "D-M-YYYY")
MONTH_FIRST = ("M/D/YYYY", "M-D-YYYY")


class CellRefused(ValueError):
    """A cell that cannot be taken in; the message says why, and what to write."""


def cleaned(text: str) -> str:
    """A text in one form of its letters, without control characters and doubled spaces.

    >>> cleaned("  Ana \\u0301  Ruiz\\n")
    'Ana \\u0301 Ruiz'
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", text)).split())


def within(text: str, *, longest: int) -> str:
    """The text, if it is short enough. Raises `CellRefused`."""
    if len(text) > longest:
        raise CellRefused(
            _("It has %(count)s characters; at most %(most)s are kept. Shorten it.")
            % {"count": len(text), "most": longest}
        )
    return text


def read_email(text: str) -> str:
    """An address in small letters, with a foreign domain in its plain form; blank stays blank.

    Raises `CellRefused`.

    >>> read_email("Ana.Ruiz@Example.ORG")
    'ana.ruiz@example.org'
    """
    address = text.lower()
    user, at, domain = address.rpartition("@")
    if not domain.isascii():
        with suppress(UnicodeError):  # the address is then refused below, as it stands
            address = f"{user}{at}{domain.encode('idna').decode()}"
    if address and not _EMAIL.fullmatch(address):
        raise CellRefused(
            _("This is no e-mail address. Write one such as ana@example.org, or leave it empty.")
        )
    return within(address, longest=LONGEST_EMAIL)


def read_language(text: str) -> str:
    """The code of a language, from its code or its name. Raises `CellRefused`.

    >>> read_language("Español"), read_language("pt_BR")
    ('es', 'pt-br')
    """
    code = _LANGUAGE_OF.get(folded(text)) or text.lower().replace("_", "-")
    if code and not _LANGUAGE.fullmatch(code):
        raise CellRefused(_("This is no language. Write its code, such as es."))
    return code


def read_contract(text: str) -> str:
    """The code of a contract, from a usual word for it. Raises `CellRefused`.

    >>> read_contract("Befristet")
    'fixed_term'
    """
    code = _CONTRACT_OF.get(folded(text), "")
    if text and not code:
        raise CellRefused(
            _("This contract is not known. Write one of: %(words)s.")
            % {"words": ", ".join(each.replace("_", " ") for each in CONTRACTS)}
        )
    return code


def read_country(text: str) -> str:
    """A country as two letters. Raises `CellRefused`."""
    if text and not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise CellRefused(_("This is no country. Use two letters, such as ES."))
    return text.upper()


def read_day(text: str, *, order: tuple[str, ...]) -> date | None:
    """A day; None for an empty cell. Raises `CellRefused`.

    `order` says how days with a slash are written in this column, as `order_of_days` found out.
    """
    if not text:
        return None
    written = text.partition(" ")[0] if text.endswith(" 00:00:00") else text
    found = read_date(written, patterns=(*_WHOLE_DATES, *order))
    if found is None:
        raise CellRefused(
            _("This day is not clear. Write the year, the month and the day: 2026-01-31.")
        )
    return date.fromisoformat(found)


def order_of_days(texts: Iterable[str]) -> tuple[str, ...]:
    """How a column writes its days with a slash; nothing where that cannot be told.

    >>> order_of_days(["3/4/2026", "25/4/2026"])
    ('D/M/YYYY', 'D-M-YYYY')
    """
    first = second = 0
    for text in texts:
        found = _SLASHED.fullmatch(text)
        if found:
            first, second = max(first, int(found[1])), max(second, int(found[2]))
    if first > 12 >= second:
        return DAY_FIRST
    return MONTH_FIRST if second > 12 >= first else ()
