"""No binary fraction in the domain, where thresholds decide: int, Fraction or Decimal.

A measured quantity that decides nothing carries `# measured: reason`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lint.finding import Finding, is_marked

RULE = "inexact-threshold"
MARK = "measured"

# Rooms that measure and simulate; where they decide, they compare exactly.
MEASURING_ROOMS = ("labour_market", "audits", "wellbeing")


def is_measuring(path: str) -> bool:
    """Whether this file belongs to a room that computes in binary fractions by its nature."""
    return any(path.startswith(f"src/commonweal/{room}/") for room in MEASURING_ROOMS)


def floats(path: str, text: str) -> Iterator[Finding]:
    """Every float literal and every call of float() in a domain file that may decide."""
    if is_measuring(path):
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
