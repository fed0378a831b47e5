"""`commonweal manage …`: Django's own commands for this installation."""

from __future__ import annotations

import os

import click


@click.command(
    context_settings={
        "ignore_unknown_options": True,
        "allow_extra_args": True,
        "help_option_names": [],
    }
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> int:
    """Run one of Django’s commands, such as `commonweal manage migrate`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal_web.house.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["commonweal manage", *arguments])
    return 0
