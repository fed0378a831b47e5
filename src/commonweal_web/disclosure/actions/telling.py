"""Whom a new duty to disclose is told to: those who publish."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from commonweal_web.disclosure.models import DutyMet
from commonweal_web.notices.actions import tell
from commonweal_web.people.queries import accounts_in_role
from commonweal_web.record.action import Act


def tell_of_duties(act: Act, *, began: Iterable[DutyMet]) -> None:
    """Tell the people leads of each use that the public must now read about."""
    uses = {row.use_id for row in began}
    if not uses:
        return
    leads = accounts_in_role(act.organisation, role="people_lead", on=act.at.date())
    accounts = list(leads.values_list("pk", flat=True))
    for use in sorted(uses):
        tell(
            organisation=act.organisation,
            at=act.at,
            kind="disclosure.duty",
            about=f"disclosure.duty:{use}",
            accounts=accounts,
            url=reverse("desk:disclosure:publish_use", args=[use]),
        )
