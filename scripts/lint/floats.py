"""No binary fraction in the domain, where thresholds decide: int, Fraction or Decimal.

A measured quantity that decides nothing carries `# measured: reason`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lint.finding import Finding, is_marked

RULE = "inexact-threshold"
MARK = "measured"

# Where a binary fraction decides nothing, and why.
EXEMPT = {
    "labour_market/": "simulates; shares of people come out as ranges",
    "audits/": "measures; where a limit decides, it compares fractions",
    "wellbeing/": "measures, as its instrument prescribes",
    "systems/inventory/": "reads cells that others wrote, and guesses encodings",
    "practices/": "the catalogue: texts and their spelling",
}


def is_exempt(path: str) -> bool:
    """Whether no threshold is decided in this file."""
    return any(path.startswith(f"src/commonweal/{part}") for part in EXEMPT)


def floats(path: str, text: str) -> Iterator[Finding]:
    """Every float literal and every call of float() in a domain file that may decide."""
    if is_exempt(path):
        return
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        if (literal or is_conversion(node)) and not is_marked(
            lines, line=line_of(node), mark=MARK
        ):
            yield Finding(path, line_of(node), RULE, "use int, Fraction or Decimal, not float.")


def is_conversion(node: ast.AST) -> bool:
    """Whether this is a call of float(…)."""
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"


def line_of(node: ast.AST) -> int:
    """The line of an expression."""
    return int(getattr(node, "lineno", 1))
