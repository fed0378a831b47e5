"""What all tests share: Hypothesis profiles, the real browser, and the gate against skips."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from postgres import NoPostgreSQL, find_programs

# Seconds matter on a shared machine and a failure must come back the same, so neither a deadline
# nor a random seed decides; `HYPOTHESIS_PROFILE=explore` looks further, with new examples.
settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# Seals and signing keys of tests never touch the keys of whoever runs them.
os.environ["COMMONWEAL_KEYS"] = tempfile.mkdtemp(prefix="commonweal-test-keys-")
# Nor do files kept as evidence land among the data of whoever runs them.
os.environ.setdefault("COMMONWEAL_DATA", tempfile.mkdtemp(prefix="commonweal-test-data-"))

CHROMIUM_NAMES = ("chromium", "chromium-browser")
NO_SKIPS = os.environ.get("COMMONWEAL_NO_SKIPS") == "1"


def chromium() -> str | None:
    """The path of Debian's Chromium, or None when it is not installed."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def why_no_browser() -> str:
    """Why no browser can be driven here, with what would help; empty when one can."""
    if chromium() is None:
        return "no Chromium here: apt-get install chromium"
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return "the browser's driver needs a library: apt-get install libatomic1"
    return ""


def has_postgres() -> bool:
    """Whether a PostgreSQL server can be started here."""
    try:
        return find_programs().is_dir()
    except NoPostgreSQL:
        return False


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start Debian's Chromium instead of a downloaded one; as root it has no sandbox."""
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium(), "args": options}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine cannot do, and say what would let it."""
    lacking = {
        "browser": why_no_browser(),
        "postgres": "" if has_postgres() else "no PostgreSQL here: apt-get install postgresql-15",
    }
    for each in items:
        for marker, reason in lacking.items():
            if reason and each.get_closest_marker(marker):
                each.add_marker(pytest.mark.skip(reason=reason))


def refuse_skip(report: pytest.TestReport | pytest.CollectReport, *, why: object) -> None:
    """With COMMONWEAL_NO_SKIPS=1 a skip, or an expected failure, counts as a failure."""
    if NO_SKIPS and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, which is not allowed here: {why}"
        report.__dict__.pop("wasxfail", None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Refuse a skipped test."""
    report = yield
    refuse_skip(report, why=call.excinfo.value if call.excinfo else "no reason given")
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Refuse a skipped file."""
    report = yield
    refuse_skip(report, why=report.longrepr)
    return report


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parent.parent
