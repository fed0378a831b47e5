"""Rosters that wait: kept on the server until somebody has looked at the plan and agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Table
from commonweal_web.house.refusals import Refused
from commonweal_web.house.uploads import Shelf, WaitingFile


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRoster(WaitingFile):
    """A roster that waits, and how it is to be read."""

    lists: str
    may_make: bool
    columns: Mapping[str, int] = field(default_factory=dict)


ROSTERS = Shelf(
    kind=WaitingRoster,
    folder_name="rosters",
    nameless="roster",
    too_large_text=_(
        "The file is larger than 64 MB, the most that is read. Split it into smaller files."
    ),
    gone_text=_("This file no longer waits here. It is kept for one day. Send it again."),
    vanished_text=_("This file no longer waits here. Send it again."),
    changed_text=_("The file on the server is not the one that was sent. Send it again."),
)


def forget_old_rosters(*, at: datetime) -> int:
    """Delete the rosters that nobody brought in within a day; how many files went."""
    return ROSTERS.forget_old(at=at)


def table_of(waiting: WaitingRoster) -> Table:
    """Read a waiting roster. Raises `Refused` when it cannot be read whole.

    What is brought in is what was shown: a file that changed on the disk is refused.
    """
    try:
        return read_register(ROSTERS.checked_path(waiting))
    except RegisterRefused as refusal:
        raise Refused(refusal.code, str(refusal), where="file") from refusal
