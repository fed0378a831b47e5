"""Reads of systems and uses."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Sum

from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.systems.models import (
    AffectedGroup,
    AiSystem,
    Choice,
    Claim,
    Incident,
    StageChange,
    Use,
    UseCopy,
    UseSite,
    Vendor,
)
from commonweal_web.systems.queries.products import ids_touching


def uses_of(organisation: Organisation, *, limit: int = 10_000) -> list[Use]:
    """All uses by name, for rooms that must look at each."""
    return list(Use.objects.of(organisation).select_related("system")[:limit])


def has_uses(organisation: Organisation) -> bool:
    """Whether anything was registered yet."""
    return Use.objects.of(organisation).exists()


def use_of(organisation: Organisation | UUID, *, pk: UUID | str) -> Use:
    """One use with its system, vendor and owner. Raises `NotHere`."""
    found: Use | None = (
        Use.objects.of(organisation)
        .select_related("organisation", "system__vendor", "owner")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotHere("not_found", "There is no such use of AI here.", where="use")
    return found


def uses_touching(
    organisation: Organisation, *, groups: Collection[UUID], limit: int = 200
) -> list[Use]:
    """The uses that touch any of these worker groups, by name."""
    touched = ids_touching(organisation, groups=groups)
    rows = Use.objects.of(organisation).filter(pk__in=touched)
    return list(rows.select_related("system")[:limit])


def affected_groups_of(use: Use, *, limit: int = 500) -> list[AffectedGroup]:
    """Whom a use touches, with site and representation of each worker group."""
    rows = AffectedGroup.objects.of(use.organisation_id).filter(use=use)
    related = rows.select_related("group__site", "group__representation")
    return sorted(related[:limit], key=lambda row: str(row))


def sites_of_use(use: Use, *, limit: int = 200) -> list[UseSite]:
    """Where a use runs."""
    rows = UseSite.objects.of(use.organisation_id).filter(use=use)
    return list(rows.select_related("site").order_by("site__name")[:limit])


def sites_touched(use: Use) -> frozenset[UUID]:
    """The sites where a use runs or where people work whom it touches."""
    groups = AffectedGroup.objects.of(use.organisation_id).filter(use=use, group__isnull=False)
    running = UseSite.objects.of(use.organisation_id).filter(use=use)
    found = groups.values_list("group__site_id", flat=True)
    return frozenset(found) | frozenset(running.values_list("site_id", flat=True))


def workers_touched(use: Use) -> int:
    """How many workers, contractors included, the use touches."""
    groups = AffectedGroup.objects.of(use.organisation_id).filter(use=use)
    return groups.aggregate(people=Sum("group__headcount"))["people"] or 0


def choices_of(use: Use, *, limit: int = 100) -> list[Choice]:
    """The implementation choices with their alternatives and the signals of each."""
    rows = Choice.objects.of(use.organisation_id).filter(use=use)
    return list(rows.prefetch_related("alternatives__signals__group")[:limit])


def claims_of(use: Use, *, limit: int = 200) -> list[Claim]:
    """What vendors claim for a use."""
    return list(Claim.objects.of(use.organisation_id).filter(use=use)[:limit])


def incidents_of(use: Use, *, limit: int = 200) -> list[Incident]:
    """Incidents, latest first."""
    return list(Incident.objects.of(use.organisation_id).filter(use=use)[:limit])


def incident_of(use: Use, *, pk: UUID | str) -> Incident:
    """One incident of a use. Raises `NotHere`."""
    found: Incident | None = (
        Incident.objects.of(use.organisation_id).filter(use=use, pk=pk).first()
    )
    if found is None:
        raise NotHere("not_found", "There is no such incident here.")
    return found


def choice_of(use: Use, *, pk: UUID | str) -> Choice:
    """One choice of a use with its alternatives and their signals. Raises `NotHere`."""
    found = next((each for each in choices_of(use) if str(each.pk) == str(pk)), None)
    if found is None:
        raise NotHere("not_found", "There is no such choice here.")
    return found


def claim_of(use: Use, *, pk: UUID | str) -> Claim:
    """One claim about a use. Raises `NotHere`."""
    found: Claim | None = Claim.objects.of(use.organisation_id).filter(use=use, pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such claim here.")
    return found


def affected_of(use: Use, *, pk: UUID | str) -> AffectedGroup:
    """One group that a use touches. Raises `NotHere`."""
    rows = AffectedGroup.objects.of(use.organisation_id).select_related("use", "group")
    found: AffectedGroup | None = rows.filter(use=use, pk=pk).first()
    if found is None:
        raise NotHere("not_found", "This use does not touch such a group.")
    return found


def stage_changes_of(use: Use, *, limit: int = 100) -> list[StageChange]:
    """How the use moved, latest first."""
    rows = StageChange.objects.of(use.organisation_id).filter(use=use)
    return list(rows.select_related("first_executive", "second_executive")[:limit])


def systems_of(organisation: Organisation, *, text: str = "", limit: int = 500) -> list[AiSystem]:
    """AI systems by name, with their vendors."""
    rows = AiSystem.objects.of(organisation).select_related("vendor")
    return list((rows.filter(name__icontains=text) if text else rows)[:limit])


def vendors_of(organisation: Organisation, *, limit: int = 500) -> list[Vendor]:
    """Vendors by name."""
    return list(Vendor.objects.of(organisation)[:limit])


def copied_from(use: Use) -> Use | None:
    """The use that this one began as a copy of, or None."""
    rows = UseCopy.objects.of(use.organisation_id).select_related("original")
    found = rows.filter(use=use).first()
    return found.original if found else None


def copies_of(use: Use, *, limit: int = 50) -> list[Use]:
    """The uses that began as copies of this one, by name."""
    rows = Use.objects.of(use.organisation_id).filter(copied_from__original=use)
    return list(rows[:limit])
