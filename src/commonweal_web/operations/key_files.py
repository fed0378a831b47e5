"""The keys folder in a backup: never with the data, but in a file of its own.

The backup of the data only names the key files and says, by a fingerprint of each, which ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from commonweal.operations import BackupRejected, fingerprint
from commonweal_web.house import environment
from commonweal_web.operations.pieces import pieces_in, settle, write_new

FOLDER = "keys/"
LONGEST = 64 * 1024
LAST = ".last"
_NAME = re.compile(r"[a-z0-9][A-Za-z0-9._-]*\.(?:key|secret|last)")


@dataclass(frozen=True, slots=True)
class KeysNeeded:
    """What the keys folder lacks of what lay there when the backup was made."""

    missing: tuple[str, ...]
    other: tuple[str, ...]


def key_paths() -> list[Path]:
    """The key files, by name."""
    found = environment.keys_folder().glob("*")
    return sorted(path for path in found if path.is_file() and _NAME.fullmatch(path.name))


def key_fingerprints() -> dict[str, str]:
    """Each key file's fingerprint. What was signed last changes daily and is no key."""
    return {
        path.name: fingerprint(path.read_bytes()) for path in key_paths() if path.suffix != LAST
    }


def keys_needed(expected: Mapping[str, str]) -> KeysNeeded:
    """Compare the keys folder with what a backup names."""
    here = key_fingerprints()
    return KeysNeeded(
        missing=tuple(sorted(expected.keys() - here.keys())),
        other=tuple(
            sorted(name for name in expected.keys() & here.keys() if here[name] != expected[name])
        ),
    )


def key_members() -> Iterator[tuple[str, Iterator[bytes]]]:
    """Name and content of each key file."""
    for path in key_paths():
        yield f"{FOLDER}{path.name}", pieces_in(path)


def read_key(name: str, pieces: Iterable[bytes]) -> bytes:
    """The content of a key file's member. Raises `BackupRejected` for one too long for a key."""
    content = b""
    for piece in pieces:
        content += piece
        if len(content) > LONGEST:
            raise BackupRejected("key_absurd", f"{name} is too long for a key file.")
    return content


def put_keys_back(found: Mapping[str, bytes]) -> list[str]:
    """Write the key files that are not there; the result names them.

    What was signed last is left alone where it is known: it may be later than the backup. Raises
    `BackupRejected` before anything is written where a key is there and is another one.
    """
    folder = environment.keys_folder()
    for name in found:
        if not _NAME.fullmatch(name):
            raise BackupRejected("name_unsafe", f"{name!r} is no name of a key file.")
    here = {path.name: path.read_bytes() for path in key_paths()}
    keys = [name for name in found.keys() & here.keys() if not name.endswith(LAST)]
    different = sorted(name for name in keys if here[name] != found[name])
    if different:
        raise BackupRejected(
            "keys_differ",
            f"The keys folder {folder} holds other keys under the same names: "
            f"{', '.join(different)}. Nothing was written. Choose an empty folder with --keys.",
        )
    missing = sorted(found.keys() - here.keys())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in missing:
        draft = folder / f".{name}.restored"
        draft.unlink(missing_ok=True)
        write_new(draft, [found[name]])
        draft.rename(folder / name)
    settle(folder)
    return missing
