"""A real mail server in a process of its own, for journeys to start, kill and start again.

    python mail_server.py PORT LOG [DIE_AT]

It writes `Message-ID recipient` to LOG for each mail, and answers only then. With DIE_AT it kills
itself by SIGKILL between writing that mail down and answering, as a machine that loses its power.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from email import message_from_bytes
from typing import Any

from aiosmtpd.smtp import SMTP


class Keeping:
    """Keeps each mail before the sender hears that it was accepted."""

    def __init__(self, log: str, *, die_at: int) -> None:
        self.file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.die_at, self.taken = die_at, 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content)
        line = f"{message['Message-ID']} {envelope.rcpt_tos[0]}\n"
        os.write(self.file, line.encode())
        self.taken += 1
        if self.taken == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return "250 kept"


async def listen(port: int, log: str, die_at: int) -> None:
    """Answer until the process ends."""
    keeping = Keeping(log, die_at=die_at)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(keeping, hostname="localhost"), "127.0.0.1", port
    )
    await server.serve_forever()


if __name__ == "__main__":
    given = sys.argv[3] if len(sys.argv) > 3 else "0"
    asyncio.run(listen(int(sys.argv[1]), sys.argv[2], int(given)))
