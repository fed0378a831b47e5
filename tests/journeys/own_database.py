"""An installation of a journey's own: its folders, a database of its own, processes in it."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_installation(folder: Path, *, checkout: Path) -> Iterator[dict[str, str]]:
    """The environment of its processes: an empty database on the same kind of server."""
    environment = os.environ | {
        "COMMONWEAL_DATA": str(folder / "data"),
        "COMMONWEAL_KEYS": str(folder / "keys"),
        "COMMONWEAL_STATIC_FINDERS": "1",
        "DJANGO_SETTINGS_MODULE": "commonweal_web.house.settings",
        "PYTHONPATH": os.pathsep.join([str(checkout / "src"), str(checkout / "tests")]),
    }
    (folder / "data").mkdir()
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield environment
        return
    name = f"killed_{uuid.uuid4().hex}"
    _administer(url, f'CREATE DATABASE "{name}"')
    path, mark, query = url.partition("?")
    try:
        yield environment | {"DATABASE_URL": f"{path.rsplit('/', 1)[0]}/{name}{mark}{query}"}
    finally:
        _administer(url, f'DROP DATABASE "{name}" WITH (FORCE)')


def _administer(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def run(code: str, environment: dict[str, str], *arguments: str) -> str:
    """Run a few lines in a process of their own; the last line they print."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]
