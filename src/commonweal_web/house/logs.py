"""What may stand in a log: that something happened and of which kind, never to whom or where."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime

OURS = "commonweal"


class AllowedOnly(logging.Formatter):
    """Writes level, logger and the class of an error; our own loggers also say what happened.

    Other libraries put addresses, hosts, form fields and values of variables into their messages
    and traces. An address here can be a secret link, so none of it is written.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line. What our own loggers say keeps to one line too."""
        return " ".join(part for part in allowed(record).values() if part)


class AllowedAsJson(logging.Formatter):
    """The same allowed fields and the moment, as one JSON object a line, for log collectors."""

    def format(self, record: logging.LogRecord) -> str:
        """One object without empty fields."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        found = {"time": moment} | allowed(record)
        return json.dumps({name: value for name, value in found.items() if value})


def chosen_format() -> logging.Formatter:
    """As `COMMONWEAL_LOG` says: `json` for programs, otherwise lines for people."""
    as_json = os.environ.get("COMMONWEAL_LOG", "").strip().lower() == "json"
    return AllowedAsJson() if as_json else AllowedOnly()


def allowed(record: logging.LogRecord) -> dict[str, str]:
    """The fields of a record that may be written."""
    error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
    said = record.getMessage() if is_ours(record.name) else ""
    return {
        "level": record.levelname,
        "logger": record.name,
        "error": error,
        "said": " ".join(said.split()),
    }


def is_ours(logger: str) -> bool:
    """Whether this is a logger of Commonweal."""
    return logger == OURS or logger.startswith(f"{OURS}.")
