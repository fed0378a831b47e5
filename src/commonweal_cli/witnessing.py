"""`commonweal record witness` and `compare`: what somebody outside does to keep us honest."""

from __future__ import annotations

import os
from pathlib import Path

import click

from commonweal.record import (
    NoteRejected,
    WitnessRefused,
    WitnessState,
    advance,
    compare,
    cosign,
    parse_public_key,
    read_checkpoint,
)
from commonweal_cli import log_source
from commonweal_cli.answers import InputRefused, as_json
from commonweal_cli.verification_words import FAILED, FINE, trusted
from commonweal_cli.witness_store import keep, kept_notes, read_state, witness_key

_file = click.Path(path_type=Path, dir_okay=False)
_folder = click.Path(path_type=Path, file_okay=False)
_json = click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
_export = click.option("--export", "export", type=_file, help="A file of `record export`.")


@click.command()
@click.option("--name", required=True, help="The witness’s name, without spaces.")
@click.option("--store", required=True, type=_folder, help="The witness’s own folder.")
@_export
@click.option("--url", "address", help="The record’s public page, http://…/public/NAME/record/.")
@click.option("--key", "key", help="The log’s public key, got from elsewhere.")
@click.option("--out", type=_file, help="Where to write the text with our signature.")
@_json
def witness(
    name: str,
    store: Path,
    export: Path | None,
    address: str | None,
    key: str | None,
    out: Path | None,
    wants_json: bool,
) -> int:
    """Keep the newest signed text, check that the record only grew, and sign that text too.

    Exit 1 when the record shrank or changed: tell everybody, and keep your folder.
    """
    source = _source(export, address=address)
    pair, public_key = witness_key(name, keys=_keys_folder())
    newest = source.newest()
    state = read_state(store) or WitnessState(source.origin, _first_key(source, key=key))
    if key and parse_public_key(key) != parse_public_key(state.log_key):
        raise InputRefused("key_other", "This folder keeps a log with another key.", where="--key")
    try:
        size = read_checkpoint(newest).size
        proof = source.consistency(state.size, size) if state.size < size else ()
        state = advance(state, newest, proof=proof)
    except (WitnessRefused, NoteRejected, LookupError) as refused:
        answer = {"accepted": False, "why": str(refused), "kept": str(store)}
        click.echo(as_json(answer) if wants_json else f"REFUSED: {refused}")
        return FAILED
    signed = cosign(newest, name=name, signing_key=pair.signing_key)
    keep(store, state, note=newest)
    if out is not None:
        out.write_text(signed, encoding="utf-8")
    answer = {"accepted": True, "size": state.size, "public_key": public_key, "note": signed}
    click.echo(as_json(answer) if wants_json else f"{public_key}\n\n{signed}")
    return FINE


@click.command("compare")
@click.argument("store_a", type=_folder)
@click.argument("store_b", type=_folder)
@_export
@_json
def compare_stores(store_a: Path, store_b: Path, export: Path | None, wants_json: bool) -> int:
    """Find out whether two witnesses were shown two histories. Exit 1 when they were."""
    states = [read_state(store) for store in (store_a, store_b)]
    if states[0] is None or states[1] is None:
        raise InputRefused("no_store", "One of the folders holds no witness’s state.")
    if states[0].origin != states[1].origin:
        raise InputRefused("other_log", "The two witnesses keep different logs.")
    if states[0].log_key != states[1].log_key:
        return _tell_split("they hold different keys of the log", wants_json=wants_json)
    known = log_source.consistency_of(log_source.open_export(export)) if export else None
    try:
        split = compare(
            kept_notes(store_a),
            kept_notes(store_b),
            log_key=states[0].log_key,
            consistency=known,
        )
    except (NoteRejected, WitnessRefused) as damaged:
        raise InputRefused("store_damaged", str(damaged)) from damaged
    if split is not None:
        return _tell_split(split.reason, wants_json=wants_json)
    told = "The two witnesses have seen one history."
    if known is None:
        told += " Sizes that only one of them saw were not compared: give an --export for that."
    click.echo(
        as_json({"split": False, "compared_all": known is not None}) if wants_json else told
    )
    return FINE


def _tell_split(reason: str, *, wants_json: bool) -> int:
    answer = {"split": True, "reason": reason}
    click.echo(as_json(answer) if wants_json else f"TWO HISTORIES: {reason}.")
    return FAILED


def _source(export: Path | None, *, address: str | None) -> log_source.LogSource:
    if (export is None) == (address is None):
        raise InputRefused("one_source", "Give either --export or --url.", where="--export")
    if export is not None:
        return log_source.of_export(log_source.open_export(export))
    return log_source.of_address(address or "")


def _first_key(source: log_source.LogSource, *, key: str | None) -> str:
    """The key to hold the log to from now on: the one given, else the newest it shows."""
    for known in trusted([key] if key else []) or ():
        return known
    if not source.log_keys:
        raise InputRefused("no_key", "The log shows no public key.", where="--key")
    return source.log_keys[-1]


def _keys_folder() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(os.environ.get("COMMONWEAL_KEYS") or Path(home) / "commonweal" / "keys")
