"""A roster of 50,000 people, as the whole command: how long it takes and how much memory.

The promise, on an idle machine: under 30 s and under 500 MB. The same file a second time changes
nothing.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

PEOPLE = 50_000
HEADINGS = "id,name,e-mail,site,group,contract,country,language,since,until".split(",")


def write_roster(path: Path, *, people: int) -> None:
    """A roster of 20 sites and 200 groups."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(HEADINGS)
        for n in range(people):
            place = (f"Site {n % 20}", f"Group {n % 200}", "permanent", "ES")
            email = f"p{n}@example.org" if n % 3 else ""
            rows.writerow(
                (f"P{n:06}", f"Persona {n} García", email, *place, "es", "2020-01-15", "")
            )


def cpu_seconds() -> float:
    """The time that finished commands had of the processor; others do not count in it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_roster(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = {
        "COMMONWEAL_DATA": str(tmp_path / "data"),
        "COMMONWEAL_KEYS": str(tmp_path / "keys"),
    }
    environment = os.environ | folders
    command = [sys.executable, "-m", "commonweal_cli"]
    subprocess.run([*command, "init", "--organisation", "acme"], env=environment, check=True)
    file = tmp_path / "people.csv"
    write_roster(file, people=PEOPLE)
    bring_in = [*command, "import", "people", str(file), "--organisation", "acme", "--json"]
    for expected in ("joined", "unchanged"):
        began, worked = time.perf_counter(), cpu_seconds()
        done = subprocess.run(
            [*bring_in, "--make-workplaces"], env=environment, check=True, capture_output=True
        )
        seconds, cpu = time.perf_counter() - began, cpu_seconds() - worked
        assert json.loads(done.stdout)[expected] == PEOPLE
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        with capsys.disabled():
            print(f"\n{PEOPLE:,} people, {expected}: {seconds:.1f} s, {cpu:.1f} of CPU, {most} MB")
        assert cpu < 30
        assert most < 500
