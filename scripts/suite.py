"""Run the whole test suite: everything on SQLite, what touches the database on PostgreSQL too.

    python scripts/suite.py [--no-postgres]

The exit status is 1 when a test failed in either run. The last line counts both runs together.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup"]
DATABASE_TESTS = ("tests/web", "tests/api", "tests/journeys")
COUNTED = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")
CLOSING = re.compile(r"^(?:=+ )?.*\d+ (?:passed|failed|skipped|errors?)\b.* in [\d.]+s")


def counts_of(closing: str) -> Counter[str]:
    """What pytest's closing line counts; an error counts as a failure."""
    found: Counter[str] = Counter()
    for number, word in COUNTED.findall(closing):
        found["failed" if word.startswith("error") else word] += int(number)
    return found


def run(title: str, *command: str, environment: Mapping[str, str]) -> tuple[int, Counter[str]]:
    """Run pytest, pass on all it prints, and return its status and counts."""
    print(f"\n── {title} ──", flush=True)
    closing = ""
    with subprocess.Popen(
        command, cwd=ROOT, env=dict(environment), stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            closing = line if CLOSING.match(line) else closing
    return process.returncode, counts_of(closing)


def on_sqlite() -> tuple[int, Counter[str]]:
    """The whole suite on the embedded database."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return run("Everything, on SQLite", *PYTEST, environment=environment)


def on_postgresql() -> tuple[int, Counter[str]]:
    """The tests that touch the database, without the browser, on a PostgreSQL of our own."""
    folders = [folder for folder in DATABASE_TESTS if (ROOT / folder).is_dir()]
    beside = [sys.executable, "scripts/with_postgres"]
    command = [*beside, *PYTEST, "-m", "not browser", *folders]
    title = "What touches the database, on PostgreSQL"
    return run(title, *command, environment=os.environ)


def main(arguments: list[str]) -> int:
    """Both runs, then one line that counts them together."""
    runs = [on_sqlite()]
    if "--no-postgres" not in arguments:
        runs.append(on_postgresql())
    total = sum((counts for _, counts in runs), Counter[str]())
    counted = ", ".join(f"{total[word]} {word}" for word in ("passed", "failed", "skipped"))
    print(f"\ntotal: {counted}", flush=True)
    return 1 if any(status for status, _ in runs) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
