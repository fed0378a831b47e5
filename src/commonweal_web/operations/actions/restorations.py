"""What a restore writes beside what was in the backup."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Refused
from commonweal_web.operations import permissions
from commonweal_web.operations.models import Restoration
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor


def accept_older_backup(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    made_at: datetime,
    size: int,
    known_size: int,
    reason: str,
) -> Restoration:
    """Put on the record that it goes on from an older backup, and why."""
    with action("operations.accept_older_backup", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ACCEPT_OLDER_BACKUP)
        if not reason.strip():
            raise Refused("reason_missing", _("Say why an older backup is used."), where="reason")
        return act.create(
            Restoration(
                organisation=organisation,
                made_at=made_at,
                size=size,
                known_size=known_size,
                reason=reason.strip(),
                restored_at=at,
            )
        )


def end_all_sessions() -> int:
    """Sign everybody out: a session that was ended since the backup must not come back."""
    return Session.objects.all().delete()[0]
