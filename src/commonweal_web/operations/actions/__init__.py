"""What running the installation writes."""

from commonweal_web.operations.actions.endings import (
    agree_to_deletion,
    ask_deletion,
    begin_deletion,
    note_export,
    withdraw_deletion,
)
from commonweal_web.operations.actions.restorations import accept_older_backup, end_all_sessions

__all__ = [
    "accept_older_backup",
    "agree_to_deletion",
    "ask_deletion",
    "begin_deletion",
    "end_all_sessions",
    "note_export",
    "withdraw_deletion",
]
