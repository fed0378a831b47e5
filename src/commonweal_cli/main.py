"""`commonweal`: the commands, read only when they are asked for.

Exit 0: fine. Exit 1: a check failed. Exit 2: the input was refused; with `--json` the answer is
then `{"error": {"code", "message", "where"}}`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

FOLDERS = {"--data": "COMMONWEAL_DATA", "--keys": "COMMONWEAL_KEYS"}
COMMANDS = {
    "demo": ("commonweal_cli.demo:demo", "Try it: a sample organisation in a throw-away folder."),
    "serve": ("commonweal_cli.serve:serve", "Run the web server and the task process."),
    "init": ("commonweal_cli.init:init", "Begin: the database and a first organisation."),
    "check": ("commonweal_cli.check:check", "Say what is unsafe for real use."),
    "tick": ("commonweal_cli.tick:tick", "Do what time alone brings: deadlines, checkpoints."),
    "backup": ("commonweal_cli.backup:backup", "Put everything but the keys into a sealed file."),
    "backup-keys": ("commonweal_cli.backup:backup_keys", "Put the keys into a sealed file."),
    "restore": ("commonweal_cli.restore:restore", "Put a backup back into an empty place."),
    "manage": ("commonweal_cli.manage:manage", "Run one of Django’s own commands."),
    "import": ("commonweal_cli.registers:import_group", "Bring in uses or people from a file."),
    "export": ("commonweal_cli.registers:export_group", "Take a register, or everything, away."),
    "delete-organisation": (
        "commonweal_cli.deletion:delete",
        "Delete an organisation that two people want deleted.",
    ),
    "record": ("commonweal_cli.record:command", "Check, export and witness the record."),
}


class LazyGroup(click.Group):
    """Knows its commands by name and a line of help, and loads one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        found: click.Command = getattr(import_module(module), name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="commonweal", prog_name="commonweal")
def command() -> None:
    """Commonweal: decide together how AI is used at work, and let anyone check it.

    Everywhere: --data DIR (everything but keys; COMMONWEAL_DATA) and --keys DIR (keys;
    COMMONWEAL_KEYS), and --json for answers that programs read.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(given))


def run(arguments: list[str]) -> int:
    """Run a command; the result is the exit status."""
    as_json = "--json" in arguments
    try:
        rest = take_folders(arguments)
        answer = command.main(rest, prog_name="commonweal", standalone_mode=False)
    except click.ClickException as error:
        return _usage(error, as_json=as_json)
    except click.exceptions.Abort:
        return 130
    except Exception as error:
        return _refused(error, as_json=as_json)
    return answer if isinstance(answer, int) else 0


def take_folders(arguments: list[str]) -> list[str]:
    """Take `--data` and `--keys` out, wherever they stand, and pass them on in the environment.

    Everything after `manage` belongs to Django and is left alone.
    """
    rest: list[str] = []
    waiting = iter(arguments)
    for word in waiting:
        name, given, value = word.partition("=")
        if name in FOLDERS and "manage" not in rest:
            _set_folder(name, value=value if given else next(waiting, ""))
        else:
            rest.append(word)
    return rest


def _set_folder(name: str, *, value: str) -> None:
    if not value:
        raise click.UsageError(f"{name} needs a folder.")
    os.environ[FOLDERS[name]] = str(Path(value).expanduser().resolve())


def _usage(error: click.ClickException, *, as_json: bool) -> int:
    from commonweal_cli.answers import error_answer

    where = getattr(getattr(error, "param", None), "name", None) or ""
    if as_json:
        click.echo(error_answer("usage", error.format_message(), where=where))
    else:
        error.show()
    return 2


def _refused(error: Exception, *, as_json: bool) -> int:
    """Show a refusal of ours; any other error is a fault and keeps its trace."""
    from commonweal_cli.answers import error_answer

    code, message = getattr(error, "code", None), getattr(error, "message", None)
    if not isinstance(code, str) or not isinstance(message, str):
        raise error
    where = str(getattr(error, "where", ""))
    if as_json:
        click.echo(error_answer(code, message, where=where))
    else:
        click.echo(f"{message}" + (f" ({where})" if where else ""), err=True)
    return 2
