"""`commonweal check` finds what is unsafe, says what to do, and is content with what is right."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commonweal_web.house import heartbeat
from commonweal_web.house.checking import findings
from commonweal_web.house.settings_checks import JUDGES, Surroundings
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record.actions import sign_checkpoint

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SAFE = {
    "COMMONWEAL_HTTPS": "1",
    "COMMONWEAL_PROXIES": "1",
    "COMMONWEAL_HOSTS": "people.example.org",
    "COMMONWEAL_ADDRESS": "https://people.example.org",
    "DATABASE_URL": "postgresql://cw:secret@db.example.org/cw?sslmode=verify-full",
}
Judged = Callable[..., set[str]]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    data, keys = tmp_path / "data", tmp_path / "keys"
    for folder in (data, keys):
        folder.mkdir(mode=0o700)
    heartbeat.note_tick(data, at=NOW)
    return data, keys


@pytest.fixture
def judged(folders: tuple[Path, Path]) -> Judged:
    def one(*, user: int = 1000, at: datetime = NOW, **changed: str | None) -> set[str]:
        given = {name: value for name, value in (SAFE | changed).items() if value is not None}
        seen = Surroundings(given=given, data=folders[0], keys=folders[1], at=at, user=user)
        return {finding.code for judge in JUDGES for finding in judge(seen)}

    return one


def test_a_good_installation_has_nothing_unsafe(judged: Judged) -> None:
    assert judged() == set()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"COMMONWEAL_DEBUG": "1"}, "debug_on"),
        ({"COMMONWEAL_DEMO": "yes"}, "demo_on"),
        ({"COMMONWEAL_HTTPS": None}, "https_missing"),
        ({"COMMONWEAL_PROXIES": "0"}, "proxy_not_counted"),
        ({"COMMONWEAL_PROXIES": None}, "proxy_not_counted"),
        ({"COMMONWEAL_HOSTS": "people.example.org, *"}, "any_host"),
        ({"COMMONWEAL_ADDRESS": "http://people.example.org"}, "address_local"),
        ({"COMMONWEAL_ADDRESS": "https://127.0.0.1:8000"}, "address_local"),
        ({"COMMONWEAL_SECRET_KEY": "letmein"}, "secret_short"),
        ({"COMMONWEAL_SECRET_KEY": "a" * 80}, "secret_short"),
        ({"DATABASE_URL": None}, "sqlite"),
        ({"DATABASE_URL": "postgresql://cw@db.example.org/cw"}, "database_unencrypted"),
        (
            {"DATABASE_URL": "postgresql://cw@db.example.org/cw?sslmode=prefer"},
            "database_unencrypted",
        ),
        ({"COMMONWEAL_HTTP": "1"}, "setting_unknown"),
    ],
)
def test_each_fault_of_the_settings_is_found(
    judged: Judged, changed: dict[str, str], code: str
) -> None:
    assert judged(**changed) == {code}


@pytest.mark.parametrize("host", ["", "127.0.0.1", "localhost", "[::1]"])
def test_a_database_on_this_machine_needs_no_encryption(judged: Judged, host: str) -> None:
    assert judged(DATABASE_URL=f"postgresql://cw@{host}/cw") == set()


def test_root_is_not_a_user_to_run_it_as(judged: Judged) -> None:
    assert judged(user=0) == {"runs_as_root"}


def test_time_that_stands_still_is_found(judged: Judged, folders: tuple[Path, Path]) -> None:
    assert judged(at=NOW + timedelta(minutes=9)) == set()
    assert judged(at=NOW + timedelta(minutes=11)) == {"clock_stands"}
    (folders[0] / heartbeat.FILE).write_text("yesterday")
    assert judged() == {"clock_stands"}


def test_folders_and_keys_that_others_can_read_are_found(
    judged: Judged, folders: tuple[Path, Path]
) -> None:
    folders[0].chmod(0o755)
    assert judged() == {"folder_open"}
    folders[0].chmod(0o700)
    key = folders[1] / "web.secret"
    key.write_text("secret")
    key.chmod(0o640)
    assert judged() == {"key_readable"}
    key.chmod(stat.S_IRUSR)
    assert judged() == set()


def test_the_record_asks_for_a_witness_and_a_signature(
    organisation: Organisation, now: datetime
) -> None:
    codes = {found.code for found in findings(at=now) if found.where == organisation.slug}
    assert codes == {"no_witness", "record_unsigned"}
    sign_checkpoint(organisation=organisation, by=operator(), at=now)
    codes = {found.code for found in findings(at=now) if found.where == organisation.slug}
    assert codes == {"no_witness"}
    later = now + timedelta(days=3)
    codes = {found.code for found in findings(at=later) if found.where == organisation.slug}
    assert codes == {"no_witness", "record_unsigned"}


def test_what_is_unsafe_comes_first(organisation: Organisation, now: datetime) -> None:
    levels = [found.level for found in findings(at=now)]
    assert levels == sorted(levels, key=lambda level: level != "unsafe")
    assert {"unsafe", "advice"} <= set(levels)
