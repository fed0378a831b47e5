"""What of this room evidence can be about, and who may see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import SubjectSeen
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import account_of
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import AffectedGroup, AiSystem, Claim, Incident, Use
from commonweal_web.systems.permissions import SEE_OWN_USES, SEE_USES
from commonweal_web.workplaces.queries import groups_of_account

LONGEST = 120


def use_seen(
    pk: UUID, *, actor: Actor, organisation: Organisation, at: datetime
) -> SubjectSeen | None:
    """A use, for those who see all uses and for the workers it touches."""
    use = Use.objects.of(organisation).filter(pk=pk).first()
    if use is None:
        return None
    desk = _desk("use", pk, actor=actor)
    my = _my(use.pk, actor=actor, organisation=organisation, at=at)
    return _seen(use.name, desk=desk, my=my, may_be_public=True)


def system_seen(
    pk: UUID, *, actor: Actor, organisation: Organisation, at: datetime
) -> SubjectSeen | None:
    """An AI system, for those who see all uses."""
    system = AiSystem.objects.of(organisation).filter(pk=pk).first()
    if system is None:
        return None
    return _seen(system.name, desk=_desk("system", pk, actor=actor))


def claim_seen(
    pk: UUID, *, actor: Actor, organisation: Organisation, at: datetime
) -> SubjectSeen | None:
    """What a vendor claims, for those who see all uses."""
    claim = Claim.objects.of(organisation).filter(pk=pk).first()
    if claim is None:
        return None
    title = _("The claim “%(claim)s”") % {"claim": claim.quote[:LONGEST]}
    return _seen(title, desk=_desk("claims", claim.use_id, actor=actor))


def incident_seen(
    pk: UUID, *, actor: Actor, organisation: Organisation, at: datetime
) -> SubjectSeen | None:
    """An incident, for those who see all uses and for the workers whom the use touches."""
    incident = Incident.objects.of(organisation).filter(pk=pk).first()
    if incident is None:
        return None
    title = _("The incident “%(harm)s”") % {"harm": incident.harm[:LONGEST]}
    desk = _desk("incident", incident.use_id, incident.pk, actor=actor)
    my = _my(incident.use_id, actor=actor, organisation=organisation, at=at)
    return _seen(title, desk=desk, my=my)


SUBJECTS = {
    "systems.use": use_seen,
    "systems.aisystem": system_seen,
    "systems.claim": claim_seen,
    "systems.incident": incident_seen,
}


def touches(use_id: UUID, *, actor: Actor, organisation: Organisation, at: datetime) -> bool:
    """Whether a use touches a worker group that this person belongs to."""
    account = account_of(organisation, pk=actor.account_id) if actor.account_id else None
    if account is None:
        return False
    groups = [group.pk for group in groups_of_account(account, at.date())]
    rows = AffectedGroup.objects.of(organisation).filter(use_id=use_id, group__in=groups)
    return bool(rows.exists())


def _seen(
    title: str, *, desk: str, my: str = "", may_be_public: bool = False
) -> SubjectSeen | None:
    return SubjectSeen(title, desk, my, may_be_public) if desk or my else None


def _desk(page: str, *keys: Any, actor: Actor) -> str:
    return reverse(f"desk:systems:{page}", args=keys) if actor.may(SEE_USES) else ""


def _my(use_id: UUID, *, actor: Actor, organisation: Organisation, at: datetime) -> str:
    if not actor.may(SEE_OWN_USES):
        return ""
    if not touches(use_id, actor=actor, organisation=organisation, at=at):
        return ""
    return reverse("my:systems:use", args=[use_id])
