"""The files translators write in: one of texts per folder and language, and its compiled twin."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from wording.extracting import Text, folders, texts_of

LANGUAGES = ("es", "de")
NAMES = {"es": "Spanish", "de": "German"}
WIDTH = 96


class Texts(Catalog):
    """A file of texts whose heading says nothing that changes by itself."""

    def _heading(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]

    def _read_heading(self, _headers: object) -> None:
        """What stands there is written anew each time."""

    mime_headers = property(_heading, _read_heading)


def path_of(folder: Path, *, language: str) -> Path:
    """The file of one folder's texts in one language."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, *, language: str) -> Catalog:
    """The translations in a file; none where there is no file yet."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merged(texts: Iterable[Text], *, old: Catalog, language: str) -> Catalog:
    """The texts of now with the translations of before; what is gone is kept aside.

    A text that was changed is a new text: nothing is guessed from a similar one.
    """
    heading = f"# Commonweal in {NAMES[language]}. How to translate: docs/how-to/translate.md"
    fresh = Texts(locale=language, header_comment=heading, fuzzy=False)
    for text in texts:
        fresh.add(
            (text.one, text.many) if text.many else text.one,
            string=_known(text, old=old),
            locations=[(place, 0) for place in text.places],
            auto_comments=text.comments,
            context=text.context or None,
        )
    _keep_aside(old, fresh=fresh)
    return fresh


def _known(text: Text, *, old: Catalog) -> Any:
    """Its translation, if one person has finished it: what is marked fuzzy counts as none."""
    kept = old.get(text.one, text.context or None) or _aside(text, old=old)
    if kept is None or kept.fuzzy or bool(text.many) != kept.pluralizable:
        return None
    return kept.string


def _aside(text: Text, *, old: Catalog) -> Message | None:
    ours = (text.one, text.context or None)
    return next((each for each in old.obsolete.values() if _name(each) == ours), None)


def _name(message: Message) -> tuple[str, str | None]:
    one = message.id if isinstance(message.id, str) else message.id[0]
    return one, message.context


def _keep_aside(old: Catalog, *, fresh: Catalog) -> None:
    now = {_name(message) for message in fresh if message.id}
    for message in (*old, *old.obsolete.values()):
        if message.id and is_translated(message) and _name(message) not in now:
            gone = Message(message.id, message.string, context=message.context)
            key = (_name(message)[0], message.context or "")
            fresh.obsolete[key] = gone


def is_translated(message: Message) -> bool:
    """Whether every form is there."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(forms) and all(each and each.strip() for each in forms)


def as_text(catalog: Catalog) -> bytes:
    """The file translators write in."""
    file = io.BytesIO()
    write_po(file, catalog, width=WIDTH, sort_by_file=True, include_lineno=False)
    return file.getvalue()


def as_compiled(catalog: Catalog) -> bytes:
    """The file programs read; what is fuzzy or without translation is left out."""
    file = io.BytesIO()
    write_mo(file, catalog, use_fuzzy=False)
    return file.getvalue()


def files(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file as it should be, with its content."""
    for folder in folders(root):
        texts = texts_of(folder, root=root)
        for language in LANGUAGES if texts else ():
            path = path_of(folder, language=language)
            catalog = merged(texts, old=read(path, language=language), language=language)
            yield path, as_text(catalog)
            yield path.with_suffix(".mo"), as_compiled(catalog)
