"""Spanish and German say everything that English says, with the same places in each text."""

from __future__ import annotations

from pathlib import Path

from wording.faults import faults


def test_spanish_and_german_are_complete() -> None:
    assert list(faults(Path(__file__).resolve().parents[2])) == []
