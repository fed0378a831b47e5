"""The tracked files keep our own rules."""

from __future__ import annotations

from pathlib import Path

import pytest

import check_rules
import check_sizes


def test_no_tracked_file_breaks_a_rule_of_ours(checkout: Path) -> None:
    assert [str(found) for found in check_rules.findings(checkout)] == []


def test_nothing_is_longer_than_its_stop(checkout: Path) -> None:
    found = check_sizes.measured_files(checkout)
    assert [str(each) for each in found if each.is_too_long] == []


@pytest.mark.parametrize("folder", ["src/", "tests/", "scripts/"])
def test_the_rules_see_the_files_of_every_folder(checkout: Path, folder: str) -> None:
    assert any(path.startswith(folder) for path in check_rules.tracked_files(checkout))


def test_a_picture_is_no_text_to_search(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff")
    assert check_rules.read_text(tmp_path / "picture.png") is None
