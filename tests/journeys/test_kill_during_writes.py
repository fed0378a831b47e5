"""The server is killed amid many writes: what it answered for is there, nothing is half there.

A real server process writes into a real database file (and into PostgreSQL when the tests run on
it). Threads post a form as a signed-in people lead; when enough answers have come back the server
is killed with SIGKILL, so that no code of ours can tidy up, and then started again.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from journeys.conftest import free_port
from journeys.own_database import run

WRITES = 500
KILL_AFTER = 150
THREADS, CLIENTS = 8, 32
ADDRESS = "/desk/people/new/"
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')

PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from datetime import datetime, UTC
from commonweal_web.organisations.models import Organisation
from factories import people
from django.contrib.sessions.backends.db import SessionStore
now = datetime.now(UTC)
made = people.an_organisation("northbank", at=now)
lead = people.a_person(made, "people_lead", at=now)
session = SessionStore()
session["_auth_user_id"] = str(lead.pk)
session["_auth_user_backend"] = "commonweal_web.people.sign_in.AccountBackend"
session["_auth_user_hash"] = lead.get_session_auth_hash()
session.create()
print(session.session_key)
"""
JUDGE = """
import django; django.setup()
import json
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.record.fields import subject_of
from commonweal_web.record.models import LogLeaf, Opening
from commonweal_web.record.queries import verify_record, size
made = Organisation.objects.get(slug="northbank")
names = list(Account.objects.of(made).values_list("username", flat=True))
found = verify_record(made)
leaves = LogLeaf.objects.filter(organisation=made).count()
print(json.dumps({
    "names": names,
    "problems": [each.message for each in found.problems],
    "size": size(made),
    "leaves": leaves,
    "openings": Opening.objects.filter(organisation=made).count(),
    "accounts_recorded": LogLeaf.objects.filter(kind="people.add_account").count(),
}))
"""


@dataclass
class Answers:
    """What the server promised before it died."""

    session: str
    port: int
    token: str = ""
    cookie: str = ""
    promised: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    enough: threading.Event = field(default_factory=threading.Event)
    stopped: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, number: int) -> None:
        """One write; it counts as promised when the whole answer came back."""
        if self.stopped.is_set():
            return
        name = f"clerk{number}"
        with self.lock:
            self.asked.add(name)
        try:
            status = self._send("POST", self._filled_in(name))[0]
        except (OSError, http.client.HTTPException):
            return
        assert status == 302, f"the form was refused with {status}"
        with self.lock:
            self.promised.add(name)
            if len(self.promised) >= KILL_AFTER:
                self.enough.set()

    def open_form(self) -> None:
        """Get the form once, for the token that every write must bring."""
        status, headers, text = self._send("GET", None)
        token = CSRF.search(text)
        assert status == 200, text[:500]
        assert token is not None, text[:500]
        self.token, self.cookie = token[1], headers.get("Set-Cookie", "").split(";")[0]

    def _filled_in(self, name: str) -> dict[str, str]:
        written = {"username": name, "name": name, "password": "", "language": "en"}
        return written | {"csrfmiddlewaretoken": self.token}

    def _send(self, method: str, body: dict[str, str] | None) -> tuple[int, Any, str]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": f"sessionid={self.session}; {self.cookie}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            link.request(method, ADDRESS, body and urlencode(body), headers)
            answer = link.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            link.close()


def start(environment: dict[str, str], *, port: int, log: Path) -> subprocess.Popen[bytes]:
    """The server in a process group of its own, ready to answer."""
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers=1"]
    command += [f"--threads={THREADS}", "--timeout=120", "commonweal_web.house.wsgi"]
    with log.open("ab") as stream:
        process = subprocess.Popen(
            command, env=environment, stdout=stream, stderr=stream, start_new_session=True
        )
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        if is_up(port):
            return process
        time.sleep(0.05)
    raise AssertionError(f"the server did not start: {log.read_text()[-2000:]}")


def is_up(port: int) -> bool:
    """Whether the server answers that its database can be read."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        link.request("GET", "/health")
        return link.getresponse().status == 200
    except OSError:
        return False
    finally:
        link.close()


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the server and its workers at once; the group is ours alone."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_killed_server_keeps_every_write_it_answered_for_and_nothing_half_written(
    settings_of: dict[str, str], tmp_path: Path
) -> None:
    session, port, log = run(PREPARE, settings_of), free_port(), tmp_path / "server.log"
    answers = Answers(session, port)
    server = start(settings_of, port=port, log=log)
    try:
        answers.open_form()
        with ThreadPoolExecutor(CLIENTS) as pool:
            waiting = [pool.submit(answers.write, number) for number in range(WRITES)]
            assert answers.enough.wait(timeout=240), first_fault(waiting, log=log)
            kill(server)
            answers.stopped.set()
            for each in waiting:
                each.result()
        server = start(settings_of, port=port, log=log)
    finally:
        if server.poll() is None:
            kill(server)
    found = json.loads(run(JUDGE, settings_of))
    clerks = {name for name in found["names"] if name.startswith("clerk")}
    assert answers.promised <= clerks <= answers.asked
    assert KILL_AFTER <= len(clerks) < WRITES
    assert found["problems"] == []
    assert found["size"] == found["leaves"] == found["openings"]
    assert found["accounts_recorded"] == len(clerks)


def first_fault(waiting: list[Any], *, log: Path) -> str:
    """Why too few writes were answered."""
    faults = [each.exception() for each in waiting if each.done() and each.exception()]
    return f"{faults[:1]} {log.read_text()[-2000:]}"
