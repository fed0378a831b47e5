"""What of this room evidence can be about, and who may see it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import SubjectSeen
from commonweal_web.mitigations.models import Mitigation, Risk
from commonweal_web.mitigations.permissions import SEE_OWN_RISKS, SEE_RISKS
from commonweal_web.mitigations.queries.as_domain import with_everything
from commonweal_web.mitigations.queries.voices import touches
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import account_of
from commonweal_web.record.actor import Actor

LONGEST = 120


def risk_seen(
    pk: UUID, *, actor: Actor, organisation: Organisation, at: datetime
) -> SubjectSeen | None:
    """A risk, for those who see all and for the workers whom it touches."""
    risk = with_everything(Risk.objects.of(organisation)).filter(pk=pk).first()
    if risk is None:
        return None
    return _seen(risk, title=risk.title, actor=actor, at=at)


def mitigation_seen(
    pk: UUID, *, actor: Actor, organisation: Organisation, at: datetime
) -> SubjectSeen | None:
    """An answer, for those who may see its risk."""
    row = Mitigation.objects.of(organisation).filter(pk=pk).first()
    if row is None:
        return None
    risk = with_everything(Risk.objects.of(organisation)).get(pk=row.risk_id)
    title = _("The answer “%(answer)s”") % {"answer": row.text[:LONGEST]}
    return _seen(risk, title=title, actor=actor, at=at)


def _seen(risk: Risk, *, title: str, actor: Actor, at: datetime) -> SubjectSeen | None:
    desk = reverse("desk:mitigations:risk", args=[risk.pk]) if actor.may(SEE_RISKS) else ""
    my = ""
    if actor.may(SEE_OWN_RISKS) and actor.account_id:
        account = account_of(risk.organisation, pk=actor.account_id)
        if account is not None and touches(account, risk=risk, on=at.date()):
            my = reverse("my:mitigations:risk", args=[risk.pk])
    return SubjectSeen(title, desk, my) if desk or my else None


SUBJECTS = {"mitigations.risk": risk_seen, "mitigations.mitigation": mitigation_seen}
