from __future__ import annotations

import hashlib
import json
from pathlib import Path

VENDOR = "src/commonweal_web/layout/static/vendor"


def listed(folder: Path) -> dict[str, str]:
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def test_every_vendored_file_is_the_one_that_was_built(checkout):
    folder = checkout / VENDOR
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert files == listed(folder)


def test_every_vendored_work_has_its_licence(checkout):
    names = {path.name for path in (checkout / VENDOR / "licences").iterdir()}
    assert names == {
        "govuk-frontend.txt",
        "htmx.txt",
        "OFL-public-sans.txt",
        "OFL-source-serif-4.txt",
    }


def test_nothing_of_the_british_government_but_its_components_is_taken(checkout):
    css = (checkout / VENDOR / "govuk.css").read_text(encoding="utf-8")
    for foreign in ("GDS Transport", "crest", "govuk-header", "govuk-footer", "url("):
        assert foreign not in css


def test_no_vendored_script_points_to_a_map_that_is_not_there(checkout):
    for path in (checkout / VENDOR).glob("*.*s"):
        assert "sourceMappingURL" not in path.read_text(encoding="utf-8")


def test_the_lock_of_the_ui_names_exact_versions_and_no_address(checkout):
    lock = (checkout / "ui" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    package = json.loads((checkout / "ui" / "package.json").read_text(encoding="utf-8"))
    locked = json.loads(lock)["packages"]
    for name, version in package["devDependencies"].items():
        assert locked[f"node_modules/{name}"]["version"] == version


def test_the_note_beside_the_vendored_files_tells_their_versions(checkout):
    package = json.loads((checkout / "ui" / "package.json").read_text(encoding="utf-8"))
    note = (checkout / VENDOR / "README.txt").read_text(encoding="utf-8")
    assert f"GOV.UK Frontend {package['devDependencies']['govuk-frontend']}" in note
    assert f"htmx {package['devDependencies']['htmx.org']}" in note
