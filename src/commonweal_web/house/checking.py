"""Everything that `commonweal check` has to say: the settings, and what each room finds."""

from __future__ import annotations

from datetime import datetime

from commonweal_web.house.declaration import Finding
from commonweal_web.house.rooms import rooms
from commonweal_web.house.settings_checks import settings_findings


def findings(*, at: datetime) -> list[Finding]:
    """What whoever runs the installation should know, what is unsafe first."""
    found = settings_findings(at=at)
    for room in rooms():
        for check in room.checks:
            found.extend(check(at=at))
    return sorted(found, key=lambda each: each.level != "unsafe")
