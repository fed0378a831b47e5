"""What is wrong with a translation: missing, fuzzy, other placeholders, one text said two ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from wording.extracting import folders
from wording.files import LANGUAGES, is_translated, path_of, read

PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|%%|\{\w*\}")
LONE_PERCENT = re.compile(r"(?<!%)(?:%%)*%(?!\(\w+\)|%)")
EDGES = re.compile(r"^(\s*)(?:.*\S)?(\s*)$", re.DOTALL)


def faults(root: Path, *, languages: Iterable[str] = LANGUAGES) -> Iterator[str]:
    """Every fault in the files of these languages, missing translations too, one line each."""
    for language in languages:
        said: dict[tuple[str, str | None], tuple[object, str]] = {}
        for folder in folders(root):
            path = path_of(folder, language=language)
            where = path.relative_to(root).as_posix()
            for message in _messages(read(path, language=language)):
                yield from (f"{where}: {fault}" for fault in faults_of(message))
                yield from _said_otherwise(message, where=where, said=said)


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def faults_of(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    named = f"“{_first(message.id)}”"
    if message.fuzzy:
        yield f"{named} is marked fuzzy. Finish it and take the mark away."
    elif not is_translated(message):
        yield f"{named} is not translated, or lacks a form."
    else:
        yield from (f"{named} {fault}" for fault in _unlike(message))


def _unlike(message: Message) -> Iterator[str]:
    wanted = [set(PLACEHOLDER.findall(form)) for form in _forms(message.id)]
    for place, form in enumerate(_forms(message.string)):
        found = set(PLACEHOLDER.findall(form))
        if _is_odd(found, wanted=wanted, place=place):
            odd = ", ".join(sorted(found ^ wanted[min(place, len(wanted) - 1)]))
            yield f"has other placeholders in its translation: {odd}."
        if "%(" in form and LONE_PERCENT.search(form):
            yield "has a lone % in its translation. Write %%."
        if _edges(form) != _edges(_first(message.id)):
            yield "begins or ends with other blanks than its translation."


def _is_odd(found: set[str], *, wanted: list[set[str]], place: int) -> bool:
    """Whether the places differ; the form for one may leave the number out or write it."""
    if len(wanted) == 1 or place > 0:
        return found != wanted[-1]
    return bool(found - wanted[-1]) or len(wanted[-1] - found) > 1


def _said_otherwise(
    message: Message, *, where: str, said: dict[tuple[str, str | None], tuple[object, str]]
) -> Iterator[str]:
    """The same words are one text for the program: the last file read would win everywhere."""
    if not is_translated(message):
        return
    key = (_first(message.id), message.context)
    known, place = said.setdefault(key, (message.string, where))
    if known != message.string and isinstance(known, str) == isinstance(message.string, str):
        yield (
            f"{where}: “{key[0]}” is translated otherwise in {place}. Say it in one way, or give "
            "one of the two a context (pgettext, or `context` in a template)."
        )


def _forms(given: object) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)  # type: ignore[arg-type]


def _first(given: object) -> str:
    return _forms(given)[0]


def _edges(text: str) -> tuple[str, ...]:
    found = EDGES.match(text)
    return found.groups() if found else ()
