"""`commonweal` as an operator runs it: real processes, folders of their own, exit statuses."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REGISTER = (
    Path(__file__).parents[1] / "domain/systems/inventory/data/us_federal_ai_use_cases_2024.csv"
)
ROWS = 2133


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def answer(self) -> Any:
        """What it said to a program."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Installation:
    """A data folder and a keys folder, and a database where it is not in the data folder."""

    folder: Path
    environment: dict[str, str]

    def run(self, *words: str, **settings: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "commonweal_cli", *words],
            env=self.environment | settings,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return Said(done.returncode, done.stdout, done.stderr)


def postgres_beside(url: str) -> Iterator[str]:
    """A database of its own on the same server, gone afterwards."""
    import psycopg

    name = f"commands_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    path, mark, query = url.partition("?")
    try:
        yield f"{path.rsplit('/', 1)[0]}/{name}{mark}{query}"
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


KINDS = ["sqlite", *(["postgresql"] if os.environ.get("DATABASE_URL") else [])]


def installation_in(folder: Path, *, database: str = "") -> Installation:
    folders = {
        "COMMONWEAL_DATA": str(folder / "data"),
        "COMMONWEAL_KEYS": str(folder / "keys"),
        "DATABASE_URL": database,
    }
    return Installation(folder, os.environ | folders)


