"""The uses that thresholds look at: some alone, and those whose money counts together."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from commonweal_web.organisations.models import Organisation
from commonweal_web.systems.models import Use


def uses_counted(
    organisation: Organisation, *, uses: Collection[UUID] = (), limit: int = 10_000
) -> list[Use]:
    """These uses, and every use whose change in costs or revenue was stated, by name."""
    wanted = Q(change_since__isnull=False)
    if uses:
        wanted |= Q(pk__in=uses)
    return list(Use.objects.of(organisation).filter(wanted)[:limit])
