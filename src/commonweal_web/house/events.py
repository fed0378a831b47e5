"""Typed events: how a room tells the rooms above it that something happened.

The lower room declares a frozen dataclass in its `events.py`; the higher one names a handler for
it in `reacts_to`. Handlers run inside the same transaction, in the order of the rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from commonweal_web.house.rooms import rooms


@cache
def handlers() -> dict[type, tuple[Callable[..., None], ...]]:
    """All handlers by the event they answer, in the order of the rooms."""
    found: dict[type, tuple[Callable[..., None], ...]] = {}
    for room in rooms():
        for event, handler in room.reacts_to.items():
            found[event] = (*found.get(event, ()), handler)
    return found


def handlers_of(event: Any) -> Iterator[Callable[..., None]]:
    """The handlers of one event, in their fixed order."""
    yield from handlers().get(type(event), ())