@pytest.fixture(params=KINDS)
def begun(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An installation with one organisation, on each kind of database there is."""
    url = postgres_beside(os.environ["DATABASE_URL"]) if request.param == "postgresql" else None
    made = installation_in(tmp_path, database=next(url) if url else "")
    said = made.run(*"init --organisation northbank --name Northbank --lead nadia --json".split())
    assert said.status == 0, said.err
    assert {**said.answer, "password": ""} == {
        "database": "ready",
        "organisation": "northbank",
        "lead": "nadia",
        "password": "",
    }
    yield made
    if url:
        next(url, None)


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """Folders with nothing in them."""
    return installation_in(tmp_path)


def counts(said: Said) -> tuple[int, ...]:
    assert said.status == 0, said.err
    names = ("rows", "created", "updated", "unchanged")
    return tuple(said.answer[name] for name in names)


def test_a_register_comes_in_once_and_every_cell_goes_out_again(begun: Installation) -> None:
    bring_in = ("import", "uses", str(REGISTER), "--format", "us-federal-2024", "--json")
    first = begun.run(*bring_in)
    assert counts(first) == (ROWS, ROWS, 0, 0)
    assert all(
        set(each) == {"row", "column", "value", "message"} for each in first.answer["problems"]
    )
    assert counts(begun.run(*bring_in)) == (ROWS, 0, 0, ROWS)
    out = begun.folder / "out.csv"
    taken = begun.run("export", "uses", str(out), "--json")
    assert taken.answer == {"file": str(out), "rows": ROWS}
    with (
        REGISTER.open(encoding="cp1252", newline="") as came,
        out.open(encoding="utf-8-sig", newline="") as went,
    ):
        assert list(csv.reader(went)) == list(csv.reader(came))
    as_json = begun.run("export", "uses", "out.json", "--format", "us-federal-2024")
    assert as_json.status == 0, as_json.err
    written = json.loads((begun.folder / "out.json").read_text())
    assert len(written["records"]) == ROWS
    checked = begun.run("record", "verify", "--json")
    assert checked.status == 0, checked.out[-2000:]


def test_ticking_twice_signs_once(begun: Installation) -> None:
    first, second = begun.run("tick", "--json"), begun.run("tick", "--json")
    assert first.answer["done"]["record.sign_where_grown"] == 1
    assert second.answer["done"]["record.sign_where_grown"] == 0


def test_a_row_that_was_changed_by_hand_is_found(tmp_path: Path) -> None:
    made = installation_in(tmp_path)
    assert made.run("init", "--organisation", "northbank", "--lead", "nadia").status == 0
    assert made.run("record", "verify").status == 0
    with sqlite3.connect(tmp_path / "data" / "commonweal.sqlite3") as database:
        database.execute("UPDATE people_account SET name = 'Mallory'")
    database.close()
    found = made.run("record", "verify", "--json")
    assert found.status == 1
    assert "people.account" in found.out


def refused(said: Said) -> str:
    assert said.status == 2, (said.out, said.err)
    error = said.answer["error"]
    assert set(error) == {"code", "message", "where"}
    assert error["message"]
    return str(error["code"])


def test_what_cannot_be_used_is_refused_with_a_code(tmp_path: Path) -> None:
    made = installation_in(tmp_path)
    assert refused(made.run("tick", "--json")) == "not_ready"
    made.run("init", "--organisation", "northbank")
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04 and no more")
    table: list[tuple[str, Callable[[], Said]]] = [
        ("file_missing", lambda: bring_in("nowhere.csv")),
        ("format_missing", lambda: made.run("import", "uses", str(REGISTER), "--json")),
        ("", lambda: bring_in("cut.xlsx")),
        ("organisation_unknown", lambda: bring_in(str(REGISTER), "--organisation", "nobody")),
        ("ending_unknown", lambda: made.run("export", "uses", "out.pdf", "--json")),
        ("file_not_written", lambda: made.run("export", "uses", "no/where.csv", "--json")),
        (
            "register_unknown",
            lambda: made.run("export", "uses", "o.csv", "--format", "other", "--json"),
        ),
        ("slug_taken", lambda: made.run("init", "--organisation", "northbank", "--json")),
        ("usage", lambda: made.run("tick", "--no-such-option", "--json")),
    ]

    def bring_in(file: str, *more: str) -> Said:
        return made.run("import", "uses", file, "--format", "us-federal-2024", "--json", *more)

    for code, ask in table:
        found = refused(ask())
        assert found == code or not code


def test_keys_among_the_data_are_refused_before_anything_is_written(empty: Installation) -> None:
    inside = {"COMMONWEAL_KEYS": str(empty.folder / "data" / "keys")}
    assert refused(empty.run("init", "--json", **inside)) == "keys_inside_data"
    assert not list(empty.folder.iterdir())
    web = subprocess.run(
        [sys.executable, "-c", "import commonweal_web.house.wsgi"],
        env=empty.environment | inside,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "keys_inside_data" in web.stderr or "inside the data folder" in web.stderr
    assert web.returncode == 1
    assert not list(empty.folder.iterdir())


def test_everything_that_is_made_is_its_owner_s_alone(empty: Installation) -> None:
    previous = os.umask(0o022)
    try:
        assert empty.run("init", "--organisation", "northbank", "--lead", "nadia").status == 0
    finally:
        os.umask(previous)
    made = [each for each in empty.folder.rglob("*") if each.exists()]
    assert {each.name for each in made} >= {"data", "keys", "commonweal.sqlite3", "web.secret"}
    assert [str(each) for each in made if each.stat().st_mode & 0o077] == []
    (empty.folder / "keys" / "web.secret").chmod(0o640)
    assert refused(empty.run("tick", "--json")) == "key_readable"


@pytest.mark.parametrize(
    ("settings", "options", "code"),
    [
        ({}, "", "https_missing"),
        ({"COMMONWEAL_DEBUG": "1", "COMMONWEAL_HTTPS": "1"}, "", "only_on_loopback"),
        ({"COMMONWEAL_DEMO": "1"}, "--insecure", "only_on_loopback"),
        ({"COMMONWEAL_HTTPS": "1"}, "", "unready"),
        ({}, "--insecure", "unready"),
    ],
)
def test_serving_others_is_refused_where_settings_would_let_them_in(
    empty: Installation, settings: dict[str, str], options: str, code: str
) -> None:
    said = empty.run("serve", "--host", "0.0.0.0", *options.split(), **settings)
    assert said.status == 2
    words = {
        "https_missing": "COMMONWEAL_HTTPS=1",
        "only_on_loopback": "listen on 127.0.0.1",
        "unready": "commonweal init",
    }
    assert words[code] in said.err


@pytest.mark.parametrize("command", ["changepassword", "createsuperuser", "loaddata", "flush"])
def test_commands_that_would_write_past_the_record_are_refused(
    empty: Installation, command: str
) -> None:
    assert refused(empty.run("manage", command, "--json")) == "past_the_record"
    assert not (empty.folder / "data").exists()


def test_the_demo_hashes_its_printed_passwords_cheaply_and_nothing_else_does(
    empty: Installation,
) -> None:
    ask = "from django.conf import settings; print(settings.PASSWORD_HASHERS[0])"
    code = (
        f"import os; os.environ['DJANGO_SETTINGS_MODULE']='commonweal_web.house.settings'; {ask}"
    )

    def hasher(**settings: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", code],
            env=empty.environment | settings,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    assert hasher(COMMONWEAL_DEMO="1").endswith("DemoPasswordHasher")
    assert hasher(COMMONWEAL_DEMO="0").endswith("hashers.Argon2PasswordHasher")
