"""A process is killed while it keeps files: every row that is there has its file, whole.

What a cut-off upload leaves behind has no row, and the clean-up takes it away.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

KEPT_BEFORE_THE_KILL = 25
WORKERS = 2

PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from datetime import datetime, UTC
from factories import people, systems
now = datetime.now(UTC)
made = people.an_organisation("northbank", at=now)
systems.a_use(made, at=now)
"""
UPLOAD = """
import django; django.setup()
import sys
from datetime import datetime, UTC
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import account_with_roles
from commonweal_web.systems.models import Use
from factories.evidence import a_file
use = Use.objects.get()
lead = account_with_roles(Account.objects.get().pk)
number = 0
while True:
    number += 1
    content = (f"line {number}\\n" * 40_000).encode()
    row = a_file(lead, use, at=datetime.now(UTC), content=content, name="list.csv")
    print(row.pk, flush=True)
"""
JUDGE = """
import django; django.setup()
import json
from datetime import datetime, timedelta, UTC
from commonweal_web.evidence import actions, queries, storage
from commonweal_web.evidence.models import Evidence
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.queries import verify_record
made = Organisation.objects.get()
problems = [each.code for each in queries.check_files(made)]
removed = actions.remove_unknown_files(at=datetime.now(UTC) + timedelta(days=2))
print(json.dumps({
    "rows": [str(pk) for pk in Evidence.objects.values_list("pk", flat=True)],
    "problems": problems,
    "record": [each.message for each in verify_record(made).problems],
    "left": len(storage.stored_names(made.pk)),
    "removed": removed,
}))
"""


@pytest.fixture
def settings_of(tmp_path: Path, checkout: Path) -> dict[str, str]:
    """A database and folders of the test's own."""
    (tmp_path / "data").mkdir()
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return environment | {
        "COMMONWEAL_DATA": str(tmp_path / "data"),
        "COMMONWEAL_KEYS": str(tmp_path / "keys"),
        "DJANGO_SETTINGS_MODULE": "commonweal_web.house.settings",
        "PYTHONPATH": os.pathsep.join([str(checkout / "src"), str(checkout / "tests")]),
    }


def run(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_killed_upload_leaves_no_row_without_its_file(
    settings_of: dict[str, str], tmp_path: Path
) -> None:
    run(PREPARE, settings_of)
    said = [tmp_path / f"said{number}.txt" for number in range(WORKERS)]
    running = [start(settings_of, said=path) for path in said]
    try:
        wait_for_files(said, running=running)
    finally:
        for each in running:
            os.killpg(each.pid, signal.SIGKILL)
            each.wait()
    answered = {line for path in said for line in path.read_text().split() if len(line) == 36}
    found = json.loads(run(JUDGE, settings_of).splitlines()[-1])
    assert answered <= set(found["rows"])
    assert len(found["rows"]) >= KEPT_BEFORE_THE_KILL
    assert found["problems"] == []
    assert found["record"] == []
    assert found["left"] == len(found["rows"])


def start(environment: dict[str, str], *, said: Path) -> subprocess.Popen[bytes]:
    with said.open("wb") as stream:
        return subprocess.Popen(
            [sys.executable, "-c", UPLOAD],
            env=environment,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )


def wait_for_files(said: list[Path], *, running: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + 120
    while sum(path.read_text().count("\n") for path in said) < KEPT_BEFORE_THE_KILL:
        assert time.monotonic() < until, [path.read_text()[-2000:] for path in said]
        assert all(each.poll() is None for each in running), [path.read_text() for path in said]
        time.sleep(0.02)
