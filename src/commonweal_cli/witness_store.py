"""What a witness keeps, in a folder of its own: the state of one log and every signed text."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from commonweal.record import KeyPair, WitnessState, encode_public_key, new_key
from commonweal_cli.answers import InputRefused

STATE = "state.json"


def read_state(store: Path) -> WitnessState | None:
    """What this witness remembers, or None when it begins. Raises `InputRefused`."""
    path = store / STATE
    if not path.exists():
        return None
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return WitnessState(
            str(kept["origin"]),
            str(kept["log_key"]),
            int(kept["size"]),
            bytes.fromhex(kept["root"]),
        )
    except (KeyError, TypeError, ValueError) as damaged:
        raise InputRefused(
            "store_damaged",
            f"The witness’s state cannot be read: {damaged}. Restore the folder from a copy.",
            where=str(path),
        ) from damaged


def keep(store: Path, state: WitnessState, *, note: str) -> Path:
    """Keep a signed text and the new state; a crash leaves the old state or the new one."""
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = store / f"{state.size:012d}-{state.root.hex()[:16]}.note"
    _write(path, note)
    kept = {
        "origin": state.origin,
        "log_key": state.log_key,
        "size": state.size,
        "root": state.root.hex(),
    }
    _write(store / STATE, json.dumps(kept, indent=1) + "\n")
    return path


def kept_notes(store: Path) -> list[str]:
    """All signed texts of a store. Raises `InputRefused` when it is no store."""
    if not store.is_dir():
        raise InputRefused("no_store", f"There is no witness’s folder {store}.", where=str(store))
    return [path.read_text(encoding="utf-8") for path in sorted(store.glob("*.note"))]


def witness_key(name: str, *, keys: Path) -> tuple[KeyPair, str]:
    """The witness's own key, drawn the first time, and its public half as text."""
    path = keys / f"witness-{name}.key"
    if not path.exists():
        keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, secrets.token_hex(32) + "\n")
    try:
        pair = new_key(bytes.fromhex(path.read_text(encoding="ascii")))
        return pair, encode_public_key(name, public_key=pair.public_key)
    except ValueError as damaged:
        raise InputRefused("key_damaged", str(damaged), where=str(path)) from damaged


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
