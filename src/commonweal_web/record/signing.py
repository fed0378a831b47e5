"""The secret keys of the logs: files of their owner's alone, never among the data."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.record import KeyPair, new_key
from commonweal_web.house import environment
from commonweal_web.house.refusals import Refused

DRAFT = ".new"
"""What a new key's file is called besides, until its public half is stored on the record."""


def signing_key(organisation_id: UUID, *, number: int) -> KeyPair:
    """The key of an organisation's log from its file; `number` counts the keys of a log.

    Raises `Refused` when the folder of keys lies among the data, or the file is gone or damaged.
    """
    refuse_keys_among_data()
    path = _path(organisation_id, number=number)
    if not path.exists():
        # A crash right after the key's row was stored leaves the draft.
        path = path.with_name(path.name + DRAFT)
    if not path.exists():
        name = path.name.removesuffix(DRAFT)
        raise Refused(
            "key_missing",
            _(
                "The signing key %(file)s is not in the keys folder. Put the file back, or "
                "replace the key with `commonweal record replace-key`."
            )
            % {"file": name},
            where=name,
        )
    return _pair(path)


def draw_key(organisation_id: UUID, *, number: int) -> KeyPair:
    """A new key, in a draft of its file; `settle_key` gives the file its name.

    Raises `Refused` where the file is there already: its public half was taken off the record,
    and a new key would hide that.
    """
    refuse_keys_among_data()
    path = _path(organisation_id, number=number)
    if path.exists():
        raise Refused(
            "key_row_missing",
            _(
                "The key file %(file)s is there, but its public key is not on the record: "
                "somebody removed it. Nothing is signed until it is back."
            )
            % {"file": path.name},
            where=path.name,
        )
    draft = path.with_name(path.name + DRAFT)
    environment.key_file(draft.name, make=lambda: secrets.token_hex(32) + "\n")
    return _pair(draft)


def settle_key(organisation_id: UUID, *, number: int) -> None:
    """Give a new key's file its name, once its public half is stored."""
    path = _path(organisation_id, number=number)
    draft = path.with_name(path.name + DRAFT)
    if draft.exists() and not path.exists():
        draft.replace(path)


def key_files(organisation_id: UUID) -> Iterator[tuple[str, bytes | None]]:
    """Each key file of a log with its public key; None for one that cannot be read."""
    for path in sorted(environment.keys_folder().glob(f"record-{organisation_id}-*.key")):
        try:
            yield path.name, _pair(path).public_key
        except (Refused, OSError):
            yield path.name, None


def refuse_keys_among_data() -> None:
    """Keys beside the data would be in every backup: whoever has one could rewrite history."""
    keys, data = environment.keys_folder().resolve(), environment.data_folder().resolve()
    if keys.is_relative_to(data):
        raise Refused(
            "keys_among_data",
            _("The folder of keys %(keys)s lies inside the data folder. Choose another one.")
            % {"keys": keys},
            where="COMMONWEAL_KEYS",
        )


def _path(organisation_id: UUID, *, number: int) -> Path:
    return environment.keys_folder() / f"record-{organisation_id}-{number}.key"


def _pair(path: Path) -> KeyPair:
    try:
        return new_key(bytes.fromhex(path.read_text(encoding="ascii")))
    except ValueError as damaged:
        raise Refused(
            "key_damaged",
            _("The key file %(file)s is damaged.") % {"file": path.name},
            where=path.name,
        ) from damaged
