"""A PostgreSQL server of our own, for as long as the tests need one.

It runs as an unprivileged user in a new 0700 folder outside the checkout, listens on a socket in
that folder and on no port, and is gone afterwards. Nothing of a server that the machine may
already run is touched.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

DEBIAN_PROGRAMS = Path("/usr/lib/postgresql")
UNPRIVILEGED = "nobody"
ROLE = "commonweal"
# Speed instead of durability: the data is thrown away at the end in any case.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "timezone": "UTC",
}


class NoPostgreSQL(RuntimeError):
    """This machine has no PostgreSQL server programs; the message says how to get them."""


def find_programs() -> Path:
    """The folder with `initdb` and `pg_ctl`; version 15 before any other."""
    folders = sorted(DEBIAN_PROGRAMS.glob("*/bin"), reverse=True)
    folders.sort(key=lambda folder: folder.parent.name != "15")
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoPostgreSQL(
        f"No PostgreSQL server programs in {DEBIAN_PROGRAMS} or on the path; "
        "install the package postgresql-15."
    )


def unprivileged(command: list[str]) -> list[str]:
    """The command as it runs without root's rights: PostgreSQL refuses to start as root."""
    if os.geteuid() != 0:
        return command
    nobody = pwd.getpwnam(UNPRIVILEGED)
    user, group = f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}"
    return ["setpriv", user, group, "--clear-groups", *command]


def run(*command: str, folder: Path) -> None:
    """Run one PostgreSQL program; its own words are the error when it fails."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    done = subprocess.run(
        unprivileged(list(command)),
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stdout.strip()}")


def private_folder() -> Path:
    """A new 0700 folder that belongs to the user the server runs as."""
    folder = Path(tempfile.mkdtemp(prefix="commonweal-postgres-"))
    if os.geteuid() == 0:
        nobody = pwd.getpwnam(UNPRIVILEGED)
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return folder


def create(*, programs: Path, folder: Path) -> None:
    """Make an empty cluster whose settings are written into its own file."""
    data = folder / "data"
    initdb = str(programs / "initdb")
    options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync"]
    run(initdb, *options, "--locale=C.UTF-8", f"--pgdata={data}", folder=folder)
    lines = [f"{name} = '{value}'\n" for name, value in SETTINGS.items()]
    lines.append(f"unix_socket_directories = '{folder}'\n")
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.writelines(lines)


def start(*, programs: Path, folder: Path) -> None:
    """Start the server and give it a role without special rights, so that row-level security
    holds for the tests as it does in production."""
    data, log = f"--pgdata={folder / 'data'}", f"--log={folder / 'log'}"
    run(str(programs / "pg_ctl"), "start", "--wait", data, log, folder=folder)
    psql = [str(programs / "psql"), f"--host={folder}", "--username=postgres", "--no-psqlrc"]
    statements = (
        f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER",
        f"CREATE DATABASE {ROLE} OWNER {ROLE}",
    )
    for statement in statements:
        run(*psql, "--dbname=postgres", f"--command={statement}", folder=folder)


def address(folder: Path) -> str:
    """The DATABASE_URL of the server whose socket is in this folder."""
    return f"postgres://{ROLE}@/{ROLE}?host={quote(str(folder), safe='')}"


@contextmanager
def running_server() -> Iterator[str]:
    """A running server's DATABASE_URL; server and data are gone when the block ends."""
    programs = find_programs()
    folder = private_folder()
    try:
        create(programs=programs, folder=folder)
        start(programs=programs, folder=folder)
        yield address(folder)
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            pg_ctl = str(programs / "pg_ctl")
            run(pg_ctl, "stop", "-m", "immediate", f"--pgdata={folder / 'data'}", folder=folder)
        shutil.rmtree(folder, ignore_errors=True)
