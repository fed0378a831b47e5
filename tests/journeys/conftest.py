"""The product as people run it: the demo in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys.own_database import own_installation

STARTS_WITHIN = 180.0
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def free_port() -> int:
    """A port on loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def settings_of(tmp_path: Path, checkout: Path) -> Iterator[dict[str, str]]:
    """The environment of an installation of this test's own."""
    with own_installation(tmp_path, checkout=checkout) as environment:
        yield environment


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo."""
    said = tmp_path_factory.mktemp("demo") / "said.txt"
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    command = [sys.executable, "-m", "commonweal_cli", "demo", "--port", str(free_port())]
    with said.open("w") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env=environment, start_new_session=True
        )
        try:
            yield _address(process, said=said)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def _address(process: subprocess.Popen[bytes], *, said: Path) -> str:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        found = ADDRESS.search(said.read_text())
        if found:
            return found.group()
        time.sleep(0.2)
    raise AssertionError(f"The demo did not start:\n{said.read_text()}")
