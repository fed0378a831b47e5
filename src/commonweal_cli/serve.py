"""`commonweal serve`: the web server with its task process beside it, watched by one parent.

The parent loads neither Django nor the rooms. The web process is one gunicorn worker with threads;
numbers and long work belong to the task process, so that the web process stays small.
"""

from __future__ import annotations

import ipaddress
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

import click

from commonweal_cli.answers import InputRefused
from commonweal_web.house.environment import flag

ONLY_HERE = {
    "COMMONWEAL_DEBUG": "its pages of faults show settings and what people typed",
    "COMMONWEAL_DEMO": "its passwords are printed for everybody",
}
RESTART_AFTER = 1.0
STOP_WITHIN = 15.0


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
@click.option("--insecure", is_flag=True, help="Answer others without HTTPS: passwords are read.")
def serve(host: str, port: int, threads: int, insecure: bool) -> int:
    """Run the web server and the task process until they are told to stop."""
    refuse_open_doors(host, insecure=insecure)
    refuse_unready()
    family = Family(children(host=host, port=port, threads=threads))
    return family.run()


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_open_doors(host: str, *, insecure: bool) -> None:
    """Refuse to let other machines in where settings would give them what is not theirs."""
    if is_loopback(host):
        return
    for name, why in ONLY_HERE.items():
        if flag(name):
            raise InputRefused(
                "only_on_loopback",
                f"{name} is on: {why}. Switch it off, or listen on 127.0.0.1 instead of {host}.",
                where=name,
            )
    if not insecure and not flag("COMMONWEAL_HTTPS"):
        raise InputRefused(
            "https_missing",
            f"On {host} others would send their passwords where anybody between can read them. "
            "Put a proxy with HTTPS in front and set COMMONWEAL_HTTPS=1, or say --insecure.",
            where="COMMONWEAL_HTTPS",
        )


def refuse_unready() -> None:
    """Look in another process whether there is an installation, so that this one stays small."""
    asked = subprocess.run(
        [sys.executable, "-c", "from commonweal_cli.serve import _look; _look()"], check=False
    )
    if asked.returncode:
        raise SystemExit(asked.returncode)


def _look() -> None:
    from commonweal_cli.installation import open_installation
    from commonweal_web.house.environment import SettingRefused

    try:
        open_installation()
    except (InputRefused, SettingRefused) as refusal:
        told = f"{refusal.message} ({refusal.where})" if refusal.where else refusal.message
        click.echo(told, err=True)
        sys.exit(2)


def children(*, host: str, port: int, threads: int) -> list[Child]:
    """The web server and the task process."""
    web = [
        *(sys.executable, "-m", "gunicorn", "commonweal_web.house.wsgi:application"),
        *("--bind", f"{host}:{port}", "--workers", "1", "--threads", str(threads)),
        *("--worker-class", "gthread", "--graceful-timeout", "10", "--timeout", "60"),
        *("--logger-class", "commonweal_cli.server_log.ServerLog"),
        *("--log-level", "warning", "--no-control-socket", "--limit-request-line", "8000"),
    ]
    return [Child("web", web), Child("tasks", [sys.executable, "-m", "commonweal_cli.tasks"])]


@dataclass(slots=True)
class Child:
    """One process of the family: started again when it ends by itself."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Start it."""
        self.process = subprocess.Popen(self.command)

    @property
    def has_ended(self) -> bool:
        """Whether it is not running."""
        return self.process is None or self.process.poll() is not None

    def end(self, *, until: float) -> None:
        """Ask it to stop, and stop it when it does not."""
        if self.process is None or self.has_ended:
            return
        try:
            self.process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass(slots=True)
class Family:
    """The processes of an installation, kept running until one signal ends them all."""

    members: list[Child]
    is_ending: bool = False

    def run(self, *, once_started: Callable[[], None] | None = None) -> int:
        """Keep every member running; return when told to stop."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._told_to_stop)
        for member in self.members:
            member.start()
        if once_started:
            once_started()
        try:
            self._watch()
        finally:
            self._end()
        return 0

    def _told_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self.is_ending = True

    def _watch(self) -> None:
        while not self.is_ending:
            time.sleep(0.2)
            for member in self.members:
                if member.has_ended and not self.is_ending:
                    click.echo(f"The {member.name} process ended; starting it again.", err=True)
                    time.sleep(RESTART_AFTER)
                    member.start()

    def _end(self) -> None:
        for member in self.members:
            if member.process is not None and not member.has_ended:
                member.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + STOP_WITHIN
        for member in self.members:
            member.end(until=until)


def listening_address(host: str, port: int) -> str:
    """The address as people type it."""
    return f"http://{host}:{port}"
