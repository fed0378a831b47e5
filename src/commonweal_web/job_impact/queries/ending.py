"""What of the assessments forbids to delete an organisation: somebody who is still to be paid."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from commonweal_web.job_impact.models import Contributor
from commonweal_web.organisations.models import Organisation


def unpaid(organisation: Organisation, *, at: datetime) -> list[str]:
    """Whether somebody who agreed to take part for a fee was not paid yet."""
    rows = Contributor.objects.of(organisation).filter(fee_minor__gt=0)
    if rows.filter(accepted_on__isnull=False, paid_on__isnull=True).exists():
        return [_("Somebody who took part in an assessment is still to be paid.")]
    return []
