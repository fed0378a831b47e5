"""The views of the list that a person saved, or that somebody on their side shared."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import SavedView
from commonweal_web.systems.permissions import SEE_USES

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ViewInList:
    """A saved view as a person sees it; `opens_first` only for the owner's own default."""

    pk: UUID
    name: str
    filters: str
    is_own: bool
    is_shared: bool
    opens_first: bool


def views_of(actor: Actor, *, organisation: Organisation) -> list[ViewInList]:
    """One's own views first, then those shared with one's side."""
    sides = {each.side for each in actor.grants if SEE_USES.code in each.permissions}
    own_or_shared = Q(account_id=actor.account_id) | Q(side__in=sides)
    rows = SavedView.objects.of(organisation).filter(own_or_shared)
    columns = ("pk", "name", "filters", "side", "is_default", "account_id")
    found = [
        ViewInList(
            pk,
            name,
            filters,
            is_own=owner == actor.account_id,
            is_shared=bool(side),
            opens_first=is_default and owner == actor.account_id,
        )
        for pk, name, filters, side, is_default, owner in rows.values_list(*columns)[:MOST_SHOWN]
    ]
    return sorted(found, key=lambda each: not each.is_own)


def own_view(actor: Actor, *, organisation: Organisation, pk: UUID) -> SavedView:
    """One of one's own views. Raises `NotHere` for anybody else's."""
    rows = SavedView.objects.of(organisation).filter(account_id=actor.account_id, pk=pk)
    found: SavedView | None = rows.first()
    if found is None:
        raise NotHere("not_found", "You have no such saved view.")
    return found
