"""The page “practice → room → tests → doc” is the one that the catalogue and the rooms give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from commonweal.practices import catalogue

TOP = Path(__file__).resolve().parents[2]


def test_the_page_of_practices_is_current() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/practices_page.py", "--check"],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_architecture_names_every_practice() -> None:
    text = (TOP / "ARCHITECTURE.md").read_text()
    missing = [each.id for each in catalogue().practices if f"{each.id} " not in text]
    assert missing == []
