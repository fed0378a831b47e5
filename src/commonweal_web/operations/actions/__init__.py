"""What running the installation writes."""

from commonweal_web.operations.actions.restorations import accept_older_backup, end_all_sessions

__all__ = ["accept_older_backup", "end_all_sessions"]
