"""No text for people in a template outside `translate` and `blocktranslate`.

A text that must not be translated has `{# untranslated: reason #}` on its line or the line above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from lint.finding import Finding, is_marked

RULE = "untranslated-template"
MARK = "untranslated"

SHOWN_ATTRIBUTES = frozenset("alt title placeholder aria-label aria-description label".split())
# Not shown, or the same in every language: what a person types or a program prints.
UNTRANSLATED_ELEMENTS = frozenset("script style code kbd samp".split())
LETTER = re.compile(r"[^\W\d_]")
# What carries letters and is the same in every language.
SILENT_WORDS = re.compile(r"&#?\w+;|\bCommonweal\b")
# A text handed to a component: label="…" is untranslated, label=_("…") is not.
HANDED_ON = re.compile(
    r"\b(?:label|title|text|hint|heading|legend|caption|message|summary)=(?P<quote>[\"'])"
    r"(?P<words>.*?)(?P=quote)"
)
TAG = re.compile(r"\{%(?!\s*(?:blocktrans|trans)).*?%\}", re.DOTALL)
TRANSLATED_OR_SILENT = (
    re.compile(r"\{#.*?#\}"),
    re.compile(r"\{%\s*comment\b.*?\bendcomment\s*%\}", re.DOTALL),
    re.compile(r"\{%\s*blocktrans(?:late)?\b.*?\bendblocktrans(?:late)?\s*%\}", re.DOTALL),
    # A block that fills an attribute, by its name.
    re.compile(r"\{%\s*block\s+\w*(?:width|class|language)\s*%\}[\w -]*\{%\s*endblock\s*%\}"),
    re.compile(r"\{%.*?%\}", re.DOTALL),
    re.compile(r"\{\{.*?\}\}", re.DOTALL),
)


def is_words(text: str) -> bool:
    """Whether a text holds something that differs between languages."""
    return bool(LETTER.search(SILENT_WORDS.sub("", text)))


class Texts(HTMLParser):
    """Collects what a browser would show as words, with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in UNTRANSLATED_ELEMENTS
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES and value:
                self._collect(value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in UNTRANSLATED_ELEMENTS

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._collect(data)

    def _collect(self, text: str) -> None:
        first_line = self.getpos()[0]
        for offset, line in enumerate(text.splitlines()):
            if is_words(line):
                self.found.append((first_line + offset, line.strip()))


def without_template_language(text: str) -> str:
    """The text with everything translated or silent taken out, every line kept in its place."""
    for pattern in TRANSLATED_OR_SILENT:
        text = pattern.sub(lambda match: "\n" * match.group().count("\n"), text)
    return text


def handed_on(text: str) -> Iterator[tuple[int, str]]:
    """The plain words given to a component inside a tag, with their lines."""
    for tag in TAG.finditer(text):
        for given in HANDED_ON.finditer(tag.group()):
            if is_words(given["words"]):
                yield text.count("\n", 0, tag.start() + given.start()) + 1, given["words"]


def untranslated(path: str, text: str) -> Iterator[Finding]:
    """Every word in a template that no translator would see."""
    parser = Texts()
    parser.feed(without_template_language(text))
    parser.close()
    lines = text.splitlines()
    for line, words in (*parser.found, *handed_on(text)):
        if not is_marked(lines, line=line, mark=MARK):
            yield Finding(path, line, RULE, f"put “{words[:60]}” in a translate tag.")
