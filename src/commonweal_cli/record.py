"""`commonweal record`: check the record, sign it, take it away, and stand witness to it.

Nothing here reads Django until a command needs the database: `verify --export`, `witness` and
`compare` work on any machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from commonweal.record import (
    Problem,
    Verification,
    grow,
    inclusion_proof,
    root,
    verify_bundle,
)
from commonweal_cli import log_source
from commonweal_cli.answers import InputRefused, as_json
from commonweal_cli.verification_words import Told, named_in_export, tell, trusted
from commonweal_cli.witnessing import compare_stores, witness

if TYPE_CHECKING:
    from commonweal_web.organisations.models import Organisation
    from commonweal_web.record.actor import Actor

FINE = 0
_file = click.Path(path_type=Path, dir_okay=False)
_organisation = click.option("--organisation", "slug", help="Short name in web addresses.")
_json = click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
_export = click.option("--export", "export", type=_file, help="A file of `record export`.")


@click.group()
def command() -> None:
    """Check, export and witness the record."""


command.add_command(witness)
command.add_command(compare_stores)


@command.command()
@_organisation
@_export
@click.option("--key", "keys", multiple=True, help="A public key of the log you trust.")
@click.option("--checkpoint", "printed", multiple=True, type=_file, help="A signed text you kept.")
@click.option("--without-files", is_flag=True, help="Leave the files kept as evidence unopened.")
@_json
def verify(
    slug: str | None,
    export: Path | None,
    keys: tuple[str, ...],
    printed: tuple[Path, ...],
    without_files: bool,
    wants_json: bool,
) -> int:
    """Recompute the whole record and compare every row, and every kept file, with it.

    Exit 1 names the leaf of each problem. With --export it needs no database and no network.
    """
    known = trusted(keys)
    notes = [_read_text(path) for path in printed]
    if export is not None:
        bundle = log_source.open_export(export)
        try:
            found = verify_bundle(bundle, trusted_keys=known, printed=notes)
        except ValueError as malformed:
            raise InputRefused("export_rejected", str(malformed), where=str(export)) from malformed
        told = Told(bundle.origin, found, named_in_export(bundle))
        return tell([told], wants_json=wants_json)
    organisations = _organisations(slug)
    from commonweal_web.record.queries import verify_installation, verify_record, witnesses

    verified = [
        Told(
            each.slug,
            _with_files(
                each,
                found=verify_record(each, trusted_keys=known, printed=notes),
                is_asked=not without_files,
            ),
            {witness.name: witness.named_by for witness in witnesses(each)},
        )
        for each in organisations
    ]
    beyond = () if slug else verify_installation()
    return tell(verified, wants_json=wants_json, beyond=beyond)


@command.command()
@_organisation
@_json
def checkpoint(slug: str | None, wants_json: bool) -> int:
    """Sign the record as it stands now."""
    organisations = _organisations(slug)
    from commonweal_web.record.actions import sign_checkpoint

    for each in organisations:
        signed = sign_checkpoint(organisation=each, by=_operator(), at=_now())
        answer = {"organisation": each.slug, "size": signed.size, "note": signed.note}
        click.echo(as_json(answer) if wants_json else signed.note)
    return FINE


@command.command("replace-key")
@click.option("--organisation", "slug", required=True, help="Short name in web addresses.")
def replace_key(slug: str) -> int:
    """Sign with a new key from now on; the old public key stays."""
    [organisation] = _organisations(slug)
    from commonweal_web.record import actions

    made = actions.replace_key(organisation=organisation, by=_operator(), at=_now())
    click.echo(made.public_key)
    return FINE


@command.command()
@_organisation
@click.argument("file", type=_file)
def export(slug: str | None, file: Path) -> int:
    """Write the whole record into FILE, for a check elsewhere. It holds personal data."""
    [organisation] = _one(_organisations(slug))
    from commonweal_web.record.exporting import export_record

    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise InputRefused("file_unwritable", str(error), where=str(file)) from error
    with os.fdopen(descriptor, "wb") as stream:
        export_record(organisation, stream=stream)
    click.echo(f"Written: {file}. It holds personal data: keep it as safe as the database.")
    return FINE


@command.command("proof")
@click.argument("index", type=click.IntRange(min=0))
@click.option("--size", type=click.IntRange(min=1), help="The size to prove it for.")
@_organisation
@_export
def proof(index: int, size: int | None, slug: str | None, export: Path | None) -> int:
    """Print, as JSON, the proof that step INDEX is on the record."""
    if export is not None:
        click.echo(as_json(_proof_of_export(export, index=index, size=size)))
        return FINE
    [organisation] = _one(_organisations(slug))
    from commonweal_web.record.queries import leaf_proof

    made = leaf_proof(organisation, index=index, size=size)
    answer = _proof_answer(
        index, size=made.size, hashed=made.leaf_hash, path=made.path, root_hash=made.root
    )
    click.echo(as_json(answer))
    return FINE


@command.command("add-witness")
@click.option("--organisation", "slug", required=True, help="Short name in web addresses.")
@click.argument("public_key")
def add_witness(slug: str, public_key: str) -> int:
    """Name a witness by the PUBLIC_KEY it gave us."""
    [organisation] = _organisations(slug)
    from commonweal_web.record import actions

    made = actions.add_witness(
        organisation=organisation, by=_operator(), at=_now(), public_key=public_key
    )
    click.echo(f"Witness {made.name} is named.")
    return FINE


@command.command("cosignature")
@click.option("--organisation", "slug", required=True, help="Short name in web addresses.")
@click.argument("file", type=_file)
def cosignature(slug: str, file: Path) -> int:
    """Take in FILE, a signed text as a witness gave it back."""
    note = _read_text(file)
    [organisation] = _organisations(slug)
    from commonweal_web.record import actions

    kept = actions.take_cosignature(
        organisation=organisation, by=_operator(), at=_now(), note=note
    )
    click.echo(f"Kept: {kept.witness.name} confirms the first {kept.size} steps.")
    return FINE


@command.command("erase")
@click.option("--organisation", "slug", required=True, help="Short name in web addresses.")
@click.option("--reason", required=True)
@click.option("--requester", required=True, help="Sign-in name of the person who asks.")
@click.option(
    "--approver", required=True, help="Sign-in name of a second person, who may approve."
)
@click.argument("subject")
def erase(slug: str, reason: str, requester: str, approver: str, subject: str) -> int:
    """Erase the personal data of SUBJECT, such as people.account:ID. This cannot be undone."""
    [organisation] = _organisations(slug)
    from commonweal_web.record import actions

    actions.erase_subject(
        organisation=organisation,
        by=_operator(),
        at=_now(),
        subject=subject,
        reason=reason,
        requester=_account(organisation, requester, where="--requester"),
        approver=_account(organisation, approver, where="--approver"),
    )
    click.echo(f"Erased: {subject}. The record keeps that it was done.")
    return FINE


def _with_files(
    organisation: Organisation, *, found: Verification, is_asked: bool
) -> Verification:
    """What was found in the record, with every kept file that is not as it says."""
    if not is_asked:
        return found
    from commonweal_web.evidence.queries import check_files

    wrong = [
        Problem(each.code, None, each.subject, each.message) for each in check_files(organisation)
    ]
    return replace(found, problems=(*found.problems, *wrong))


def _proof_of_export(export: Path, *, index: int, size: int | None) -> dict[str, Any]:
    bundle = log_source.open_export(export)
    size = len(bundle.leaves) if size is None else size
    if not index < size <= len(bundle.leaves):
        raise InputRefused(
            "leaf_unknown", f"Step {index} is not among the first {size} steps.", where="INDEX"
        )
    hashes = [leaf.leaf.hash for leaf in bundle.leaves[:size]]
    grown = grow(0, (), hashes)
    nodes = {(node.level, node.index): node.hash for node in grown.nodes}
    path = inclusion_proof(index, size, lambda *place: nodes[place])
    return _proof_answer(
        index, size=size, hashed=hashes[index], path=path, root_hash=root(grown.frontier)
    )


def _proof_answer(
    index: int, *, size: int, hashed: bytes, path: Iterable[bytes], root_hash: bytes
) -> dict[str, Any]:
    return {
        "index": index,
        "size": size,
        "leaf_hash": hashed.hex(),
        "path": [each.hex() for each in path],
        "root": root_hash.hex(),
    }


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputRefused("file_unreadable", str(error), where=str(path)) from error


def _organisations(slug: str | None) -> list[Organisation]:
    """The organisation asked for, or all of them."""
    from commonweal_cli.installation import open_installation

    open_installation()
    from commonweal_web.organisations.queries import all_organisations, organisation_by_slug

    return [organisation_by_slug(slug)] if slug else all_organisations()


def _account(organisation: Organisation, username: str, *, where: str) -> UUID:
    from commonweal_web.people.queries import account_named

    found = account_named(organisation, username=username)
    if found is None:
        raise InputRefused("person_unknown", f"Nobody signs in as “{username}” here.", where=where)
    return found.pk


def _one(found: list[Organisation]) -> list[Organisation]:
    if len(found) != 1:
        names = ", ".join(each.slug for each in found) or "none yet"
        raise InputRefused(
            "which_organisation",
            f"Say which organisation with --organisation: {names}.",
            where="--organisation",
        )
    return found


def _operator() -> Actor:
    from commonweal_web.people.queries import operator

    return operator()


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now()
