"""Reads of systems and vendors, and which rows touch somebody's own work."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.systems.models import AffectedGroup, AiSystem, Use, Vendor


def ids_touching(
    organisation: Organisation, *, groups: Collection[UUID]
) -> QuerySet[AffectedGroup, dict[str, Any]]:
    """The ids of the uses that touch any of these worker groups."""
    return AffectedGroup.objects.of(organisation).filter(group__in=groups).values("use_id")


def system_of(organisation: Organisation, *, pk: UUID) -> AiSystem:
    """One AI system with its vendor. Raises `NotHere`."""
    rows = AiSystem.objects.of(organisation).select_related("vendor")
    found: AiSystem | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such AI system here.")
    return found


def vendor_of(organisation: Organisation, *, pk: UUID) -> Vendor:
    """One vendor. Raises `NotHere`."""
    found: Vendor | None = Vendor.objects.of(organisation).filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such vendor here.")
    return found


def uses_of_system(system: AiSystem) -> QuerySet[Use]:
    """The uses of a system, by name."""
    return Use.objects.of(system.organisation_id).filter(system=system).order_by("name", "id")


def systems_of_vendor(vendor: Vendor) -> QuerySet[AiSystem]:
    """The systems of a vendor, by name, each with `count_of_uses`."""
    rows: QuerySet[AiSystem] = AiSystem.objects.of(vendor.organisation_id).filter(vendor=vendor)
    return rows.annotate(count_of_uses=Count("uses")).order_by("name", "id")
