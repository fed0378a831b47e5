"""Who on the roster has no sheet of sign-in codes yet."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import accounts_with_sheet
from commonweal_web.workplaces.models import Membership, Site, WorkerGroup


def lines_without_sheet(
    organisation: Organisation,
    *,
    on: date,
    group: WorkerGroup | None = None,
    site: Site | None = None,
) -> QuerySet[Membership]:
    """The people at work in a group, at a site or anywhere who hold no sheet in force."""
    held = accounts_with_sheet(organisation, on=on)
    found = Membership.objects.of(organisation).filter(
        Q(until__isnull=True) | Q(until__gte=on),
        Q(account__isnull=True) | Q(account__is_active=True) & ~Q(account__in=held),
        since__lte=on,
    )
    if group is not None:
        found = found.filter(group=group)
    if site is not None:
        found = found.filter(group__site=site)
    return found.select_related("account").order_by("name", "number", "id")


def places_for_sheets(organisation: Organisation) -> list[tuple[str, str]]:
    """Sites and groups by name, as the choices of a form: everybody, a site, or one group."""
    sites = Site.objects.of(organisation).order_by("name")[:500]
    groups = WorkerGroup.objects.of(organisation).select_related("site").order_by("name")[:2000]
    return [
        *((f"site:{site.pk}", site.name) for site in sites),
        *((f"group:{group.pk}", f"{group.name}, {group.site.name}") for group in groups),
    ]
