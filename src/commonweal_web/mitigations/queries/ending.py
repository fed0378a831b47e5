"""What of the risks forbids to delete an organisation: decisions that nobody has taken."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from commonweal_web.mitigations.models import ChangeOrStop
from commonweal_web.organisations.models import Organisation


def undecided(organisation: Organisation, *, at: datetime) -> list[str]:
    """Whether workers still wait for a decision to change or stop a use."""
    rows = ChangeOrStop.objects.of(organisation)
    if rows.filter(decided_on__isnull=True, ended_on__isnull=True).exists():
        return [_("Workers wait for a decision to change or stop a use.")]
    return []
