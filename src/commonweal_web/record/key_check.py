"""Compares a log with what lies beside its keys: the seal, the last signed size, the key files."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from commonweal.record import StoredLeaf, grow
from commonweal_web.house import environment
from commonweal_web.house.refusals import Conflict
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.appending import seal_of
from commonweal_web.record.last_signed import LastSigned, last_signed
from commonweal_web.record.models import LogHead
from commonweal_web.record.signing import key_files

KEY_FILE = re.compile(
    r"(?:record|seal)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-[0-9]+)?\.(?:key|last)"
)
"""The files that an organisation has in the keys folder; the group is its id."""


def judge_against_keys(
    head: Mapping[str, Any],
    *,
    leaves: Sequence[StoredLeaf],
    log_keys: Mapping[str, bytes],
    add: Callable[..., None],
) -> None:
    """Report what does not fit the keys folder; where that is not at hand, there is nothing to."""
    if not isinstance(head["organisation_id"], UUID):
        return
    _judge_seal(head, last=len(leaves) - 1 if leaves else None, add=add)
    _judge_last_signed(head["organisation_id"], leaves=leaves, add=add)
    for name, public_key in key_files(head["organisation_id"]):
        if public_key not in log_keys.values():
            add(
                "key_row_missing",
                f"The key file {name} is there, but its public key is not on the record: "
                "somebody removed it or changed the file.",
            )


def organisations_with_keys() -> dict[str, list[str]]:
    """The organisations that have files in the keys folder, with the names of the files."""
    found: dict[str, list[str]] = {}
    for path in sorted(environment.keys_folder().glob("*")):
        if match := KEY_FILE.fullmatch(path.name):
            found.setdefault(match.group(1), []).append(path.name)
    return found


def key_files_of(organisation: Organisation) -> list[Path]:
    """Everything in the keys folder that belongs to one organisation."""
    owner = str(organisation.pk)
    return [path for path in sorted(environment.keys_folder().glob("*")) if owner in path.name]


def _judge_seal(head: Mapping[str, Any], *, last: int | None, add: Callable[..., None]) -> None:
    stated = LogHead(
        organisation_id=head["organisation_id"],
        origin=str(head["origin"]),
        size=head["size"] if isinstance(head["size"], int) else -1,
        root=_bytes(head["root"]),
    )
    try:
        seal = seal_of(stated)
    except Conflict:  # the key is kept elsewhere
        return
    except ValueError:
        add("head_seal", "The key of the seal is damaged: restore its file from a copy.")
        return
    if not hmac.compare_digest(_bytes(head["seal"]), seal):
        add(
            "head_seal",
            "The head of the log does not bear the seal of the last append: the log was changed "
            "around the software.",
            leaf=last,
        )


def _judge_last_signed(
    organisation_id: UUID, *, leaves: Sequence[StoredLeaf], add: Callable[..., None]
) -> None:
    try:
        known = last_signed(organisation_id)
    except Conflict as damaged:
        add("log_rolled_back", damaged.message)
        return
    if known is not None and not _begins_with(leaves, known=known):
        add(
            "log_rolled_back",
            f"The log of {len(leaves)} steps does not continue the one of {known.size} steps that "
            "was signed last: it was rolled back or built anew.",
        )


def _begins_with(leaves: Sequence[StoredLeaf], *, known: LastSigned) -> bool:
    hashes = [leaf.hash for leaf in leaves[: known.size]]
    if len(hashes) < known.size or any(len(each) != 32 for each in hashes):
        return False
    return grow(0, (), hashes).root == known.root


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else b""
