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
UNSHOWN_ELEMENTS = frozenset({"script", "style"})
LETTER = re.compile(r"[^\W\d_]")
ENTITY = re.compile(r"&#?\w+;")
TRANSLATED_OR_SILENT = (
    re.compile(r"\{#.*?#\}"),
    re.compile(r"\{%\s*comment\b.*?\bendcomment\s*%\}", re.DOTALL),
    re.compile(r"\{%\s*blocktrans(?:late)?\b.*?\bendblocktrans(?:late)?\s*%\}", re.DOTALL),
    re.compile(r"\{%.*?%\}", re.DOTALL),
    re.compile(r"\{\{.*?\}\}", re.DOTALL),
)


class Texts(HTMLParser):
    """Collects what a browser would show as words, with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in UNSHOWN_ELEMENTS
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES and value:
                self._collect(value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in UNSHOWN_ELEMENTS

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._collect(data)

    def _collect(self, text: str) -> None:
        first_line = self.getpos()[0]
        for offset, line in enumerate(text.splitlines()):
            if LETTER.search(ENTITY.sub("", line)):
                self.found.append((first_line + offset, line.strip()))


def without_template_language(text: str) -> str:
    """The text with everything translated or silent taken out, every line kept in its place."""
    for pattern in TRANSLATED_OR_SILENT:
        text = pattern.sub(lambda match: "\n" * match.group().count("\n"), text)
    return text


def untranslated(path: str, text: str) -> Iterator[Finding]:
    """Every word in a template that no translator would see."""
    parser = Texts()
    parser.feed(without_template_language(text))
    parser.close()
    lines = text.splitlines()
    for line, words in parser.found:
        if not is_marked(lines, line=line, mark=MARK):
            yield Finding(path, line, RULE, f"put “{words[:60]}” in a translate tag.")
