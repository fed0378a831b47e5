"""`migrate`, which makes an empty database in one go instead of step by step.

Running sixty steps over seventy related tables costs seconds, since each step renders them all. An
empty database gets its tables straight from the models, and the steps are marked as done. A test
holds both ways to the same tables.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.commands.migrate import Command as Migrate
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor


class Command(Migrate):
    """Django's own command; only a whole, plain run on an empty database is shortened."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if _is_plain(options) and not connection.introspection.table_names():
            make_tables(connection, verbosity=options["verbosity"])
        super().handle(*args, **options)


def _is_plain(options: dict[str, Any]) -> bool:
    special: tuple[str, ...] = (
        "app_label",
        "migration_name",
        "plan",
        "fake",
        "fake_initial",
        "check_unapplied",
    )
    return not any(options.get(name) for name in special)


def make_tables(connection: BaseDatabaseWrapper, *, verbosity: int) -> None:
    """Make every table from the models and mark every migration as applied, all or nothing."""
    executor = MigrationExecutor(connection)
    emit_pre_migrate_signal(verbosity, False, connection.alias)
    with connection.schema_editor(atomic=True) as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy and not model._meta.swapped:
                editor.create_model(model)
        executor.recorder.ensure_schema()
        for app, name in executor.loader.graph.nodes:
            executor.recorder.record_applied(app, name)
    emit_post_migrate_signal(verbosity, False, connection.alias)
