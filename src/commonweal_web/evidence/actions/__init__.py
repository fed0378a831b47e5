"""The writes of the evidence room."""

from commonweal_web.evidence.actions.attaching import (
    SentFile,
    attach_file,
    attach_link,
    attach_note,
    limits,
)
from commonweal_web.evidence.actions.withdrawing import (
    remove_file,
    remove_old_files,
    remove_unknown_files,
    withdraw,
)

__all__ = [
    "SentFile",
    "attach_file",
    "attach_link",
    "attach_note",
    "limits",
    "remove_file",
    "remove_old_files",
    "remove_unknown_files",
    "withdraw",
]
