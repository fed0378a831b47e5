"""Where a passphrase comes from: a file, the environment or the keyboard, never the command line.

What stands on a command line is seen by every user of the machine and kept by the shell.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from commonweal.operations import refuse_weak
from commonweal_cli.answers import InputRefused

SETTING = "COMMONWEAL_PASSPHRASE"
option = click.option(
    "--passphrase-file",
    "passphrase_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"A file with the passphrase; otherwise {SETTING}, or it is asked for.",
)


def new_passphrase(file: Path | None) -> str:
    """The passphrase for a new backup; asked for twice where it is typed."""
    passphrase = _given(file) or _typed(confirm=True)
    refuse_weak(passphrase)
    return passphrase


def known_passphrase(file: Path | None) -> str:
    """The passphrase of a backup that is there."""
    return _given(file) or _typed(confirm=False)


def _given(file: Path | None) -> str:
    if file is None:
        return os.environ.get(SETTING, "")
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise InputRefused("passphrase_unreadable", str(error), where=str(file)) from error


def _typed(*, confirm: bool) -> str:
    if not sys.stdin.isatty():
        raise InputRefused(
            "passphrase_missing",
            f"There is no passphrase. Give --passphrase-file, or set {SETTING}.",
            where="--passphrase-file",
        )
    typed: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True)
    return typed
