"""`commonweal import people`, as an operator runs it: its answer, its exit status, its record."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HEAD = "id,name,site,group,contract,country\n"
GOOD = (
    HEAD + "1,Ana,Harbour,Pickers,permanent,ES\n2,Bo,Harbour,Pickers,,\n3,Chi,Harbour,Pickers,,\n"
)
BAD = GOOD.replace("2,Bo,", "1,Bo,")
NOTHING = {"joined": 0, "changed": 0, "moved": 0, "left": 0, "unchanged": 0}


def commonweal(*words: str, environment: dict[str, str]) -> tuple[int, Any]:
    """The exit status of a command, and what it said to a program."""
    done = subprocess.run(
        [sys.executable, "-m", "commonweal_cli", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return done.returncode, json.loads(done.stdout) if done.stdout.startswith("{") else done.stdout


@pytest.fixture
def bring_in(settings_of: dict[str, str], tmp_path: Path) -> Callable[..., tuple[int, Any]]:
    """Brings a text in as a roster: `bring_in(GOOD, "--dry-run")`."""
    init = commonweal("init", "--organisation", "acme", "--json", environment=settings_of)
    assert init[0] == 0

    def one(text: str, *words: str) -> tuple[int, Any]:
        file = tmp_path / "people.csv"
        file.write_text(text)
        return commonweal(
            *("import", "people", str(file), "--organisation", "acme", "--json", *words),
            environment=settings_of,
        )

    return one


def test_a_roster_comes_in_whole_or_not_at_all_and_once(
    bring_in: Callable[..., tuple[int, Any]], settings_of: dict[str, str]
) -> None:
    new = "--make-workplaces"
    status, answer = bring_in(BAD, new)
    assert status == 1
    (problem,) = answer.pop("problems")
    assert (problem["row"], problem["column"], problem["value"]) == (3, "id", "1")
    assert answer == {"rows": 3, **NOTHING}
    assert bring_in(GOOD, new, "--dry-run")[1]["joined"] == 3
    assert bring_in(GOOD, new) == (0, {"rows": 3, **NOTHING, "joined": 3, "problems": []})
    assert bring_in(GOOD, new) == (0, {"rows": 3, **NOTHING, "unchanged": 3, "problems": []})
    renamed = GOOD.replace("id,", "Zeichen,")
    assert bring_in(renamed)[1]["error"]["code"] == "columns_missing"
    assert bring_in(renamed, "--column", "number=Zeichen")[1]["unchanged"] == 3
    status, answer = bring_in(HEAD + "3,Chi,Harbour,Pickers,,\n", "--lists", "everyone")
    assert (status, answer["error"]["code"]) == (2, "many_leave")
    verified = commonweal("record", "verify", environment=settings_of)
    assert verified[0] == 0
