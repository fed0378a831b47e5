"""Every setting that the code reads is known to `commonweal check` and explained to operators."""

import re
from pathlib import Path

from commonweal_web.house.known_settings import KNOWN, OF_TESTS

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"\bCOMMONWEAL_[A-Z][A-Z0-9_]*[A-Z0-9]\b")


def named_in(*files: Path) -> set[str]:
    return {name for file in files for name in NAME.findall(file.read_text())}


def read_by_the_code() -> set[str]:
    known = ROOT / "src/commonweal_web/house/known_settings.py"
    return named_in(*(file for file in (ROOT / "src").rglob("*.py") if file != known))


def test_what_the_code_reads_is_known() -> None:
    assert read_by_the_code() - OF_TESTS == KNOWN


def test_what_is_known_is_explained() -> None:
    assert named_in(ROOT / "docs/reference/settings.md") == KNOWN


def test_the_example_of_a_server_sets_what_there_is() -> None:
    given = named_in(ROOT / "examples/deploy/commonweal.env")
    assert given
    assert given <= KNOWN
