"""Report how long functions, files and templates are; exit 1 at a stop.

Stops: a function 60 lines, a source file 400 (migrations apart), a template 150. The medians and
the share of functions over 40 lines are told, so that a drift is seen before anything stops.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
VENDORED = ("*/static/vendor/*", "ui/vendor/*")
FUNCTION_STOP, FILE_STOP, TEMPLATE_STOP = 60, 400, 150
LONG_FUNCTION = 40


@dataclass(frozen=True)
class Measured:
    """One function, file or template with its length in lines."""

    kind: str
    where: str
    lines: int
    stop: int

    @property
    def is_too_long(self) -> bool:
        """Whether it is longer than its kind may be."""
        return self.lines > self.stop

    def __str__(self) -> str:
        return f"{self.where}: {self.kind} of {self.lines} lines; split it below {self.stop}."


def functions(path: str, text: str) -> Iterator[Measured]:
    """Every function in a file, from `def` to its last line, inner ones also on their own."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            where = f"{path}:{node.lineno} {node.name}"
            yield Measured("function", where, length, FUNCTION_STOP)


def measure(path: str, text: str) -> Iterator[Measured]:
    """The lengths that a file has to keep."""
    length = text.count("\n") + (not text.endswith("\n"))
    if path.endswith(".html"):
        yield Measured("template", path, length, TEMPLATE_STOP)
    elif path.endswith(".py") and "/migrations/" not in path:
        yield Measured("file", path, length, FILE_STOP)
        yield from functions(path, text)


def measured_files(root: Path) -> Iterator[Measured]:
    """Everything of ours that git tracks under `root`."""
    command = ["git", "ls-files", "-z", "--", "*.py", "*.html"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    for path in filter(None, listed.split("\0")):
        whole = root / path
        if whole.is_file() and not any(fnmatch(path, each) for each in VENDORED):
            yield from measure(path, whole.read_text(encoding="utf-8"))


def of_kind(found: Iterable[Measured], *, kind: str, under: str) -> list[int]:
    """The lengths of one kind under one folder."""
    return [each.lines for each in found if each.kind == kind and each.where.startswith(under)]


def report(found: Sequence[Measured]) -> Iterator[str]:
    """What is told when nothing stops: medians, the longest, the share of long functions."""
    for under in ("src/", "tests/", "scripts/"):
        for kind in ("function", "file", "template"):
            lengths = of_kind(found, kind=kind, under=under)
            if lengths:
                told = f"median {median(lengths):g}, longest {max(lengths)}"
                yield f"{under:<9}{len(lengths):>6} × {kind}: {told}"
    lengths = of_kind(found, kind="function", under="src/")
    if lengths:
        short = sum(length <= LONG_FUNCTION for length in lengths)
        yield f"src/: {100 * short // len(lengths)} % of functions within {LONG_FUNCTION} lines"
    source, tests = (sum(of_kind(found, kind="file", under=each)) for each in ("src/", "tests/"))
    if source:
        yield f"test lines per source line: {tests / source:.2f}"


def main(root: Path = ROOT) -> int:
    """Print the report and everything over its stop; 1 when there is such."""
    found = list(measured_files(root))
    print("\n".join(report(found)))
    too_long = [each for each in found if each.is_too_long]
    for each in too_long:
        print(each)
    return 1 if too_long else 0


if __name__ == "__main__":
    sys.exit(main())
