"""Every text of ours that people read, room by room, as translators need it.

Python and templates are read as text; nothing is imported. The catalogue of practices is data, so
its texts are read from its files.
"""

from __future__ import annotations

import ast
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_python
from django.utils.text import camel_case_to_spaces
from django.utils.translation.template import templatize

from commonweal.practices.translation import TEXTS
from commonweal.shared.language import CATALOGUE

SOURCE = "src"
WEB, DOMAIN = f"{SOURCE}/commonweal_web", f"{SOURCE}/commonweal"
PRACTICES = f"{DOMAIN}/practices/catalogue_files"
SEVERITY = f"{DOMAIN}/mitigations/rules/severity.toml"
DONE, ROW = "step of the record", "row of the record"
COMMENT_TAGS = ("Translators:",)

_ONE, _MANY = None, (1, 2)
_IN_CONTEXT, _MANY_IN_CONTEXT = ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS: Mapping[str, Any] = {
    "_": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "marked": _ONE,
    "_t": _ONE,
    "now_translated": _ONE,
    "translate": _ONE,
    "kept": _ONE,
    "ngettext": _MANY,
    "ngettext_lazy": _MANY,
    "pgettext": _IN_CONTEXT,
    "pgettext_lazy": _IN_CONTEXT,
    "npgettext": _MANY_IN_CONTEXT,
    "npgettext_lazy": _MANY_IN_CONTEXT,
}


@dataclass(frozen=True)
class Text:
    """One text with where it stands; `many` is its plural, `context` tells equal words apart."""

    one: str
    many: str = ""
    context: str = ""
    places: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What makes it one text: the words alone are one text with the words and a plural."""
        return self.context, self.one


def folders(root: Path) -> list[Path]:
    """Where texts stand: the domain, and every folder of the web beside our own scripts."""
    web = sorted(path.parent for path in (root / WEB).glob("*/__init__.py"))
    return [root / DOMAIN, *web]


def texts_of(folder: Path, *, root: Path) -> list[Text]:
    """The texts of one folder, each once, with every file it stands in."""
    found: dict[tuple[str, str], Text] = {}
    for text in _every(folder, root=root):
        known = found.get(text.key)
        found[text.key] = _joined(known, text) if known else text
    return list(found.values())


def _joined(known: Text, text: Text) -> Text:
    return Text(
        known.one,
        known.many or text.many,
        known.context,
        tuple(dict.fromkeys((*known.places, *text.places))),
        tuple(dict.fromkeys((*known.comments, *text.comments))),
    )


def _every(folder: Path, *, root: Path) -> Iterator[Text]:
    for path in sorted(folder.rglob("*")):
        where = path.relative_to(root).as_posix()
        if "/migrations/" in where:
            continue
        if path.suffix == ".py":
            source = path.read_text(encoding="utf-8")
            yield from from_python(source, where=where)
            yield from from_names(source, where=where)
        elif path.suffix in {".html", ".txt"} and "/templates/" in where:
            yield from from_template(path.read_text(encoding="utf-8"), where=where)
    if folder == root / DOMAIN:
        yield from from_catalogue(root / PRACTICES, root=root)
        yield from from_severity(root / SEVERITY, root=root)


def from_python(source: str, *, where: str) -> Iterator[Text]:
    """The texts inside translation calls."""
    file: Any = io.BytesIO(source.encode())
    names: Any = list(KEYWORDS)
    for _line, called, messages, comments in extract_python(file, names, COMMENT_TAGS, {}):
        yield from _text(KEYWORDS[str(called)], messages, where=where, comments=comments or ())


def _text(shape: Any, messages: Any, *, where: str, comments: Iterable[str]) -> Iterator[Text]:
    given = messages if isinstance(messages, tuple) else (messages,)
    if any(not isinstance(each, str) or not each for each in given[: _wanted(shape)]):
        return  # a name, not a text: whoever made it marked the text there
    place, notes = (where,), tuple(comments)
    if shape is _ONE:
        yield Text(given[0], places=place, comments=notes)
    elif shape is _MANY:
        yield Text(given[0], given[1], places=place, comments=notes)
    elif shape is _IN_CONTEXT:
        yield Text(given[1], context=given[0], places=place, comments=notes)
    else:
        yield Text(given[1], given[2], context=given[0], places=place, comments=notes)


def _wanted(shape: Any) -> int:
    return 1 if shape is _ONE else len(shape)


def from_names(source: str, *, where: str) -> Iterator[Text]:
    """What the record calls a step and a row: the names of actions and of models, in words."""
    room = where.removeprefix(f"{WEB}/").partition("/")[0]
    if re.search(r"/actions(\.py|/)", where):
        for done in re.findall(rf'"{room}\.([a-z_]+)"', source):
            yield Text(done.replace("_", " "), context=DONE, places=(where,))
    elif re.search(r"/models(\.py|/)", where):
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef) and {"Owned", "Model"} & set(map(_name, node.bases)):
                words = camel_case_to_spaces(node.name)
                yield Text(words, context=ROW, places=(where,))


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def from_template(source: str, *, where: str) -> Iterator[Text]:
    """The texts inside `translate`, `blocktranslate` and `_("…")`.

    Django turns a template into Python calls between blanked-out words, line by line.
    """
    lines = (line.lstrip() for line in templatize(source).splitlines())
    yield from from_python("\n".join(lines), where=where)


def from_catalogue(folder: Path, *, root: Path) -> Iterator[Text]:
    """The texts of the catalogue of practices, each with the entry and field it is."""
    for path in sorted(folder.glob("*.toml")):
        where = path.relative_to(root).as_posix()
        for noun, rows in _toml(path).items():
            if noun in TEXTS and isinstance(rows, str):
                yield _of_data(rows, where=where, note=noun)
            for row in rows if isinstance(rows, list) else ():
                yield from _entry(row, noun=noun, where=where)


def _entry(row: Mapping[str, Any], *, noun: str, where: str) -> Iterator[Text]:
    is_name = noun == "source"  # titles of works and names of publishers stay as they are
    for field, given in row.items():
        texts = [given] if isinstance(given, str) else given
        if field in TEXTS and not (is_name and field == "title"):
            for text in texts:
                yield _of_data(text, where=where, note=f"{noun} {row['id']}, {field}")
    for likely in row.get("signals", ()) if noun in {"choice", "fact"} else ():
        note = f"{noun} {row['id']}, why {likely['signal']} is likely"
        yield _of_data(likely["reason"], where=where, note=note)


def from_severity(path: Path, *, root: Path) -> Iterator[Text]:
    """The sentences by which people judge how severe a harm is."""
    where = path.relative_to(root).as_posix()
    for harm, said in _toml(path)["harms"].items():
        for facet, given in said.items():
            for text in [given] if isinstance(given, str) else given:
                yield _of_data(text, where=where, note=f"{harm}, {facet}")


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _of_data(text: str, *, where: str, note: str) -> Text:
    return Text(text, context=CATALOGUE, places=(where,), comments=(note,))
