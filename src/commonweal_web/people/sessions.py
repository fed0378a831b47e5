"""Sessions that end by themselves: soon on a shared device, later on one's own.

The idle time is kept as the day on which a session's row runs out, and nowhere else; the row goes
when somebody signs out, and with the next tick after it ran out. No page shows it.
"""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.http import HttpRequest

SHARED, OWN = "shared", "own"
IDLE_SECONDS = {SHARED: 5 * 60, OWN: 30 * 60}
TOUCHED_EVERY = 30
BY_CODE = "code"
_DEVICE, _TOUCHED, _WAY, _SHEET = "device", "touched", "way", "sheet"


class SessionStore(DatabaseSessions):
    """A session in the database that lives as long as the device it is on allows."""

    def get_session_cookie_age(self) -> int:
        return IDLE_SECONDS.get(self.get(_DEVICE, ""), settings.SESSION_COOKIE_AGE)


def begin_sitting(request: HttpRequest, *, device: str) -> None:
    """Note on what kind of device somebody signed in; anything unknown counts as shared."""
    request.session[_DEVICE] = device if device in IDLE_SECONDS else SHARED
    request.session[_TOUCHED] = int(time.time())


def note_code(request: HttpRequest, *, sheet: str) -> None:
    """Note that this session began with a printed code, and on which sheet it stood."""
    request.session[_WAY], request.session[_SHEET] = BY_CODE, sheet


def began_by_code(session: Any) -> bool:
    """Whether somebody came in by a printed code; such a session has a worker's rights alone."""
    return bool(session.get(_WAY) == BY_CODE)


def idle_seconds(session: Any) -> int | None:
    """After how long without a sign of life this session ends; None where no device was named."""
    return IDLE_SECONDS.get(session.get(_DEVICE, ""))


def keep_alive(session: Any) -> None:
    """Let the time count anew; written at most twice a minute, so a session never lasts longer."""
    now = int(time.time())
    if idle_seconds(session) is not None and now - session.get(_TOUCHED, 0) >= TOUCHED_EVERY:
        session[_TOUCHED] = now
