"""Why people are told something: the kinds that the rooms declare."""

from __future__ import annotations

from functools import cache

from commonweal_web.house.declaration import NoticeKind
from commonweal_web.house.rooms import rooms


@cache
def _kinds() -> dict[str, NoticeKind]:
    return {kind.code: kind for room in rooms() for kind in room.notice_kinds}


def kind_named(code: str) -> NoticeKind:
    """The kind with this code. Raises `LookupError` where no room declares it."""
    found = _kinds().get(code)
    if found is None:
        raise LookupError(f"No room declares a notice kind {code!r}; add it to `notice_kinds`.")
    return found


def words_of(code: str) -> str:
    """The neutral words of a kind, in the language in use; nothing for one that was given up."""
    found = _kinds().get(code)
    return str(found.words) if found else ""
