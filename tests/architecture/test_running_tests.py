"""The test run counts honestly, refuses skips where it must, and brings its own database."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from postgres import running_server
from suite import CLOSING, counts_of

SKIPPING = {
    "a skipped test": "import pytest\ndef test_a(): pytest.skip('no time')\n",
    "a skipped file": "import pytest\npytest.skip('no time', allow_module_level=True)\n",
    "an expected failure": "import pytest\n@pytest.mark.xfail\ndef test_a(): assert False\n",
}


def run_pytest(folder: Path, *, checkout: Path, no_skips: str) -> subprocess.CompletedProcess[str]:
    """Run the tests of a folder under our conftest, away from our settings."""
    for name in ("conftest.py", "postgres.py"):
        shutil.copy(checkout / "tests" / name, folder / name)
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = .\n", encoding="utf-8")
    environment = {**os.environ, "COMMONWEAL_NO_SKIPS": no_skips}
    environment.pop("PYTEST_ADDOPTS", None)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider"]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("what", SKIPPING)
def test_a_skip_fails_where_nothing_may_be_left_out(
    what: str, tmp_path: Path, checkout: Path
) -> None:
    (tmp_path / "test_a.py").write_text(SKIPPING[what], encoding="utf-8")
    done = run_pytest(tmp_path, checkout=checkout, no_skips="1")
    assert done.returncode in (1, 2), done.stdout
    assert "was skipped, which is not allowed here" in done.stdout


def test_a_skip_is_only_told_elsewhere(tmp_path: Path, checkout: Path) -> None:
    (tmp_path / "test_a.py").write_text(SKIPPING["a skipped test"], encoding="utf-8")
    done = run_pytest(tmp_path, checkout=checkout, no_skips="0")
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout


@pytest.mark.parametrize(
    ("closing", "counted"),
    [
        ("12 passed in 3.20s", {"passed": 12}),
        ("==== 2 failed, 10 passed, 1 skipped in 63.01s (0:01:03) ====", None),
        ("1 passed, 2 errors in 0.10s", {"passed": 1, "failed": 2}),
    ],
)
def test_the_closing_line_is_counted(closing: str, counted: dict[str, int] | None) -> None:
    assert CLOSING.match(closing)
    assert counts_of(closing) == (counted or {"failed": 2, "passed": 10, "skipped": 1})


def test_a_line_of_a_test_is_no_closing_line() -> None:
    assert not CLOSING.match("tests/web/test_a.py ....... [100%]")


@pytest.mark.postgres
def test_our_postgresql_is_unprivileged_private_and_gone_afterwards() -> None:
    with running_server() as address:
        parts = urlsplit(address)
        folder = Path(parse_qs(parts.query)["host"][0])
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.stat().st_uid != 0
        with psycopg.connect(
            host=str(folder), user=parts.username, dbname=parts.path.removeprefix("/")
        ) as connection:
            asked = "SELECT current_setting('is_superuser'), current_setting('listen_addresses')"
            assert connection.execute(asked).fetchone() == ("off", "")
    assert not folder.exists()


@pytest.mark.postgres
def test_a_command_beside_a_server_gives_its_own_status(checkout: Path) -> None:
    said = "import os, sys; sys.exit(7 if os.environ['DATABASE_URL'] else 1)"
    command = [str(checkout / "scripts" / "with_postgres"), sys.executable, "-c", said]
    assert subprocess.run([sys.executable, *command], check=False).returncode == 7


def test_without_a_fitting_python_the_apt_line_is_told(tmp_path: Path, checkout: Path) -> None:
    (tmp_path / "cat").symlink_to("/bin/cat")
    done = subprocess.run(
        ["/bin/sh", str(checkout / "scripts" / "find_python")],
        env={"PATH": str(tmp_path), "PYTHON": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "apt-get install --yes python3.11 python3.11-venv" in done.stderr


def test_what_the_tests_lack_is_told_with_its_apt_line(tmp_path: Path, checkout: Path) -> None:
    for name in ("cat", "ls"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    done = subprocess.run(
        ["/bin/sh", str(checkout / "scripts" / "needs")],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "the tests in a real browser (Chromium)" in done.stderr
    assert "apt-get install --yes --no-install-recommends" in done.stderr
