"""What may stand in a log: that something happened and of which kind, never to whom or where."""

from __future__ import annotations

import logging

OURS = "commonweal"


class AllowedOnly(logging.Formatter):
    """Writes level, logger and the class of an error; our own loggers also say what happened.

    Other libraries put addresses, hosts, form fields and values of variables into their messages
    and traces. An address here can be a secret link, so none of it is written.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line. What our own loggers say keeps to one line too."""
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        said = record.getMessage() if is_ours(record.name) else ""
        parts = (record.levelname, record.name, error, " ".join(said.split()))
        return " ".join(part for part in parts if part)


def is_ours(logger: str) -> bool:
    """Whether this is a logger of Commonweal."""
    return logger == OURS or logger.startswith(f"{OURS}.")
