"""The first step of a new organisation that this room brings."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from commonweal_web.house.declaration import SetupStep
from commonweal_web.operations.last_backup import last_backup
from commonweal_web.organisations.models import Organisation


def setup_steps(organisation: Organisation, *, at: datetime) -> list[SetupStep]:
    """A backup: made on the server, so this step says what to ask for."""
    return [
        SetupStep(
            100,
            "backup",
            _("Have a backup made every night"),
            _(
                "Whoever runs the server types `commonweal backup`, and keeps the keys apart from "
                "it. Ask them to show you the last one."
            ),
            is_done=last_backup() is not None,
            url="",
            who="administrator",
        )
    ]
