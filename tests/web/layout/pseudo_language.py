"""Languages that nobody speaks: every translated text stands between marks, so the rest shows.

`XA` is what a page is read in. `XB` is spoken while things are done, so that a sentence that was
stored instead of said can be told from what people typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.apps import apps
from django.db.models import CharField, JSONField, TextField

from wording.extracting import folders, texts_of
from wording.files import Texts, as_compiled

ROOT = Path(__file__).resolve().parents[3]
XA, XB = "xa", "xb"
MARKS = {XA: "⟦⟧", XB: "⟪⟫"}
INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{2,}")
SHOWN_ATTRIBUTES = frozenset("alt title placeholder aria-label aria-description label".split())
SILENT = frozenset("script style code kbd samp svg textarea pre".split())
ID = re.compile(r"\b(?:RPU|RS|OS)\d+\b")
THIRD_PARTIES = (("django", "conf"), ("django", "contrib/auth"), ("allauth", ""))


def write_catalogues(folder: Path) -> None:
    """Compile both languages into a folder that LOCALE_PATHS can name."""
    for language, marks in MARKS.items():
        path = folder / language / "LC_MESSAGES" / "django.mo"
        path.parent.mkdir(parents=True)
        path.write_bytes(as_compiled(_catalogue(marks)))


def _catalogue(marks: str) -> Catalog:
    found = Texts(locale="en", fuzzy=False)
    for id, context in {*_of_others(), *_ours()}:
        said = tuple(_between(form, marks) for form in (id if isinstance(id, tuple) else (id,)))
        found.add(id, string=said if isinstance(id, tuple) else said[0], context=context)
    return found


def _between(text: str, marks: str) -> str:
    return f"{marks[0]}{text}{marks[1]}"


def _ours() -> Iterator[tuple[Any, str | None]]:
    for folder in folders(ROOT):
        for text in texts_of(folder, root=ROOT):
            yield (text.one, text.many) if text.many else text.one, text.context or None


def _of_others() -> Iterator[tuple[Any, str | None]]:
    for package, part in THIRD_PARTIES:
        path = files(package) / part / "locale" / "en" / "LC_MESSAGES" / "django.po"
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and not _is_format(message):
                    id = tuple(message.id) if isinstance(message.id, list) else message.id
                    yield id, message.context


def _is_format(message: Any) -> bool:
    """Django keeps the layout of names of units and numbers among its texts."""
    return bool(message.context and message.context.startswith("alt. month"))


class Shown(HTMLParser):
    """The texts a browser shows or says, one by one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        self.texts += [value for name, value in attrs if name in SHOWN_ATTRIBUTES and value]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def unmarked_words(html: str, *, typed: list[str]) -> Iterator[str]:
    """What a page shows that is neither translated nor typed by anybody."""
    parser = Shown()
    parser.feed(html)
    parser.close()
    for text in parser.texts:
        left = _without_marked(text)
        if WORD.search(left):
            left = _without_typed(left, typed=typed)
            if WORD.search(left):
                yield " ".join(left.split())


def _without_marked(text: str) -> str:
    while (shorter := INNERMOST.sub(" ", text)) != text:
        text = shorter
    return ID.sub(" ", text)


def _without_typed(text: str, *, typed: list[str]) -> str:
    for each in typed:
        if each in text:
            text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", " ", text)
    return text


def stored_texts() -> Iterator[tuple[str, str]]:
    """Every text in the database with the column it stands in; values of choices left out."""
    for model in apps.get_models():
        columns = [field for field in model._meta.concrete_fields if _holds_text(field)]
        for row in model._default_manager.all():
            for field in columns:
                for text in _texts_in(getattr(row, field.attname)):
                    yield f"{model._meta.label}.{field.name}", text


def _holds_text(field: Any) -> bool:
    return isinstance(field, CharField | TextField | JSONField) and not field.choices


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts_in(each)


def is_phrase(text: str) -> bool:
    """Whether a stored text is words of people and not a code of ours."""
    return bool(re.search(r"\s|[A-Z]|@", text)) and bool(WORD.search(text))


__all__ = ["XA", "XB", "is_phrase", "stored_texts", "unmarked_words", "write_catalogues"]
