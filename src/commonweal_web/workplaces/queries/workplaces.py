"""Reads of sites, worker groups, the bodies that speak for them, and who belongs where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from commonweal.people.links import link_digest
from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import accounts_in_role, voices_of
from commonweal_web.workplaces.models import (
    Membership,
    Representation,
    RepresentativeInvitation,
    Site,
    WorkerGroup,
)

if TYPE_CHECKING:
    from commonweal_web.people.models import Account

Row = TypeVar("Row", bound=models.Model)
MOST = 2000


@dataclass(frozen=True, slots=True)
class Totals:
    """How many sites, groups and people in groups an organisation has."""

    sites: int
    groups: int
    people: int


def totals(organisation: Organisation) -> Totals:
    """The size of an organisation, in two statements."""
    counted = WorkerGroup.objects.of(organisation).aggregate(
        groups=Count("pk"), people=Sum("headcount")
    )
    return Totals(
        sites=Site.objects.of(organisation).count(),
        groups=counted["groups"],
        people=counted["people"] or 0,
    )


def sites(organisation: Organisation, *, words: str = "") -> QuerySet[Site]:
    """The sites of an organisation whose name, country or region holds these words."""
    rows: QuerySet[Any] = Site.objects.of(organisation)
    found: QuerySet[Site] = rows.annotate(people=Sum("groups__headcount"))
    if not words:
        return found
    return found.filter(
        Q(name__icontains=words) | Q(region__icontains=words) | Q(country__iexact=words)
    )


def sites_of(organisation: Organisation, *, limit: int = MOST) -> list[Site]:
    """The sites of an organisation, by name."""
    return list(Site.objects.of(organisation)[:limit])


def site_of(organisation: Organisation, pk: UUID | str) -> Site:
    """One site of an organisation. Raises `NotHere`."""
    return one_of(Site.objects.of(organisation), Site, pk=pk)


def groups(
    organisation: Organisation, *, words: str = "", site: str = "", contract: str = ""
) -> QuerySet[WorkerGroup]:
    """The worker groups that fit the words, the site's id and the contract."""
    found = WorkerGroup.objects.of(organisation).select_related("site", "representation")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(site__name__icontains=words))
    if site:
        found = found.filter(site_id=site)
    return found.filter(contract=contract) if contract else found


def groups_of(organisation: Organisation, *, limit: int = MOST) -> list[WorkerGroup]:
    """The worker groups of an organisation with their sites, by name."""
    return list(groups(organisation)[:limit])


def group_of(organisation: Organisation, pk: UUID | str) -> WorkerGroup:
    """One worker group of an organisation. Raises `NotHere`."""
    return one_of(groups(organisation), WorkerGroup, pk=pk)


def representations(organisation: Organisation) -> QuerySet[Representation]:
    """The bodies that speak for workers, with their sites, for a page of them."""
    return Representation.objects.of(organisation).select_related("site")


def representations_of(organisation: Organisation, *, limit: int = MOST) -> list[Representation]:
    """The bodies that speak for workers, with their sites."""
    return list(representations(organisation)[:limit])


def representation_of(organisation: Organisation, *, pk: UUID | str) -> Representation:
    """One body of an organisation. Raises `NotHere`."""
    return one_of(
        Representation.objects.of(organisation).select_related("site"), Representation, pk=pk
    )


def spoken_for(organisation: Organisation, *, on: date) -> dict[UUID, frozenset[UUID]]:
    """The bodies for which somebody speaks on a day, each with the ids of their accounts."""
    found: dict[UUID, set[UUID]] = {}
    for each in voices_of(organisation, on=on, limit=MOST):
        if each.body_id is not None and each.role == "worker_representative":
            found.setdefault(each.body_id, set()).add(each.account_id)
    return {body: frozenset(accounts) for body, accounts in found.items()}


def bodies_speaking_at(site: Site) -> list[Representation]:
    """The bodies of a site and those of the whole organisation."""
    found = Representation.objects.of(site.organisation_id)
    return list(found.filter(Q(site=site) | Q(site__isnull=True)))


def sites_without_representation(organisation: Organisation, *, limit: int = MOST) -> list[Site]:
    """The sites where no body speaks for workers: each is a gap.

    A body of the whole organisation speaks at every site; one that a group names speaks at the
    site of the group.
    """
    bodies = Representation.objects.of(organisation)
    speaking = bodies.filter(Q(site__isnull=True) | Q(site=OuterRef("pk")))
    named = WorkerGroup.objects.of(organisation).filter(
        site=OuterRef("pk"), representation__isnull=False
    )
    found = Site.objects.of(organisation).filter(~Exists(speaking), ~Exists(named))
    return list(found[:limit])


