"""Whom a proposed answer is told to: those who accept or refuse it for the groups."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from commonweal_web.mitigations.models import Risk, RiskGroup
from commonweal_web.mitigations.queries.voices import speakers
from commonweal_web.notices.actions import tell
from commonweal_web.record.action import Act


def tell_speakers(act: Act, *, risk: Risk, groups: Iterable[RiskGroup]) -> None:
    """Tell all who speak for the groups, whoever proposed it: the list shows no author."""
    speaking = speakers(groups, organisation=act.organisation, on=act.at.date())
    tell(
        organisation=act.organisation,
        at=act.at,
        kind="mitigations.answer_waits",
        about=f"mitigations.risk:{risk.pk}",
        accounts={pk for found in speaking.by_group.values() for pk in found},
        url=reverse("desk:mitigations:risk", args=[risk.pk]),
    )
