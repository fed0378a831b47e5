"""Signing the log, witnesses, and erasing a person's data."""

from commonweal_web.record.actions.checkpoints import (
    replace_key,
    sign_checkpoint,
    sign_what_was_published,
    sign_where_grown,
)
from commonweal_web.record.actions.erasures import (
    approve_erasure,
    decline_erasure,
    erase_subject,
    request_erasure,
)
from commonweal_web.record.actions.witnesses import add_witness, take_cosignature

__all__ = [
    "add_witness",
    "approve_erasure",
    "decline_erasure",
    "erase_subject",
    "replace_key",
    "request_erasure",
    "sign_checkpoint",
    "sign_what_was_published",
    "sign_where_grown",
    "take_cosignature",
]
