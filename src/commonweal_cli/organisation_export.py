"""`commonweal export organisation` and `commonweal export check`: everything, taken away whole."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commonweal_cli.answers import InputRefused, as_json

if TYPE_CHECKING:
    from commonweal_web.organisations.models import Organisation

FILE = click.Path(path_type=Path, dir_okay=False)
PROBLEMS_SHOWN = 20


@click.command("organisation")
@click.argument("file", type=FILE)
@click.option("--organisation", "slug", help="Which one; needed when there are several.")
@click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
def organisation(file: Path, slug: str | None, wants_json: bool) -> int:
    """Write everything kept of an organisation into FILE, a ZIP that opens without Commonweal.

    Tables as CSV, JSON and pages, the whole record, the files; signed. It holds personal data.
    """
    from commonweal_cli.installation import open_installation
    from commonweal_cli.registers import the_organisation

    open_installation()
    answer = _write(file, organisation=the_organisation(slug))
    if wants_json:
        click.echo(as_json(answer))
    else:
        click.echo(
            f"{answer['rows']} rows and {answer['members']} files written to {file}. "
            "It holds personal data: keep it as safe as the database."
        )
    return 0


def _write(file: Path, *, organisation: Organisation) -> dict[str, Any]:
    """Write a draft beside the file, look whether it reads back, then give it its name."""
    from django.utils import timezone

    from commonweal.operations.export_file import check_export
    from commonweal_web.operations.actions import note_export
    from commonweal_web.operations.exporting import export_organisation
    from commonweal_web.people.queries import operator
    from commonweal_web.record.actions import sign_checkpoint

    if file.exists():
        raise InputRefused("file_exists", f"{file} is there already.", where=str(file))
    at, by = timezone.now(), operator()
    sign_checkpoint(organisation=organisation, by=by, at=at)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(6)}")
    try:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as stream:
            written = export_organisation(organisation, stream=stream, at=at)
            stream.flush()
            os.fsync(stream.fileno())
            found = check_export(stream)
        if found.problems:
            raise InputRefused("export_damaged", found.problems[0], where=str(file))
        note_export(
            organisation=organisation, by=by, at=at, manifest_sha256=written.manifest_sha256
        )
        draft.replace(file)
    except OSError as error:
        raise InputRefused("file_not_written", str(error), where=str(file)) from error
    finally:
        draft.unlink(missing_ok=True)
    return {
        "file": str(file),
        "rows": written.rows,
        "members": written.members,
        "manifest_sha256": written.manifest_sha256,
    }


@click.command("check")
@click.argument("file", type=FILE)
@click.option("--key", "keys", multiple=True, help="A public key of the log you trust.")
@click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
def check(file: Path, keys: tuple[str, ...], wants_json: bool) -> int:
    """Look whether FILE is an export as it was written, byte for byte. Needs no database.

    Exit 1 when a byte was changed or the signature does not hold. Without --key the keys in the
    file itself are believed, which shows a slip but no forger.
    """
    from commonweal.operations.export_file import ExportRejected, check_export
    from commonweal_cli.registers import existing

    try:
        with existing(file).open("rb") as stream:
            found = check_export(stream)
            problems = [*found.problems, *_signature_problems(stream, found=found, keys=keys)]
    except (OSError, ExportRejected) as refused:
        raise InputRefused("export_rejected", str(refused), where=str(file)) from refused
    if wants_json:
        answer = {"organisation": found.manifest.get("organisation"), "problems": problems}
        click.echo(as_json(answer))
    else:
        click.echo(_words(problems, members=len(found.manifest["members"]), trusted=bool(keys)))
    return 1 if problems else 0


def _signature_problems(stream: Any, *, found: Any, keys: tuple[str, ...]) -> list[str]:
    """What is wrong with the note: another text, or a signature that no known key made."""
    from commonweal.operations.export_file import signed_text
    from commonweal.record import NoteRejected, check_signatures, parse_public_key

    text = signed_text(found.manifest_sha256)
    if not found.note.startswith(f"{text}\n"):
        return ["manifest.json was changed after it was signed"]
    known = keys or _own_keys(stream)
    try:
        check_signatures(found.note, verify_keys=dict(parse_public_key(key) for key in known))
    except (NoteRejected, ValueError) as wrong:
        return [f"the signature does not hold: {wrong}"]
    return []


def _own_keys(stream: Any) -> list[str]:
    """The public keys of the log as the export's own record names them."""
    import zipfile

    from commonweal.record import read_bundle
    from commonweal_cli.log_source import LARGEST_EXPORT

    try:
        with zipfile.ZipFile(stream) as archive, archive.open("record/bundle.json") as member:
            return list(read_bundle(member, limit=LARGEST_EXPORT).log_keys)  # type: ignore[arg-type]
    except (KeyError, ValueError, OSError):
        return []


def _words(problems: list[str], *, members: int, trusted: bool) -> str:
    if not problems:
        whose = "the key you trust" if trusted else "the key named in it"
        return f"{members} files, each as it was written; signed with {whose}."
    shown = problems[:PROBLEMS_SHOWN]
    more = len(problems) - len(shown)
    return "\n".join([*shown, *([f"… and {more} more."] if more else [])])
