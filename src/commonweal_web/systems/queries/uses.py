"""Reads of systems and uses."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum

from commonweal_web.house.paging import Page, page_of
from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.systems.models import (
    AffectedGroup,
    AiSystem,
    Choice,
    Claim,
    ImportedRow,
    Incident,
    StageChange,
    Use,
    UseSite,
    Vendor,
)

PAGE = 50
SORTS = {
    "name": ("name", "id"),
    "-name": ("-name", "-id"),
    "since": ("stage_since", "name", "id"),
    "-since": ("-stage_since", "name", "id"),
}


def uses_found(
    organisation: Organisation,
    *,
    text: str = "",
    stage: str = "",
    unit: str = "",
    without_gate: bool = False,
    sort: str = "name",
) -> QuerySet[Use]:
    """The uses that fit words, stage and part of the organisation, by one of `SORTS`."""
    rows = Use.objects.of(organisation).order_by(*SORTS.get(sort, SORTS["name"]))
    if text:
        rows = rows.filter(_containing(text))
    if stage:
        rows = rows.filter(stage=stage)
    if unit:
        rows = rows.filter(unit__icontains=unit)
    return rows.filter(entered_without_gate=True) if without_gate else rows


def uses_page(
    organisation: Organisation, *, number: int = 1, size: int = PAGE, **asked: Any
) -> Page[Use]:
    """One page of uses with their systems and affected groups; `asked` as for `uses_found`."""
    rows = uses_found(organisation, **asked).select_related("system")
    return page_of(rows.prefetch_related(_groups()), number=number, size=size)


def _containing(text: str) -> Q:
    """Words in the use, its system, or any cell of the register row it came from."""
    rows = ImportedRow.objects.filter(use=OuterRef("pk"), is_current=True)
    return (
        Q(name__icontains=text)
        | Q(purpose__icontains=text)
        | Q(unit__icontains=text)
        | Q(system__name__icontains=text)
        | Q(Exists(rows.filter(cells__icontains=text)))
    )


def _groups() -> Prefetch[str]:
    return Prefetch("affected_groups", queryset=AffectedGroup.objects.select_related("group"))


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
    rows = Use.objects.of(organisation).filter(affected_groups__group__in=groups)
    return list(rows.select_related("system").distinct()[:limit])


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
