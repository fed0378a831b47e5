"""`commonweal demo`: a sample organisation in a folder that is thrown away afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import click

from commonweal_cli.answers import InputRefused
from commonweal_cli.serve import Family, children, listening_address

HOST = "127.0.0.1"
ANSWERS_WITHIN = 60.0


@click.command()
@click.option(
    "--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535)
)
def demo(port: int) -> int:
    """Try Commonweal with a sample organisation; nothing is kept."""
    refuse_taken(port)
    folder = Path(tempfile.mkdtemp(prefix="commonweal-demo-"))
    os.environ |= demo_environment(folder, port=port)
    try:
        click.echo("Preparing the sample organisation …")
        names = load_sample()
        family = Family(children(host=HOST, port=port, threads=8))
        return family.run(once_started=lambda: greet(port=port, names=names))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def demo_environment(folder: Path, *, port: int) -> dict[str, str]:
    """Settings of a demo: its own data and keys, on loopback only."""
    return {
        "COMMONWEAL_DATA": str(folder / "data"),
        "COMMONWEAL_KEYS": str(folder / "keys"),
        "COMMONWEAL_DEMO": "1",
        "COMMONWEAL_ADDRESS": listening_address(HOST, port),
        "COMMONWEAL_HTTPS": "0",
        "DATABASE_URL": "",
    }


def refuse_taken(port: int) -> None:
    """Refuse a port that something else already listens on."""
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise InputRefused(
                "port_taken",
                f"Port {port} is taken or not allowed. Try another: make demo PORT=8001",
                where="--port",
            ) from error


def load_sample() -> list[str]:
    """Fill the folder in another process, so that the parent of the servers stays small."""
    code = "from commonweal_cli.demo import _fill; _fill()"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.splitlines()


def _fill() -> None:
    from commonweal_cli.installation import open_installation, prepare_database

    open_installation(must_exist=False)
    prepare_database()
    from django.utils import timezone

    from commonweal_web.operations.sample import load_sample_organisation

    for line in load_sample_organisation(at=timezone.now()):
        print(line)


def greet(*, port: int, names: list[str]) -> None:
    """Wait until the server answers, then say where it is and who can sign in."""
    address = listening_address(HOST, port)
    wait_until_it_answers(f"{address}/health")
    click.echo("\n".join(names))
    click.echo(f"\nIts folders, for other commands: {folders()}")
    click.echo(f"Commonweal is here: {address}\nStop it with Ctrl-C; nothing is kept.")
    sys.stdout.flush()


def wait_until_it_answers(url: str, *, within: float = ANSWERS_WITHIN) -> None:
    """Ask until the server answers. Raises `TimeoutError`."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"The server did not answer at {url} within {within:.0f} seconds.")


def folders() -> str:
    """The options that let another command work on the running demo."""
    return f"--data {os.environ['COMMONWEAL_DATA']} --keys {os.environ['COMMONWEAL_KEYS']}"
