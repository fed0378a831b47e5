"""`commonweal restore`: a backup back into an empty place, verified before it is in place.

The restore works in a folder of its own inside the data folder, or in one transaction of
PostgreSQL. Only when every record verifies is it moved into place. Ending it before keeps nothing.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import click

from commonweal.operations import Manifest, open_backup
from commonweal.record import NoteRejected, read_checkpoint
from commonweal_cli import passphrases
from commonweal_cli.answers import InputRefused, as_json
from commonweal_cli.backup import private_folder
from commonweal_cli.restore_words import Restored, words
from commonweal_cli.witness_store import kept_notes

FINE, FAILED = 0, 1
WORK = ".restoring"
_json = click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@passphrases.option
@click.option(
    "--against",
    "against",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A signed text kept elsewhere, or a witness’s folder: the backup must reach it.",
)
@click.option(
    "--accept-older",
    "reason",
    help="Go on from a backup older than what was signed, and put this reason on the record.",
)
@_json
def restore(
    file: Path,
    passphrase_file: Path | None,
    against: tuple[Path, ...],
    reason: str | None,
    wants_json: bool,
) -> int:
    """Put the backup FILE back, into an empty data folder or an empty database.

    Exit 1 when a record does not verify or is older than what was signed: then nothing is kept.
    """
    notes = _notes(against)
    passphrase = passphrases.known_passphrase(passphrase_file)
    try:
        with file.expanduser().open("rb") as stream:
            restored = _restored(stream, passphrase=passphrase, notes=notes, reason=reason)
    except OSError as error:
        raise InputRefused(
            "restore_failed", f"Nothing was restored: {error}.", where=str(file)
        ) from error
    click.echo(as_json(restored.answer) if wants_json else words(restored))
    return FINE if restored.is_in_place else FAILED


def _restored(
    stream: BinaryIO, *, passphrase: str, notes: Sequence[str], reason: str | None
) -> Restored:
    manifest, rest = open_backup(stream, passphrase=passphrase)
    if manifest.kind == "keys":
        return _restored_keys(manifest, rest)
    return _restored_data(manifest, rest, notes=notes, reason=reason)


def _restored_keys(manifest: Manifest, rest: Iterable[tuple[str, Iterable[bytes]]]) -> Restored:
    from commonweal_web.house import environment
    from commonweal_web.operations import key_files

    environment.refuse_keys_inside_data()
    found = {
        name.removeprefix(key_files.FOLDER): key_files.read_key(name, pieces)
        for name, pieces in rest
    }
    written = key_files.put_keys_back(found)
    return Restored(manifest, place=environment.keys_folder(), keys_written=tuple(written))


def _restored_data(
    manifest: Manifest, rest: Any, *, notes: Sequence[str], reason: str | None
) -> Restored:
    """Everything in a place of its own first, then into its own place at once."""
    from commonweal_web.house import environment
    from commonweal_web.operations.key_files import keys_needed

    environment.refuse_keys_inside_data()
    data = environment.data_folder().resolve()
    refuse_filled(data)
    keys = keys_needed(manifest.key_files)
    # Otherwise Django would draw a key for sessions into a keys folder that waits for its own.
    os.environ.setdefault("COMMONWEAL_SECRET_KEY", secrets.token_urlsafe(64))
    was_there = data.is_dir()
    try:
        with private_folder(WORK) as folder:
            os.environ["COMMONWEAL_DATA"] = str(folder)
            from commonweal_cli.restoring import restore_into

            return restore_into(
                data, manifest=manifest, rest=rest, notes=notes, reason=reason, keys=keys
            )
    finally:
        os.environ["COMMONWEAL_DATA"] = str(data)
        if not was_there and data.is_dir() and not any(data.iterdir()):
            data.rmdir()


def refuse_filled(data: Path) -> None:
    """Refuse a data folder that holds anything but what an ended restore left behind."""
    found = sorted(path.name for path in data.glob("*")) if data.is_dir() else []
    others = [name for name in found if name != WORK]
    if others:
        shown = ", ".join(others[:5]) + (" …" if len(others) > 5 else "")
        raise InputRefused(
            "folder_in_use",
            f"The data folder {data} is in use: it holds {shown}. Stop the server if one runs on "
            "it, and choose a new, empty folder with --data.",
            where="--data",
        )


def _notes(against: Iterable[Path]) -> list[str]:
    """The signed texts of files and of witnesses' folders."""
    notes: list[str] = []
    for path in against:
        if path.is_dir():
            notes += kept_notes(path)
        else:
            notes.append(_note(path))
    return notes


def _note(path: Path) -> str:
    try:
        note = path.read_text(encoding="utf-8")
        read_checkpoint(note)
    except (OSError, UnicodeDecodeError, NoteRejected) as error:
        raise InputRefused("checkpoint_unreadable", str(error), where=str(path)) from error
    return note
