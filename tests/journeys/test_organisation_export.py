"""`commonweal export organisation` and `export check`, as an operator runs them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from journeys.test_commands import Installation, installation_in


@pytest.fixture
def begun(tmp_path: Path) -> Installation:
    made = installation_in(tmp_path)
    assert made.run(*"init --organisation northbank --lead nadia --json".split()).status == 0
    return made


def test_an_export_is_written_once_checks_and_shows_a_changed_byte(begun: Installation) -> None:
    file = begun.folder / "all.zip"
    written = begun.run("export", "organisation", str(file), "--json")
    assert written.status == 0, written.err
    assert written.answer["rows"] > 3
    assert file.stat().st_mode & 0o077 == 0
    again = begun.run("export", "organisation", str(file), "--json")
    assert (again.status, again.answer["error"]["code"]) == (2, "file_exists")
    checked = begun.run("export", "check", str(file), "--json")
    assert (checked.status, checked.answer["problems"]) == (0, [])
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["tables/people.account.csv"] += b"\r\n"
    changed = begun.folder / "changed.zip"
    with zipfile.ZipFile(changed, "w") as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    found = begun.run("export", "check", str(changed), "--json")
    assert found.status == 1
    assert found.answer["problems"] == ["tables/people.account.csv was changed"]
    unknown = begun.run("export", "check", "nowhere.zip", "--json")
    assert (unknown.status, unknown.answer["error"]["code"]) == (2, "file_missing")


def test_nobody_deletes_an_organisation_that_no_two_people_want_deleted(
    begun: Installation,
) -> None:
    def delete(*, confirmed: str) -> tuple[int, str]:
        words = ("--organisation", "northbank", "--confirm", confirmed, "--json")
        said = begun.run("delete-organisation", *words)
        return said.status, said.answer["error"]["code"]

    assert delete(confirmed="southbank") == (2, "not_confirmed")
    assert delete(confirmed="northbank") == (2, "deletion_not_asked")
    assert begun.run("record", "verify").status == 0


def test_the_check_says_what_is_unsafe_and_what_to_do(begun: Installation) -> None:
    said = begun.run("check", "--json", COMMONWEAL_HTTP="1")
    assert said.status == 1
    assert said.answer["safe"] is False
    codes = {found["code"] for found in said.answer["findings"]}
    assert {"https_missing", "clock_stands", "no_backup", "setting_unknown"} <= codes
    assert all(found["do"] for found in said.answer["findings"])
    assert "UNSAFE" in begun.run("check").out
