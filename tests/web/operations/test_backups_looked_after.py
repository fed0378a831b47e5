"""What is noted of a backup, and what `commonweal check` says about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commonweal.operations import BackupRejected, KeptRecord, Manifest, fingerprint
from commonweal_web.house.rooms import room
from commonweal_web.operations import key_files
from commonweal_web.operations.backup_findings import backup_findings
from commonweal_web.operations.last_backup import keep_last_backup, last_backup

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
RECORD = KeptRecord("6a7c", "northbank", "northbank/record", 12, "ab" * 32)


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMMONWEAL_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COMMONWEAL_KEYS", str(tmp_path / "keys"))
    (tmp_path / "keys").mkdir()
    return tmp_path


def noted(kind: str = "data", *, made_at: datetime = NOW) -> None:
    keep_last_backup(Manifest(kind, "0.1.0", made_at, {}, records=(RECORD,)), size=7)


def codes(*, at: datetime = NOW) -> list[str]:
    return [each.code for each in backup_findings(at=at)]


def test_an_installation_without_a_backup_is_unsafe() -> None:
    assert codes() == ["no_backup", "no_keys_backup"]
    assert {each.level for each in backup_findings(at=NOW)} == {"unsafe"}


def test_a_fresh_backup_of_both_leaves_nothing_to_say() -> None:
    noted()
    noted("keys")
    assert codes() == []


def test_a_backup_of_last_week_is_told() -> None:
    noted()
    noted("keys")
    assert codes(at=NOW + timedelta(days=2)) == []
    [finding] = backup_findings(at=NOW + timedelta(days=7))
    assert (finding.code, "7 days" in finding.said) == ("backup_old", True)


def test_the_last_backup_says_when_how_large_and_how_far() -> None:
    assert last_backup() is None
    noted()
    found = last_backup()
    assert found is not None
    assert (found.made_at, found.bytes, found.sizes) == (NOW, 7, {"northbank": 12})


def test_a_note_that_cannot_be_read_counts_as_none(folders: Path) -> None:
    noted()
    (folders / "data" / "last-backup-of-data.json").write_text("{")
    assert last_backup() is None


def test_the_check_is_part_of_the_room() -> None:
    assert backup_findings in room("operations").checks


def test_a_keys_folder_is_compared_by_fingerprints(folders: Path) -> None:
    (folders / "keys" / "web.secret").write_bytes(b"here")
    (folders / "keys" / "seal-1.key").write_bytes(b"other")
    expected = {name: fingerprint(b"here") for name in ("web.secret", "seal-1.key", "gone.key")}
    needed = key_files.keys_needed(expected)
    assert (needed.missing, needed.other) == (("gone.key",), ("seal-1.key",))


def test_keys_that_differ_are_never_overwritten_and_nothing_else_is_written(
    folders: Path,
) -> None:
    (folders / "keys" / "seal-1.key").write_bytes(b"mine")
    with pytest.raises(BackupRejected, match=r"seal-1\.key\. Nothing was written"):
        key_files.put_keys_back({"record-1.key": b"new", "seal-1.key": b"theirs"})
    assert [path.name for path in (folders / "keys").iterdir()] == ["seal-1.key"]


def test_what_was_signed_last_is_never_set_back(folders: Path) -> None:
    (folders / "keys" / "record-1.last").write_bytes(b"later")
    assert key_files.put_keys_back({"record-1.last": b"earlier", "record-1.key": b"k"}) == [
        "record-1.key"
    ]
    assert (folders / "keys" / "record-1.last").read_bytes() == b"later"
    assert (folders / "keys" / "record-1.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["authorized_keys", "..key", "a/b.key", ".ssh.key"])
def test_a_file_that_is_no_key_is_not_written_among_the_keys(name: str, folders: Path) -> None:
    with pytest.raises(BackupRejected, match="no name of a key file"):
        key_files.put_keys_back({name: b"mine"})
    assert list((folders / "keys").iterdir()) == []


def test_a_key_file_of_gigabytes_is_refused() -> None:
    with pytest.raises(BackupRejected, match="too long"):
        key_files.read_key("keys/a.key", (b"x" * 1000 for _ in range(10**9)))
