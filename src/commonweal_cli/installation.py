"""Opening an installation from a command: Django, the folders, the database."""

from __future__ import annotations

import os
from pathlib import Path

from commonweal_cli.answers import InputRefused


def open_installation(*, must_exist: bool = True) -> None:
    """Set Django up for the data folder.

    Raises `InputRefused` when there is no installation there yet, or it waits for a migration, and
    `SettingRefused` where the settings cannot be used, such as keys that lie among the data.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal_web.house.settings")
    import django

    django.setup()
    if must_exist:
        _refuse_unready()


def prepare_database(*, quiet: bool = True) -> None:
    """Bring the database to the newest shape."""
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", verbosity=0 if quiet else 1, interactive=False)


def _refuse_unready() -> None:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        raise _not_ready()
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise InputRefused(
            "database_unreachable", f"The database does not answer: {error}"
        ) from error
    if waiting:
        raise _not_ready()


def _not_ready() -> InputRefused:
    return InputRefused(
        "not_ready",
        "There is no installation here yet, or it is older than this program. "
        "Run `commonweal init`, or `commonweal manage migrate` to bring it up to date.",
        where="--data",
    )
