"""`commonweal backup` and `backup-keys`: one sealed file, read back whole before it counts.

The file gets its name only after it was read back. Whatever goes wrong before leaves nothing.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from commonweal.operations import BackupRejected, Manifest, MemberWriter, begin_backup, open_backup
from commonweal_cli import passphrases
from commonweal_cli.answers import InputRefused, as_json

TABLES, SUFFIX = "database/", ".copy"
_file = click.Path(path_type=Path, dir_okay=False)
_json = click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
APART = (
    "Keys are not in it. Make a backup of them with `commonweal backup-keys`, and let somebody "
    "else keep it: whoever has both, and the passphrases, can rewrite the record."
)
APART_KEYS = (
    "Keep it apart from the backups of the data, with somebody else, by another passphrase."
)


@click.command()
@click.argument("file", type=_file)
@passphrases.option
@_json
def backup(file: Path, passphrase_file: Path | None, wants_json: bool) -> int:
    """Write everything but the keys into FILE, sealed with a passphrase, while the server runs.

    FILE must not be there yet. It is read back whole before it gets its name.
    """
    passphrase = passphrases.new_passphrase(passphrase_file)
    from commonweal_cli.installation import open_installation

    open_installation()
    from django.utils import timezone

    from commonweal_web.operations.backing_up import write_data

    with private_folder(".backup") as folder:
        manifest = _written(
            file,
            passphrase=passphrase,
            write=lambda writer: write_data(writer, at=timezone.now(), folder=folder),
        )
    return _tell(file, manifest=manifest, advice=APART, wants_json=wants_json)


@click.command("backup-keys")
@click.argument("file", type=_file)
@passphrases.option
@_json
def backup_keys(file: Path, passphrase_file: Path | None, wants_json: bool) -> int:
    """Write the keys folder into FILE, sealed with a passphrase, for somebody else to keep."""
    passphrase = passphrases.new_passphrase(passphrase_file)
    from commonweal_cli.installation import open_installation

    open_installation()
    from django.utils import timezone

    from commonweal_web.operations.backing_up import write_keys

    manifest = _written(
        file,
        passphrase=passphrase,
        write=lambda writer: write_keys(writer, at=timezone.now()),
    )
    return _tell(file, manifest=manifest, advice=APART_KEYS, wants_json=wants_json)


@contextmanager
def private_folder(name: str) -> Iterator[Path]:
    """A folder inside the data folder for one backup or restore at a time, gone afterwards.

    What one that was killed left behind is taken away.
    """
    from commonweal_web.house import environment

    data = environment.data_folder()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = os.open(data, os.O_RDONLY)
    try:
        _hold(held, data=data)
        folder = data / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(held)


def _hold(descriptor: int, *, data: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise InputRefused(
            "backup_runs",
            f"Another backup or restore is under way in {data}. Wait until it has ended.",
            where=str(data),
        ) from error


def _written(
    file: Path, *, passphrase: str, write: Callable[[MemberWriter], Manifest]
) -> Manifest:
    """Write, read back, and only then give the file its name."""
    target = _refuse_place(file)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        manifest = _write_draft(draft, passphrase=passphrase, write=write)
        _read_back(draft, passphrase=passphrase)
        draft.rename(target)
        _note(target, manifest=manifest)
    except (OSError, sqlite3.Error) as error:
        raise InputRefused(
            "backup_failed",
            f"The backup was not made: {error}. Nothing was kept.",
            where=str(file),
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _refuse_place(file: Path) -> Path:
    from commonweal_web.house import environment

    target = file.expanduser().resolve()
    if target.exists():
        raise InputRefused(
            "file_exists",
            "A file of this name is there already. Choose another name, such as one with the day.",
            where=str(file),
        )
    if not target.parent.is_dir():
        raise InputRefused("no_folder", f"There is no folder {target.parent}.", where=str(file))
    for folder in (environment.data_folder(), environment.keys_folder()):
        if target.is_relative_to(folder.resolve()):
            raise InputRefused(
                "backup_inside",
                f"A backup inside {folder} is lost together with it. Choose another folder, "
                "at best on another machine.",
                where=str(file),
            )
    return target


def _write_draft(
    draft: Path, *, passphrase: str, write: Callable[[MemberWriter], Manifest]
) -> Manifest:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(24)
        manifest = write(begin_backup(stream, passphrase=passphrase, salt=salt, nonce=nonce))
        stream.flush()
        os.fsync(stream.fileno())
        # So that it is read back from the disk, not from memory.
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return manifest


def _read_back(draft: Path, *, passphrase: str) -> None:
    with draft.open("rb") as stream:
        refuse_incomplete(stream, passphrase=passphrase)


def refuse_incomplete(stream: BinaryIO, *, passphrase: str) -> Manifest:
    """Read a backup whole and count its rows. Raises `BackupRejected`."""
    manifest, rest = open_backup(stream, passphrase=passphrase)
    for name, pieces in rest:
        lines = sum(piece.count(b"\n") for piece in pieces)
        table = name.removeprefix(TABLES).removesuffix(SUFFIX)
        if name.startswith(TABLES) and lines != manifest.rows.get(table):
            raise BackupRejected(
                "rows_missing",
                f"{name} has {lines} rows, and {manifest.rows.get(table)} were written.",
            )
    return manifest


def _note(target: Path, *, manifest: Manifest) -> None:
    from commonweal_web.operations.last_backup import keep_last_backup
    from commonweal_web.operations.pieces import settle

    settle(target.parent)
    keep_last_backup(manifest, size=target.stat().st_size)


def _tell(file: Path, *, manifest: Manifest, advice: str, wants_json: bool) -> int:
    size = file.expanduser().stat().st_size
    if wants_json:
        click.echo(
            as_json(
                {
                    "file": str(file),
                    "bytes": size,
                    "kind": manifest.kind,
                    "made_at": manifest.made_at.isoformat(),
                    "records": {each.slug: each.size for each in manifest.records},
                    "rows": sum(manifest.rows.values()),
                    "key_files": sorted(manifest.key_files),
                }
            )
        )
        return 0
    click.echo(f"Written and read back: {file}, {size / 1_000_000:.1f} MB.")
    for each in manifest.records:
        click.echo(f"{each.slug}: the first {each.size} steps of the record.")
    click.echo(advice)
    return 0
