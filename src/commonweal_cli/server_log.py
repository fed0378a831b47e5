"""The web server's own log, held to what may stand in a log."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from commonweal_web.house.logs import chosen_format


class ServerLog(Logger):  # type: ignore[misc]
    """Writes faults without addresses, and no line for each request."""

    def setup(self, cfg: Any) -> None:
        """Set the log up as gunicorn does, then let through only what is allowed."""
        super().setup(cfg)
        self.access_log.disabled = True
        for handler in self.error_log.handlers:
            handler.setFormatter(chosen_format())
