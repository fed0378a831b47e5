"""No text for people in Python without a translation call.

A text that must not be translated (a name, a code) carries `# untranslated: reason`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lint.finding import Finding, is_marked

RULE = "untranslated-text"
MARK = "untranslated"

SHOWN_KEYWORDS = frozenset(
    "label help_text verbose_name verbose_name_plural empty_label title".split()
)
MESSAGE_CALLS = frozenset("debug info success warning error".split())
CHOICES = frozenset({"TextChoices", "IntegerChoices", "Choices"})
OUR_NAME = "Commonweal"
LETTER = re.compile(r"[^\W\d_]")


def untranslated(path: str, text: str) -> Iterator[Finding]:
    """Every literal that a person would read and no translator would see."""
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        for literal in shown_literals(node):
            if not is_marked(lines, line=literal.lineno, mark=MARK):
                message = f"wrap {ast.unparse(literal)} in gettext or gettext_lazy."
                yield Finding(path, literal.lineno, RULE, message)


def shown_literals(node: ast.AST) -> Iterator[ast.expr]:
    """The plain literals with letters that this node shows to people."""
    if isinstance(node, ast.Call):
        shown = [word.value for word in node.keywords if word.arg in SHOWN_KEYWORDS]
        shown += node.args[1:2] if is_message(node) else []
        yield from filter(is_text, shown)
    if isinstance(node, ast.ClassDef) and is_choices(node):
        for statement in node.body:
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Tuple):
                yield from filter(is_text, statement.value.elts[1:])


def is_message(call: ast.Call) -> bool:
    """Whether this is `messages.success(request, …)` or one of its siblings."""
    called = call.func
    return (
        isinstance(called, ast.Attribute)
        and called.attr in MESSAGE_CALLS
        and isinstance(called.value, ast.Name)
        and called.value.id == "messages"
    )


def is_choices(node: ast.ClassDef) -> bool:
    """Whether a class lists the choices of a field with their labels."""
    names = {
        base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
        for base in node.bases
    }
    return bool(names & CHOICES)


def is_text(node: ast.expr) -> bool:
    """A string literal, also one with holes, that holds a letter."""
    if isinstance(node, ast.JoinedStr):
        return any(is_text(part) for part in node.values)
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(LETTER.search(node.value.replace(OUR_NAME, "")))
    )
