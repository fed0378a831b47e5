"""Hold every tracked file to our own rules; print what breaks one and exit 1.

python scripts/check_rules.py
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from lint import floats, names, templates, texts, traces, writes
from lint.finding import Finding

ROOT = Path(__file__).resolve().parent.parent
VENDORED = ("*/static/vendor/*", "ui/vendor/*")


@dataclass(frozen=True)
class Rule:
    """A check of one file, and the files it looks at."""

    files: tuple[str, ...]
    check: Callable[[str, str], Iterable[Finding]]
    except_files: tuple[str, ...] = ()

    def looks_at(self, path: str) -> bool:
        """Whether this file is one of the rule's."""
        is_named = any(fnmatch(path, pattern) for pattern in self.files)
        return is_named and not any(fnmatch(path, pattern) for pattern in self.except_files)


RULES = (
    Rule(("src/commonweal_web/*.py", "src/commonweal_cli/*.py"), writes.writes),
    # Django copies the texts of models into migrations, where nobody reads them.
    Rule(("src/commonweal_web/*.py",), texts.untranslated, except_files=("*/migrations/*",)),
    Rule(("src/commonweal_web/*.html",), templates.untranslated),
    Rule(("src/*.py", "scripts/*.py", "tests/*.py"), lambda path, text: names.empty_names(path)),
    Rule(("src/commonweal/*.py",), floats.floats),
    Rule(("*",), traces.traces),
)


def tracked_files(root: Path) -> list[str]:
    """The files git knows, beside those only vendored here."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=root, check=True, capture_output=True, text=True
    ).stdout
    paths = [path for path in listed.split("\0") if path and (root / path).is_file()]
    return [path for path in paths if not any(fnmatch(path, each) for each in VENDORED)]


def read_text(path: Path) -> str | None:
    """The text of a file, or None when it holds none (a picture, a font)."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def findings(root: Path) -> Iterator[Finding]:
    """Everything in the tracked files that breaks a rule."""
    for path in tracked_files(root):
        text = read_text(root / path)
        for rule in RULES:
            if text is not None and rule.looks_at(path):
                yield from rule.check(path, text)


def main(root: Path = ROOT) -> int:
    """Print the findings; 1 when there are any."""
    found = sorted(findings(root))
    for each in found:
        print(each)
    print(f"own rules: {len(found)} findings", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
