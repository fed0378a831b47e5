"""A thousand notices while the mail server is down, killed and brought back: none is lost.

A real mail server and the process that sends, both in processes of their own, both killed by
SIGKILL in the middle. Mails are told apart by their `Message-ID`.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from journeys.conftest import free_port
from journeys.own_database import run

PEOPLE, SERVER_DIES_AT, SENDER_DIES_AT = 1000, 250, 600
SERVER = Path(__file__).with_name("mail_server.py")

TELL = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from datetime import datetime, UTC
from commonweal_web.notices.actions import tell
from commonweal_web.notices.models import Preference
from commonweal_web.people.models import Account
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action
from factories import people
now = datetime.now(UTC)
made = people.an_organisation("northbank", at=now)
with action("tests.people", organisation=made, by=operator(), at=now) as act:
    accounts = act.create_many(
        Account(
            organisation=made, username=name, name=name, password="!", email=f"{{name}}@a.example"
        )
        for name in (f"p{{number}}" for number in range({PEOPLE}))
    )
    Preference.objects.bulk_create(
        Preference(organisation=made, account=each, channel="mail", rhythm="at_once")
        for each in accounts
    )
    tell(
        organisation=made, at=now, about="tests.day:1", accounts=[each.pk for each in accounts],
        url="/desk/", kind="notices.due_soon",
    )
"""
SEND = """
import django; django.setup()
import sys
from datetime import timedelta
from django.utils import timezone
from commonweal_web.notices.actions import deliver
from commonweal_web.notices.models import Mail
later = timedelta(hours=float(sys.argv[1]))
sent = deliver(clock=lambda: timezone.now() + later)
print(sent, Mail.objects.count())
"""


@contextmanager
def server(port: int, log: Path, *, dies_at: int = 0) -> Iterator[subprocess.Popen[bytes]]:
    """A mail server that is up, and gone at the end."""
    process = subprocess.Popen(
        [sys.executable, str(SERVER), str(port), str(log), str(dies_at)], start_new_session=True
    )
    try:
        until = time.monotonic() + 30
        while not is_up(port):
            assert time.monotonic() < until, "the mail server did not start"
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()


def is_up(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def kept(log: Path) -> list[str]:
    """What the server wrote down, whole lines only."""
    return log.read_text().splitlines() if log.exists() else []


def kill_amid_sending(environment: dict[str, str], *, log: Path, after: int) -> None:
    """Start sending, and kill the sender once the server holds so many mails."""
    sender = subprocess.Popen(
        [sys.executable, "-c", SEND, "2"], env=environment, start_new_session=True
    )
    until = time.monotonic() + 60
    while len(kept(log)) < after:
        assert time.monotonic() < until, f"only {len(kept(log))} mails after a minute"
        assert sender.poll() is None, "the sender ended before it could be killed"
        time.sleep(0.005)
    os.killpg(sender.pid, signal.SIGKILL)
    sender.wait()


def test_a_thousand_notices_arrive_once_or_twice_whoever_is_killed(
    settings_of: dict[str, str], tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "mails.txt"
    settings = settings_of | {
        "COMMONWEAL_MAIL_URL": f"smtp://127.0.0.1:{port}",
        "COMMONWEAL_MAIL_FROM": "commonweal@north.example",
    }
    assert run(TELL + SEND, settings, "0") == f"0 {PEOPLE}"  # nobody listens yet
    with server(port, log, dies_at=SERVER_DIES_AT) as dying:
        run(SEND, settings, "1")  # the server dies with one mail written down and not answered
        assert dying.wait(timeout=10) == -signal.SIGKILL
    assert len(kept(log)) == SERVER_DIES_AT
    with server(port, log):
        kill_amid_sending(settings, log=log, after=SENDER_DIES_AT)
        assert SENDER_DIES_AT <= len(kept(log)) < PEOPLE
        rest = run(SEND, settings, "3")

    copies = Counter(kept(log))
    assert len({line.split()[0] for line in copies}) == PEOPLE  # one id for each person …
    assert len({line.split()[1] for line in copies}) == PEOPLE  # … and nobody without a mail
    assert set(copies.values()) == {1, 2}
    assert rest.split()[1] == "0"
