"""One run by its id, and what counts as present for a use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from commonweal_web.house.refusals import NotHere
from commonweal_web.job_impact.models import Assessment, Contributor, PresentSignal
from commonweal_web.organisations.models import Organisation

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use


def assessment_of(organisation: Organisation, *, pk: UUID | str) -> Assessment:
    """One run of an organisation, with its use. Raises `NotHere`."""
    rows = Assessment.objects.of(organisation).select_related("use__organisation", "use__system")
    found: Assessment | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such assessment here.")
    return found


def part_of(use: Use, *, pk: UUID | str) -> Contributor:
    """One contributor to the runs of a use, revoked or not. Raises `NotHere`."""
    rows = Contributor.objects.of(use.organisation_id).select_related("assessment__use")
    found: Contributor | None = rows.filter(assessment__use=use, pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is nobody of that kind here.")
    return found


def contributor_here(organisation: Organisation, *, pk: UUID | str) -> Contributor:
    """One contributor of an organisation, revoked or not. Raises `NotHere`."""
    rows = Contributor.objects.of(organisation).select_related("assessment__use")
    found: Contributor | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is nobody of that kind here.")
    return found


def present_of(uses: Iterable[Use | UUID], *, organisation: UUID) -> list[PresentSignal]:
    """What counts as present for these uses: signal, side, group and since when."""
    rows = PresentSignal.objects.of(organisation).filter(use__in=list(uses))
    return list(rows.filter(gone_on__isnull=True))
