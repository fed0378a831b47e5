"""The task process: works through stored tasks, and ticks once a minute.

Run by `commonweal serve` as `python -m commonweal_cli.tasks`. Both halves survive a restart: tasks
are rows of the database, and a tick does nothing twice.
"""

from __future__ import annotations

import logging
import threading

from commonweal_cli.installation import open_installation
from commonweal_cli.tick import run_ticks

TICK_SECONDS = 60.0
logger = logging.getLogger("commonweal.tasks")


def tick_until(ended: threading.Event, *, every: float = TICK_SECONDS) -> None:
    """Tick at once and then regularly; a failed tick is logged and tried again."""
    from django.db import close_old_connections

    while True:
        try:
            run_ticks()
        except Exception:
            logger.exception("A tick failed; it is tried again in a minute.")
        finally:
            close_old_connections()
        if ended.wait(every):
            return


def main() -> None:
    """Tick beside the worker of the task queue, until told to stop."""
    open_installation()
    from django.core.management import call_command

    ended = threading.Event()
    clock = threading.Thread(target=tick_until, args=(ended,), daemon=True)
    clock.start()
    try:
        call_command("db_worker", interval=1, verbosity=0)
    finally:
        ended.set()
        clock.join(timeout=5)


if __name__ == "__main__":
    main()
