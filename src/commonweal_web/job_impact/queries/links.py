"""The links by which people take part in assessments, for the list of all links."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import LinkMade
from commonweal_web.job_impact.models import Contributor
from commonweal_web.organisations.models import Organisation


def links_to_contributors(
    organisation: Organisation, *, at: datetime, limit: int
) -> list[LinkMade]:
    """The links that contributors were sent, latest first; as what they take part, not who."""
    rows = Contributor.objects.of(organisation).select_related("assessment__use")
    return [_as_link(part, at=at) for part in rows.order_by("-stated_on", "id")[:limit]]


def _as_link(part: Contributor, *, at: datetime) -> LinkMade:
    use = part.assessment.use
    state: Literal["open", "ended", "expired"] = "open"
    if not part.may_answer(at):
        state = "ended" if part.revoked_at is not None else "expired"
    end = reverse("desk:job_impact:revoke", kwargs={"pk": use.pk, "part": part.pk})
    return LinkMade(
        purpose=_("To take part in the assessment of “%(use)s”") % {"use": use.name},
        whom=str(part.get_kind_display()),
        made_on=part.stated_on,
        valid_until=part.expires_on,
        state=state,
        ends_by=end if part.revoked_at is None else "",
    )
