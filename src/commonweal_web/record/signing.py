"""The secret keys of the logs: files of their owner's alone, never among the data."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.record import KeyPair, new_key
from commonweal_web.house import environment
from commonweal_web.house.refusals import Refused


def signing_key(organisation_id: UUID, *, number: int = 1, may_make: bool) -> KeyPair:
    """The key of an organisation's log from its file; a first one is drawn when there is none.

    `number` counts the keys of a log: a lost key is replaced by the next one.

    Raises `Refused` when the folder of keys lies among the data, or the file is gone or damaged.
    """
    refuse_keys_among_data()
    name = f"record-{organisation_id}-{number}.key"
    if not may_make and not (environment.keys_folder() / name).exists():
        raise Refused(
            "key_missing",
            _(
                "The signing key %(file)s is not in the keys folder. Put the file back, or "
                "replace the key with `commonweal record replace-key`."
            )
            % {"file": name},
            where=name,
        )
    written = environment.key_file(name, make=lambda: secrets.token_hex(32) + "\n")
    try:
        return new_key(bytes.fromhex(written))
    except ValueError as damaged:
        raise Refused(
            "key_damaged", _("The key file %(file)s is damaged.") % {"file": name}, where=name
        ) from damaged


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
