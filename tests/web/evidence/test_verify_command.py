"""`commonweal record verify` opens every kept file, and names what is not as recorded."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from click.testing import CliRunner

from commonweal_cli import installation
from commonweal_cli.record import command
from commonweal_web.evidence import storage
from factories.evidence import a_file
from factories.mitigations import Workplace


@pytest.fixture(autouse=True)
def _open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The installation is open already: it is the test's own."""
    monkeypatch.setattr(installation, "open_installation", lambda: None)


def verified(*more: str) -> tuple[int, list[dict[str, Any]]]:
    done = CliRunner().invoke(
        command, ["verify", "--organisation", "northbank", "--json", *more], standalone_mode=False
    )
    assert done.exception is None, done.exception
    return done.return_value, json.loads(done.output)["records"][0]["problems"]


def test_a_kept_file_that_is_gone_is_a_problem_of_the_record(
    place: Workplace, now: datetime
) -> None:
    row = a_file(place.lead, place.use, at=now)
    assert verified() == (0, [])
    storage.remove(row.stored_as)
    code, problems = verified()
    assert code == 1
    assert [(each["code"], each["subject"]) for each in problems] == [
        ("evidence_missing", f"evidence.evidence:{row.pk}")
    ]
    assert verified("--without-files") == (0, [])
