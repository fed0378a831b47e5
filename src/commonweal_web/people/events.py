"""What the people room tells the rooms above it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PeopleToTell:
    """These accounts should hear of something: the notices room, which stands above, tells them.

    The fields are those of `notices.actions.tell`; `kind` is one of this room's `notice_kinds`.
    """

    kind: str
    about: str
    accounts: tuple[UUID, ...]
    url: str
