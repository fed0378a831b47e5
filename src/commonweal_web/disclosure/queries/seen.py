"""What of this room evidence can be about, and which evidence a public page shows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.disclosure.models import CommitmentVersion, PublishedPage
from commonweal_web.disclosure.permissions import SEE_DISCLOSURE
from commonweal_web.disclosure.queries.pages import latest_use_pages
from commonweal_web.house.declaration import SubjectSeen
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor


def commitment_seen(
    pk: UUID, *, actor: Actor, organisation: Organisation, at: datetime
) -> SubjectSeen | None:
    """A version of the commitment, for those who see what must be public."""
    row = CommitmentVersion.objects.of(organisation).filter(pk=pk).first()
    if row is None or not actor.may(SEE_DISCLOSURE):
        return None
    title = _("The commitment “%(text)s”") % {"text": row.text[:120]}
    return SubjectSeen(title, reverse("desk:disclosure:commitment"))


def page_seen(
    pk: UUID, *, actor: Actor, organisation: Organisation, at: datetime
) -> SubjectSeen | None:
    """A version of the published page of a use, for those who see what must be public."""
    rows = PublishedPage.objects.of(organisation).filter(use__isnull=False)
    row = rows.select_related("use").filter(pk=pk).first()
    if row is None or not actor.may(SEE_DISCLOSURE):
        return None
    title = _("The public page of “%(use)s”, version %(number)s")
    url = reverse("desk:disclosure:use_versions", args=[row.use_id])
    return SubjectSeen(title % {"use": row.use.name, "number": row.number}, url)


def shows_evidence(organisation: Organisation, *, evidence_id: UUID) -> bool:
    """Whether the newest version of a use's page shows this piece, and was not withdrawn."""
    wanted = str(evidence_id)
    return any(
        piece["id"] == wanted
        for page in latest_use_pages(organisation)
        if not page.is_withdrawn
        for fact in page.payload["facts"]
        if fact["id"] == "evidence"
        for piece in fact["data"]["pieces"]
    )


SUBJECTS = {
    "disclosure.commitmentversion": commitment_seen,
    "disclosure.publishedpage": page_seen,
}