def is_represented(group: WorkerGroup) -> bool:
    """Whether a body speaks for this group: its own, its site's or the whole organisation's."""
    return group.pk in represented_groups([group])


def represented_groups(groups: Iterable[WorkerGroup]) -> frozenset[UUID]:
    """The ids of those groups for which a body speaks, in one statement."""
    asked = list(groups)
    if not asked:
        return frozenset()
    bodies = Representation.objects.of(asked[0].organisation_id)
    covered = set(bodies.values_list("site_id", flat=True))
    return frozenset(
        group.pk
        for group in asked
        if group.representation_id or None in covered or group.site_id in covered
    )


def representatives_for_group(group: WorkerGroup, on: date) -> list[Account]:
    """Those who may speak for a group: representatives of its site or of every site."""
    found = accounts_in_role(
        group.organisation_id, role="worker_representative", on=on, site_id=group.site_id
    )
    return list(found.order_by("name", "id")[:MOST])


def representatives_at(organisation: Organisation, *, site: Site, on: date) -> list[Account]:
    """Those who may speak at a site."""
    found = accounts_in_role(organisation, role="worker_representative", on=on, site_id=site.pk)
    return list(found.order_by("name", "id")[:MOST])


def groups_of_account(account: Account, on: date) -> list[WorkerGroup]:
    """The worker groups that a person belongs to on a day."""
    found = WorkerGroup.objects.of(account.organisation_id).select_related("site")
    own = Membership.objects.of(account.organisation_id).filter(account_id=account.pk)
    current = in_force(own, on=on)
    return list(found.filter(pk__in=current.values("group_id"))[:MOST])


def memberships_of_groups(groups: Iterable[WorkerGroup], on: date) -> list[Membership]:
    """Who takes part for which of these groups on a day: the lines with an account."""
    asked = list(groups)
    own = Membership.objects.filter(
        organisation_id=F("group__organisation_id"), account__organisation_id=F("organisation_id")
    )  # whoever has no account takes part in nothing yet
    found = own.filter(group__in=asked).select_related("account", "group__site")
    return list(in_force(found, on=on).order_by("account__name", "account_id", "id")[:100_000])


def members_of_groups(groups: Iterable[WorkerGroup], on: date) -> list[Account]:
    """The people of these groups on a day, each once, by name."""
    lines = memberships_of_groups(groups, on)
    return list({each.account.pk: each.account for each in lines if each.account}.values())


def memberships(group: WorkerGroup, *, on: date) -> QuerySet[Membership]:
    """The memberships of one group that are in force, by name."""
    found = Membership.objects.of(group.organisation_id).filter(group=group)
    return in_force(found.select_related("account"), on=on).order_by("name", "id")


def membership_of(organisation: Organisation, *, pk: UUID | str) -> Membership:
    """One membership of an organisation. Raises `NotHere`."""
    return one_of(
        Membership.objects.of(organisation).select_related("account", "group"), Membership, pk=pk
    )


def in_force(rows: QuerySet[Membership], *, on: date) -> QuerySet[Membership]:
    """Those memberships that hold on a day."""
    return rows.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


def invitations(organisation: Organisation) -> QuerySet[RepresentativeInvitation]:
    """The invitations to bodies, latest first, for a page of them."""
    found = RepresentativeInvitation.objects.of(organisation)
    return found.select_related("representation__site", "account")


def invitations_of(
    organisation: Organisation, *, limit: int = 200
) -> list[RepresentativeInvitation]:
    """The invitations to bodies, latest first."""
    return list(invitations(organisation)[:limit])


def invitation_of(organisation: Organisation, *, pk: UUID | str) -> RepresentativeInvitation:
    """One invitation of an organisation. Raises `NotHere`."""
    found = RepresentativeInvitation.objects.of(organisation).select_related("representation")
    return one_of(found, RepresentativeInvitation, pk=pk)


def invitation_by_secret(organisation: Organisation, *, secret: str) -> RepresentativeInvitation:
    """The invitation whose link holds this secret, used up or not. Raises `NotHere`."""
    found = RepresentativeInvitation.objects.of(organisation).select_related("representation")
    digest = link_digest(secret)
    invitation: RepresentativeInvitation | None = found.filter(digest=digest).first()
    if invitation is None:
        raise NotHere(
            "invitation_unknown", "This link leads nowhere. Ask whoever sent it for a new one."
        )
    return invitation


def is_working_day(site: Site, day: date) -> bool:
    """Whether people work at a site on a day; without a calendar, from Monday to Friday."""
    return day.isoweekday() in (site.working_days or range(1, 6)) and (
        day.isoformat() not in site.holidays
    )


def one_of(rows: QuerySet[Any], model: type[Row], *, pk: UUID | str) -> Row:
    found: Row | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", f"There is no {model._meta.verbose_name} {pk} here.")
    return found
