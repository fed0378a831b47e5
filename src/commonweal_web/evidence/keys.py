"""The key that an organisation's files are encrypted with: a file beside the signing keys."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal_web.evidence.sealed import KEY_BYTES
from commonweal_web.house import environment
from commonweal_web.house.refusals import Refused


def key_name(organisation_id: UUID) -> str:
    """What the key's file is called in the keys folder."""
    return f"evidence-{organisation_id}.key"


def file_key(organisation_id: UUID, *, may_make: bool = False) -> bytes:
    """The key of an organisation's files. Raises `Refused` when it is gone or damaged.

    Only for the very first file a key is made: where files are kept already, a new key would hide
    that nobody can read them any more.
    """
    name = key_name(organisation_id)
    if not may_make and not (environment.keys_folder() / name).exists():
        raise Refused(
            "key_missing",
            _("The key %(file)s is not in the keys folder. Put it back: without it no file opens.")
            % {"file": name},
            where=name,
        )
    text = environment.key_file(name, make=lambda: secrets.token_hex(KEY_BYTES) + "\n")
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise Refused(
            "key_damaged", _("The key %(file)s is damaged.") % {"file": name}, where=name
        )
    return key
