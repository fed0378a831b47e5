"""An empty database made in one go has the very tables that the migrations make."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

SHORT = "from django.core.management import call_command; call_command('migrate', verbosity=0)"
LONG = (
    "from django.core.management.commands.migrate import Command;"
    "from django.core.management import call_command; call_command(Command(), verbosity=0)"
)


def made_by(code: str, folder: Path) -> dict[str, set[tuple[object, ...]]]:
    """The columns and indexes of each table in a new database."""
    prepare = "import django; django.setup();"
    environment = {
        "COMMONWEAL_DATA": str(folder / "data"),
        "COMMONWEAL_KEYS": str(folder / "keys"),
        "DJANGO_SETTINGS_MODULE": "commonweal_web.house.settings",
        "PATH": "",
    }
    (folder / "data").mkdir(parents=True)
    subprocess.run([sys.executable, "-c", prepare + code], env=environment, check=True)
    with sqlite3.connect(folder / "data" / "commonweal.sqlite3") as database:
        return {name: shape(database, name) for name in tables(database)}


def tables(database: sqlite3.Connection) -> list[str]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in rows if not name.startswith("sqlite_")]


def shape(database: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    columns = database.execute(f"PRAGMA table_info('{table}')").fetchall()
    keys = database.execute(f"PRAGMA foreign_key_list('{table}')").fetchall()
    indexes = [
        (
            name,
            unique,
            *sorted(str(row[2]) for row in database.execute(f"PRAGMA index_info('{name}')")),
        )
        for _, name, unique, *_ in database.execute(f"PRAGMA index_list('{table}')")
        if not name.startswith("sqlite_autoindex")
    ]
    return {
        *(("column", name, kind, notnull, pk > 0) for _, name, kind, notnull, _, pk in columns),
        *(("key", other, column, target) for _, _, other, column, target, *_ in keys),
        *(("index", *each) for each in indexes),
    }


@pytest.mark.parametrize("way", ["tables", "migrations"])
def test_both_ways_make_the_same_tables(tmp_path: Path, way: str) -> None:
    short, long = made_by(SHORT, tmp_path / "short"), made_by(LONG, tmp_path / "long")
    if way == "tables":
        assert short == long
        return
    applied = "SELECT app, name FROM django_migrations"
    found = [
        set(sqlite3.connect(tmp_path / each / "data" / "commonweal.sqlite3").execute(applied))
        for each in ("short", "long")
    ]
    assert found[0] == found[1]
