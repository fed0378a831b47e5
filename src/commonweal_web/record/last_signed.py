"""What was signed last, kept beside the keys: a log that is rolled back is not signed again.

The file lies outside the database, so that an old backup, or a history built anew, meets a size
and a root that it does not continue. Whoever may write in the keys folder can remove it; only a
witness outside keeps a copy that nobody here can reach.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.record import ProofRejected, verify_consistency
from commonweal_web.house import environment
from commonweal_web.house.refusals import Conflict, NotHere
from commonweal_web.record.models import LogHead
from commonweal_web.record.proofs import consistency


@dataclass(frozen=True, slots=True)
class LastSigned:
    """The size and the root of the newest checkpoint."""

    size: int
    root: bytes


def last_signed(organisation_id: UUID) -> LastSigned | None:
    """What was signed last, or None while nothing was. Raises `Conflict` for a damaged file."""
    path = _path(organisation_id)
    if not path.exists():
        return None
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return LastSigned(int(kept["size"]), bytes.fromhex(kept["root"]))
    except (KeyError, TypeError, ValueError) as damaged:
        raise Conflict(
            "last_signed_damaged",
            _("The file %(file)s in the keys folder is damaged. Restore it from a copy.")
            % {"file": path.name},
            where=path.name,
        ) from damaged


def keep_last_signed(organisation_id: UUID, *, size: int, root: bytes) -> None:
    """Keep what was just signed, unless something later is kept already."""
    known = last_signed(organisation_id)
    if known is not None and known.size >= size:
        return
    path = _path(organisation_id)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"size": size, "root": root.hex()}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def refuse_rolled_back(head: LogHead) -> None:
    """Refuse a log that does not continue the one that was signed last."""
    known = last_signed(head.organisation_id)
    if known is None or not known.size or continues(head, known):
        return
    raise Conflict(
        "log_rolled_back",
        _(
            "This record of %(now)s steps does not continue the one of %(size)s steps that was "
            "signed last. If an old backup was put back on purpose, tell the witnesses, then move "
            "%(file)s out of the keys folder."
        )
        % {"now": head.size, "size": known.size, "file": _path(head.organisation_id).name},
        where="record",
    )


def continues(head: LogHead, known: LastSigned) -> bool:
    """Whether the log as stored begins with the whole log that was signed last."""
    try:
        proof = consistency(head.organisation, old=known.size)
        verify_consistency(
            proof.path,
            old_size=known.size,
            old_root=known.root,
            new_size=proof.new,
            new_root=bytes(head.root),
        )
    except (NotHere, ProofRejected):
        return False
    return True


def _path(organisation_id: UUID) -> Path:
    return environment.keys_folder() / f"record-{organisation_id}.last"
