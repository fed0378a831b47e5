"""The links by which bodies name their person, for the list of all links."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import LinkMade
from commonweal_web.organisations.models import Organisation
from commonweal_web.workplaces.models import RepresentativeInvitation
from commonweal_web.workplaces.queries.workplaces import invitations_of

_STATES: dict[str, Literal["open", "used", "ended", "expired"]] = {
    "open": "open",
    "accepted": "used",
    "withdrawn": "ended",
    "expired": "expired",
}


def links_to_bodies(organisation: Organisation, *, at: datetime, limit: int) -> list[LinkMade]:
    """The links that bodies were sent, latest first."""
    found = invitations_of(organisation, limit=limit)
    return [_as_link(invitation, at=at) for invitation in found]


def _as_link(invitation: RepresentativeInvitation, *, at: datetime) -> LinkMade:
    state = _STATES[invitation.state(at)]
    end = reverse("desk:workplaces:withdraw_invitation", kwargs={"pk": invitation.pk})
    return LinkMade(
        purpose=_("To name who speaks for workers"),
        whom=invitation.representation.name,
        made_on=invitation.invited_at.date(),
        valid_until=invitation.expires_at.date(),
        state=state,
        ends_by=end if state == "open" else "",
    )
