"""Opening an installation from a command: Django, the folders, the database."""

from __future__ import annotations

import os
from pathlib import Path

from commonweal_cli.answers import InputRefused


def open_installation(*, must_exist: bool = True) -> None:
    """Set Django up for the data folder.

    Raises `InputRefused` when there is no installation there yet, or it waits for a migration.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal_web.house.settings")
    import django

    django.setup()
    from django.conf import settings

    refuse_keys_inside_data(settings.DATA, keys=settings.KEYS)
    if must_exist:
        _refuse_unready()


def refuse_keys_inside_data(data: Path, *, keys: Path) -> None:
    """Keys beside the data would travel in its backups."""
    if keys.resolve().is_relative_to(data.resolve()):
        raise InputRefused(
            "keys_inside_data",
            f"The keys folder {keys} lies inside the data folder. Choose another with --keys.",
            where="--keys",
        )


def prepare_database(*, quiet: bool = True) -> None:
    """Bring the database to the newest shape."""
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", verbosity=0 if quiet else 1, interactive=False)


def _refuse_unready() -> None:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise InputRefused(
            "database_unreachable", f"The database does not answer: {error}"
        ) from error
    if waiting:
        raise InputRefused(
            "not_ready",
            "There is no installation here yet, or it is older than this program. "
            "Run `commonweal init`, or `commonweal manage migrate` to bring it up to date.",
            where="--data",
        )
