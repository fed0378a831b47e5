"""A backup taken while the server writes, and everything that keeps a wrong one from coming back.

Real processes on real databases: SQLite, and PostgreSQL as well when the tests run on it.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from commonweal.operations import BackupRejected, begin_backup, open_backup
from commonweal_cli.backup import refuse_incomplete
from journeys.conftest import free_port
from journeys.own_database import own_installation, run
from journeys.test_kill_during_writes import JUDGE, PREPARE, Answers, kill, start

PASSPHRASE = "lantern orbit mustard velvet canoe"
CLIENTS, BEFORE = 200, 40
BLOB = "0123456789abcdef" * 2 + "/" + "fedcba9876543210" * 2
STEP = """
import django; django.setup()
from datetime import datetime, UTC
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record.actions import sign_checkpoint
from commonweal_web.record.action import action
now, made = datetime.now(UTC), Organisation.objects.get(slug="northbank")
with action("tests.rename", organisation=made, by=operator(), at=now) as act:
    act.change(made, name=f"{made.name} & more")
sign_checkpoint(organisation=made, by=operator(), at=now)
print(sign_checkpoint(organisation=made, by=operator(), at=now).size)
"""
ATTACH = """
import django; django.setup()
from datetime import datetime, UTC
from commonweal_web.people.models import Account
from factories import evidence, systems
now, lead = datetime.now(UTC), Account.objects.get()
use = systems.a_use(lead.organisation, at=now, by=lead)
print(evidence.a_file(lead, use, at=now).sha256)
"""
SESSIONS = """
import django; django.setup()
from django.contrib.sessions.models import Session
print(Session.objects.count())
"""


@dataclass(frozen=True)
class Place:
    """An installation, or an empty place for one."""

    folder: Path
    environment: dict[str, str]

    @property
    def data(self) -> Path:
        return Path(self.environment["COMMONWEAL_DATA"])

    @property
    def keys(self) -> Path:
        return Path(self.environment["COMMONWEAL_KEYS"])

    def run(self, *words: object, **changed: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "commonweal_cli", *map(str, words)],
            env=self.environment | {"COMMONWEAL_PASSPHRASE": PASSPHRASE} | changed,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def said(self, *words: object, status: int = 0, **changed: str) -> str:
        """What a command said that must end with this status."""
        done = self.run(*words, **changed)
        assert done.returncode == status, (done.stdout, done.stderr)
        return done.stdout + done.stderr

    def answer(self, *words: object, status: int = 0) -> Any:
        return json.loads(self.said(*words, "--json", status=status))

    def is_untouched(self) -> bool:
        """Whether nothing was left in the place, and no table in its database."""
        left = sorted(self.data.glob("*")) if self.data.exists() else []
        return not left and not tables(self.environment["DATABASE_URL"])


def tables(url: str) -> list[str]:
    """The tables of a PostgreSQL database; none where SQLite is used."""
    if not url:
        return []
    import psycopg

    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [name for (name,) in rows.fetchall()]


@contextmanager
def a_place(folder: Path, checkout: Path, *, keys: Path | None = None) -> Iterator[Place]:
    """An empty place on the same kind of database."""
    folder.mkdir()
    with own_installation(folder, checkout=checkout) as environment:
        environment |= {"DATABASE_URL": environment.get("DATABASE_URL", "")}
        environment |= {"COMMONWEAL_KEYS": str(keys)} if keys else {}
        yield Place(folder, environment)


@pytest.fixture
def empty(tmp_path: Path, checkout: Path, kept: Kept) -> Iterator[Place]:
    """An empty place with a copy of the keys of the installation that was backed up."""
    keys = shutil.copytree(kept.place.keys, tmp_path / "keys")
    with a_place(tmp_path / "empty", checkout, keys=keys) as place:
        yield place


@dataclass(frozen=True)
class Kept:
    """A running history: an older backup, a newer one, and a witness who saw the newest text."""

    place: Place
    older: Path
    older_size: int
    newer: Path
    signed_size: int
    witness: Path
    keys: Path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("kept")
    with a_place(folder / "place", checkout) as place:
        run(PREPARE, place.environment)
        run(STEP, place.environment)
        put_blob(place)
        older, newer, keys = (folder / f"{name}.cw" for name in ("older", "newer", "keys"))
        size = place.answer("backup", older)["records"]["northbank"]
        signed = int(run(STEP, place.environment))
        place.said("backup", newer)
        place.said("backup-keys", keys)
        place.said("record", "export", folder / "record.json")
        words = ("--name", "union.example", "--store", folder / "witness")
        exported = ("--export", folder / "record.json")
        outside = str(folder / "keys-of-the-union")
        place.said("record", "witness", *words, *exported, COMMONWEAL_KEYS=outside)
        yield Kept(place, older, size, newer, signed, folder / "witness", keys)


def put_blob(place: Place) -> None:
    path = place.data / "evidence" / BLOB
    path.parent.mkdir(parents=True)
    path.write_bytes(b"sealed bytes" * 100_000)


def test_a_backup_during_many_writes_brings_back_each_that_was_acknowledged_before(
    tmp_path: Path, checkout: Path
) -> None:
    with a_place(tmp_path / "place", checkout) as place:
        backup, answers, before = backup_while_writing(place, tmp_path=tmp_path)
        keys = place.keys
    with a_place(tmp_path / "new", checkout, keys=keys) as new:
        told = new.answer("restore", backup)
        assert (told["restored"], told["files"]) == (True, [])
        assert len([path for path in (new.data / "evidence").rglob("*") if path.is_file()]) == 1
        new.said("record", "verify")  # holds the file against its hash as well
        found = json.loads(run(JUDGE, new.environment))
    clerks = {name for name in found["names"] if name.startswith("clerk")}
    assert before <= clerks <= answers.asked
    assert found["problems"] == []
    assert found["size"] == found["leaves"] == found["openings"]
    assert found["accounts_recorded"] == len(clerks)


def backup_while_writing(place: Place, *, tmp_path: Path) -> tuple[Path, Answers, set[str]]:
    """Take a backup while 200 write at once, then kill the server and delete its folder."""
    session, log, backup = run(PREPARE, place.environment), tmp_path / "log", tmp_path / "b.cw"
    run(ATTACH, place.environment)
    answers = Answers(session, free_port())
    server = start(place.environment, port=answers.port, log=log)
    try:
        answers.open_form()
        with ThreadPoolExecutor(CLIENTS) as pool:
            for number in range(CLIENTS * 20):
                pool.submit(answers.write, number)
            wait_for(answers, BEFORE)
            with answers.lock:
                before = set(answers.promised)
            place.said("backup", backup)
            assert len(answers.promised) > len(before), log.read_text()[-2000:]
            answers.stopped.set()
            kill(server)
    finally:
        answers.stopped.set()
        if server.poll() is None:
            kill(server)
    shutil.rmtree(place.data)
    return backup, answers, before


def wait_for(answers: Answers, count: int) -> None:
    until = time.monotonic() + 120
    while len(answers.promised) < count:
        assert time.monotonic() < until, f"only {len(answers.promised)} writes were answered"
        time.sleep(0.005)


def test_a_restore_onto_a_folder_in_use_is_refused(kept: Kept, empty: Place) -> None:
    (empty.data / "something.txt").write_text("mine")
    said = empty.said("restore", kept.newer, status=2)
    assert "is in use: it holds something.txt" in said
    assert [path.name for path in empty.data.glob("*")] == ["something.txt"]
    said = kept.place.said("restore", kept.newer, status=2)
    assert "is in use" in said


def test_a_restore_into_a_database_that_holds_tables_is_refused(kept: Kept, empty: Place) -> None:
    if not empty.environment["DATABASE_URL"]:
        (empty.data / "commonweal.sqlite3").touch()
        assert "it holds commonweal.sqlite3" in empty.said("restore", kept.newer, status=2)
        return
    import psycopg

    with psycopg.connect(empty.environment["DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE mine (id int)")
    assert "such as mine" in empty.said("restore", kept.newer, status=2)
    assert tables(empty.environment["DATABASE_URL"]) == ["mine"]


def test_a_restored_place_has_everything_but_open_sessions_and_what_a_killed_restore_left(
    kept: Kept, empty: Place, tmp_path: Path
) -> None:
    (empty.data / ".restoring").mkdir()
    (empty.data / ".restoring" / "commonweal.sqlite3").write_bytes(b"half")
    (tmp_path / "words.txt").write_text(PASSPHRASE + "\n")
    file = ("--passphrase-file", tmp_path / "words.txt", "--json")
    told = json.loads(empty.said("restore", kept.newer, *file, COMMONWEAL_PASSPHRASE=""))
    assert (told["restored"], told["problems"], told["older"]) == (True, [], [])
    assert (told["keys_missing"], told["keys_other"]) == ([], [])
    assert run(SESSIONS, kept.place.environment) == "1"
    assert run(SESSIONS, empty.environment) == "0"
    assert (empty.data / "evidence" / BLOB).read_bytes() == b"sealed bytes" * 100_000
    assert not list(empty.data.glob(".*"))
    assert run(STEP, empty.environment) > str(kept.signed_size)


def test_a_changed_backup_is_refused_with_one_message_and_leaves_nothing(
    kept: Kept, empty: Place, tmp_path: Path
) -> None:
    raw, changed = kept.newer.read_bytes(), tmp_path / "changed.cw"
    middle, last = len(raw) // 2, len(raw) - 1
    for wrong, why in (
        (raw[:40] + bytes([raw[40] ^ 1]) + raw[41:], "does not open this backup"),
        (raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :], "is damaged"),
        (raw[:last], "ends too early"),
        (raw + b"x", "more bytes after the end"),
    ):
        changed.write_bytes(wrong)
        done = empty.run("restore", changed)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
        assert why in done.stderr
        assert empty.is_untouched()


def test_any_byte_that_was_changed_is_found(kept: Kept) -> None:
    raw = kept.older.read_bytes()
    for place in range(7, len(raw), len(raw) // 6):
        changed = io.BytesIO(raw[:place] + bytes([raw[place] ^ 128]) + raw[place + 1 :])
        with pytest.raises(BackupRejected):
            refuse_incomplete(changed, passphrase=PASSPHRASE)


def test_a_wrong_passphrase_is_told_plainly(kept: Kept, empty: Place) -> None:
    said = empty.said("restore", kept.newer, status=2, COMMONWEAL_PASSPHRASE="another")
    assert "passphrase does not open this backup" in said
    said = empty.said("restore", kept.newer, status=2, COMMONWEAL_PASSPHRASE="")
    assert "There is no passphrase" in said
    assert empty.is_untouched()


def test_an_older_backup_is_refused_because_more_was_signed(kept: Kept, empty: Place) -> None:
    told = empty.answer("restore", kept.older, status=1)
    assert told["restored"] is False
    assert {each["code"] for each in told["problems"]} == {"log_rolled_back"}
    older = {"record": "northbank", "size": kept.older_size, "signed": kept.signed_size}
    assert told["older"] == [older]
    assert empty.is_untouched()


def test_an_older_backup_fails_against_a_later_witnessed_text_without_any_keys(
    kept: Kept, empty: Place
) -> None:
    shutil.rmtree(empty.keys)
    words = ("restore", kept.older, "--against", kept.witness)
    said = empty.said(*words, status=1)
    assert "PROBLEM checkpoint_ahead" in said
    assert f"holds {kept.older_size} steps, {kept.signed_size} were signed" in said
    assert empty.is_untouched()
    said = empty.said("restore", kept.newer, "--against", kept.witness)
    assert "Nobody outside confirms" not in said


def test_without_a_witness_it_says_that_nobody_outside_confirms_it(
    kept: Kept, empty: Place
) -> None:
    shutil.rmtree(empty.keys)
    said = empty.said("restore", kept.older)
    assert "Nobody outside confirms that this is the newest backup" in said
    assert "nothing can be written" in said
    assert not (empty.keys / "web.secret").exists()


def test_an_older_backup_that_is_accepted_says_so_on_the_record(kept: Kept, empty: Place) -> None:
    words = ("restore", kept.older, "--against", kept.witness)
    told = empty.answer(*words, "--accept-older", "The disk broke.")
    assert told["restored"] is True
    assert [name.split(".set-aside")[0][-5:] for name in told["set_aside"]] == [".last"]
    assert "Nothing is wrong" in empty.said("record", "verify")
    assert int(run(STEP, empty.environment)) > kept.older_size
    found = run(
        "import django; django.setup();"
        "from commonweal_web.operations.models import Restoration as R;"
        "print(*R.objects.values_list('size', 'known_size', 'reason').get())",
        empty.environment,
    )
    assert found == f"{kept.older_size} {kept.signed_size} The disk broke."


def test_keys_come_back_from_their_own_backup_and_never_over_others(
    kept: Kept, empty: Place, tmp_path: Path
) -> None:
    shutil.rmtree(empty.keys)
    told = empty.answer("restore", kept.newer)
    names = sorted(path.name for path in kept.place.keys.glob("*"))
    assert told["keys_missing"] == [name for name in names if not name.endswith(".last")]
    assert empty.answer("restore", kept.keys)["keys_written"] == names
    assert run(STEP, empty.environment) > str(kept.signed_size)
    assert empty.answer("restore", kept.keys)["keys_written"] == []
    seal = next(empty.keys.glob("seal-*.key"))
    seal.write_text("00" * 32)
    said = empty.said("restore", kept.keys, status=2)
    assert f"other keys under the same names: {seal.name}" in said
    assert seal.read_text() == "00" * 32


def test_the_keys_of_another_installation_do_not_fit(kept: Kept, empty: Place) -> None:
    seal = next(empty.keys.glob("seal-*.key"))
    seal.write_text("00" * 32)
    told = empty.answer("restore", kept.newer, status=1)
    assert {each["code"] for each in told["problems"]} == {"head_seal"}
    assert empty.is_untouched()


def test_a_backup_is_refused_where_it_would_be_weak_or_lost(kept: Kept, tmp_path: Path) -> None:
    for words, changed, why in (
        ((tmp_path / "a.cw",), {"COMMONWEAL_PASSPHRASE": "too short"}, "has 9 characters"),
        ((kept.older,), {}, "there already"),
        ((kept.place.data / "b.cw",), {}, "lost together with it"),
        ((tmp_path / "nowhere" / "c.cw",), {}, "no folder"),
    ):
        assert why in kept.place.said("backup", *words, status=2, **changed)
    assert list(tmp_path.glob("*.cw")) == []


def test_a_member_that_belongs_nowhere_is_refused(
    kept: Kept, empty: Place, tmp_path: Path
) -> None:
    forged = tmp_path / "forged.cw"
    with kept.newer.open("rb") as stream, forged.open("wb") as out:
        manifest, rest = open_backup(stream, passphrase=PASSPHRASE)
        writer = begin_backup(out, passphrase=PASSPHRASE, salt=b"s" * 16, nonce=b"n" * 24)
        writer.add("about.json", [manifest.encode()])
        for name, pieces in rest:
            writer.add(name, pieces)
        writer.add("zz/authorized_keys", [b"mine"])
        writer.finish()
    assert "which is no part" in empty.said("restore", forged, status=2)
    assert empty.is_untouched()


def test_a_backup_of_one_database_is_not_taken_for_the_other(kept: Kept, empty: Place) -> None:
    is_postgresql = bool(empty.environment["DATABASE_URL"])
    other = "" if is_postgresql else "postgresql://nobody@localhost/nothing"
    said = empty.said("restore", kept.newer, status=2, DATABASE_URL=other)
    assert f"The backup is of {'postgresql' if is_postgresql else 'sqlite'}" in said
    assert empty.is_untouched()
