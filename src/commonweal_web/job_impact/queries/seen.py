"""Which runs evidence can be about; single answers are none of them, for they name nobody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import SubjectSeen
from commonweal_web.job_impact.models import Assessment
from commonweal_web.job_impact.permissions import SEE_ASSESSMENTS, SEE_OWN_ASSESSMENTS
from commonweal_web.job_impact.queries.authors import own_group
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import account_of
from commonweal_web.record.actor import Actor


def assessment_seen(
    pk: UUID, *, actor: Actor, organisation: Organisation, at: datetime
) -> SubjectSeen | None:
    """A run, for those who see all views and for the workers whom its use touches."""
    rows = Assessment.objects.of(organisation).select_related("use")
    run = rows.filter(pk=pk).first()
    if run is None:
        return None
    desk = my = ""
    if actor.may(SEE_ASSESSMENTS):
        desk = f"{reverse('desk:job_impact:assessment', args=[run.use_id])}?run={run.number}"
    if actor.may(SEE_OWN_ASSESSMENTS) and actor.account_id:
        account = account_of(organisation, pk=actor.account_id)
        if account is not None and own_group(account, use=run.use, on=at.date()):
            my = reverse("my:job_impact:assessment", args=[run.pk])
    if not desk and not my:
        return None
    title = _("Job impact of “%(use)s”, run %(number)s")
    return SubjectSeen(title % {"use": run.use.name, "number": run.number}, desk, my)


SUBJECTS = {"job_impact.assessment": assessment_seen}
