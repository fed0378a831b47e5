"""`commonweal manage …`: Django's own commands for this installation."""

from __future__ import annotations

import os

import click

from commonweal_cli.answers import InputRefused

PAST_THE_RECORD = {
    "changepassword": "people change their own password on the page “My account”",
    "createsuperuser": "begin with `commonweal init --organisation NAME --lead SIGN-IN-NAME`",
    "loaddata": "bring registers in with `commonweal import`",
    "flush": "begin with an empty data folder instead",
}
"""Commands that write our tables without a step on the record, and what to do instead."""
BY_HAND = ("shell", "dbshell")


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
    refuse_past_the_record(arguments[0] if arguments else "")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal_web.house.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["commonweal manage", *arguments])
    return 0


def refuse_past_the_record(command: str) -> None:
    """Refuse what would change rows so that the record no longer verifies; warn where it could."""
    if command in PAST_THE_RECORD:
        raise InputRefused(
            "past_the_record",
            f"`{command}` writes without a step on the record, which would then not verify. "
            f"Instead, {PAST_THE_RECORD[command]}.",
            where=command,
        )
    if command in BY_HAND:
        click.echo("Whatever you change here by hand, `record verify` will find.", err=True)
