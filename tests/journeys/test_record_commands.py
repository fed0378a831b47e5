"""Every `commonweal record` command in a process of its own, against a real installation.

Called inside a test process, Django is set up already and a command that reads its models too
early still works; only a fresh process shows it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

Done = subprocess.CompletedProcess[str]
MAIN = "from commonweal_cli.main import main; main()"
PEOPLE = """
import json, sys
import django; django.setup()
from django.utils import timezone
from commonweal_web.organisations.models import Organisation
from factories import people
now, made = timezone.now(), Organisation.objects.get()
leads = [people.a_person(made, "people_lead", at=now) for _ in range(2)]
worker = people.a_person(made, "worker", at=now, name="Wanda Worthwhile-Unmistakable")
from commonweal_web.record.models import LogLeaf, Opening
first = LogLeaf.objects.get(subject=f"people.account:{worker.pk}")
salt = bytes(Opening.objects.get(organisation=made, index=first.index).salt).hex()
print(json.dumps({"leads": [each.username for each in leads], "worker": str(worker.pk),
                  "salt": salt}))
"""


class Installation:
    """A data folder and a keys folder, and the commands run on them."""

    def __init__(self, folder: Path, *, source: Path) -> None:
        self.folder, self.source = folder, source
        self.data, self.keys = folder / "data", folder / "keys"

    def run(self, *words: object, code: str = MAIN, **changed: str) -> Done:
        """A fresh process; `changed` are variables of its environment."""
        known = {
            key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")
        }
        known |= {
            "COMMONWEAL_DATA": str(self.data),
            "COMMONWEAL_KEYS": str(self.keys),
            "PYTHONPATH": os.pathsep.join(str(self.source / each) for each in ("src", "tests")),
        }
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, words)],
            env=known | changed,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def record(self, *words: object) -> str:
        """A `record` command that must succeed; what it prints."""
        done = self.run("record", *words)
        assert (done.returncode, done.stderr) == (0, ""), (words, done)
        return done.stdout

    def sql(self, statement: str) -> None:
        """Change the database around the software."""
        code = (
            "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); "
            "done = db.execute(sys.argv[2]); assert done.rowcount, sys.argv; db.commit()"
        )
        done = self.run(self.data / "commonweal.sqlite3", statement, code=code)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def empty(tmp_path: Path, checkout: Path) -> Installation:
    made = Installation(tmp_path, source=checkout)
    assert made.run("init").returncode == 0
    return made


@pytest.fixture
def installed(empty: Installation) -> Installation:
    done = empty.run("init", "--organisation", "northbank", "--name", "Northbank")
    assert done.returncode == 0, done.stderr
    return empty


@pytest.fixture
def people(installed: Installation) -> dict[str, Any]:
    settings = "commonweal_web.house.settings"
    done = installed.run(code=PEOPLE, DJANGO_SETTINGS_MODULE=settings)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def problems(done: Done) -> list[str]:
    found = json.loads(done.stdout)
    inner = [each for record in found["records"] for each in record["problems"]]
    return [each["code"] for each in (*inner, *found["problems"])]


def test_every_record_command_works_in_a_fresh_process(installed: Installation) -> None:
    folder = installed.folder
    assert "Signed: the first 0 steps" in installed.record("verify")
    note = installed.record("checkpoint")
    assert note.startswith("northbank/record\n")
    installed.record("export", folder / "record.json")
    assert json.loads(installed.record("proof", "0"))["index"] == 0
    words = ["--name", "union.example", "--store", folder / "store", "--out", folder / "out.txt"]
    public_key = installed.record("witness", *words, "--export", folder / "record.json")
    named = public_key.splitlines()[0]
    assert "is named" in installed.record("add-witness", "--organisation", "northbank", named)
    kept = installed.record("cosignature", "--organisation", "northbank", folder / "out.txt")
    assert kept.startswith("Kept: union.example confirms")
    assert "+" in installed.record("replace-key", "--organisation", "northbank")
    told = installed.record("verify", "--organisation", "northbank")
    assert "named by operator" in told


def test_an_export_is_verified_where_django_has_no_settings(installed: Installation) -> None:
    installed.record("checkpoint")
    installed.record("export", "record.json")
    words = ("record", "verify", "--export", "record.json")
    done = installed.run(*words, DJANGO_SETTINGS_MODULE="there.is.none")
    assert (done.returncode, done.stderr) == (0, "")
    elsewhere = installed.run(*words, COMMONWEAL_DATA="/nowhere", COMMONWEAL_KEYS="/nowhere")
    assert elsewhere.returncode == 0


def test_after_an_erasure_neither_name_nor_salt_is_left_in_any_file_of_the_database(
    installed: Installation, people: dict[str, Any]
) -> None:
    marks = (b"Worthwhile-Unmistakable", bytes.fromhex(people["salt"]))
    assert all(_is_left(installed, mark) for mark in marks)
    asker, approver = people["leads"]
    words = ["--organisation", "northbank", "--reason", "asked for", "--requester", asker]
    subject = f"people.account:{people['worker']}"
    installed.record("erase", *words, "--approver", approver, subject)
    assert not any(_is_left(installed, mark) for mark in marks)
    assert f"Erased on the record: {subject}" in installed.record("verify")


def test_an_erasure_needs_two_people_who_sign_in_also_on_the_server(
    installed: Installation, people: dict[str, Any]
) -> None:
    asker = people["leads"][0]
    words = ["record", "erase", "--organisation", "northbank", "--reason", "asked for"]
    words += ["--requester", asker, f"people.account:{people['worker']}"]
    for approver, why in ((asker, "second person"), ("nobody", "Nobody signs in")):
        done = installed.run(*words, "--approver", approver)
        assert (done.returncode, why in done.stderr) == (2, True), done
    assert "Erased" not in installed.record("verify")


def test_an_empty_installation_has_nothing_to_verify(empty: Installation) -> None:
    assert "nothing to verify" in empty.record("verify")


def test_deleting_a_whole_organisation_is_found_by_its_keys(installed: Installation) -> None:
    installed.record("checkpoint")
    for table in ("checkpoint", "logkey", "logleaf", "lognode", "opening", "loghead"):
        installed.sql(f"DELETE FROM record_{table}")
    installed.sql("DELETE FROM organisations_organisation")
    done = installed.run("record", "verify", "--json")
    assert (done.returncode, set(problems(done))) == (1, {"organisation_missing"})


def test_rows_that_are_left_of_a_deleted_organisation_are_found_without_keys(
    installed: Installation,
) -> None:
    installed.sql("DELETE FROM organisations_organisation")
    for path in installed.keys.glob("*-*"):
        path.unlink()
    done = installed.run("record", "verify", "--json")
    assert (done.returncode, set(problems(done))) == (1, {"row_orphan"})


def test_an_old_copy_of_the_database_is_neither_verified_nor_signed(
    installed: Installation,
) -> None:
    installed.record("checkpoint")
    database = installed.data / "commonweal.sqlite3"
    old = database.read_bytes()
    installed.record("replace-key", "--organisation", "northbank")
    installed.record("checkpoint")
    for path in installed.data.glob("commonweal.sqlite3*"):
        path.unlink()
    database.write_bytes(old)
    done = installed.run("record", "verify", "--json")
    assert (done.returncode, set(problems(done))) == (1, {"log_rolled_back", "key_row_missing"})
    refused = installed.run("record", "checkpoint")
    assert (refused.returncode, "signed last" in refused.stderr) == (2, True)


def test_a_tick_signs_what_it_can_and_names_what_it_cannot(installed: Installation) -> None:
    [seal] = installed.keys.glob("seal-*.key")
    seal.rename(seal.with_suffix(".away"))
    assert installed.run("init", "--organisation", "southquay").returncode == 0
    done = installed.run("tick", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert "northbank (seal_key_missing)" in found["failed"]["record.sign_where_grown"]
    assert len(found["done"]) > 2
    assert "Signed: the first 0 steps" not in installed.record(
        "verify", "--organisation", "southquay"
    )


def _is_left(installed: Installation, mark: bytes) -> bool:
    paths = installed.data.glob("commonweal.sqlite3*")
    return any(mark in path.read_bytes() for path in paths)
