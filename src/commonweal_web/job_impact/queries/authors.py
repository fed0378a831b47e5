"""Whose answer it is, known to that person alone, and who holds an invitation link."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.crypto import salted_hmac

from commonweal.people.links import link_digest
from commonweal_web.house.refusals import NotHere
from commonweal_web.house.rooms import permissions_of_role
from commonweal_web.job_impact.models import Contributor, View
from commonweal_web.job_impact.models.views import Side
from commonweal_web.job_impact.queries.groups import Column, columns_of
from commonweal_web.record.actor import Actor, RoleGrant
from commonweal_web.workplaces.queries import groups_of_account

if TYPE_CHECKING:
    from commonweal_web.organisations.models import Organisation
    from commonweal_web.people.models import Account
    from commonweal_web.systems.models import Use


def author_mark(by: Actor, *, use: Use, side: str) -> str:
    """The mark of a person for one use and one side, which only this installation can compute."""
    who = f"contributor:{by.contributor_id}" if by.contributor_id else f"account:{by.account_id}"
    salt = f"job_impact.author:{use.pk}:{side}"
    return salted_hmac(salt, who, algorithm="sha256").hexdigest()[:32]


def own_views(by: Actor, *, use: Use, side: str) -> list[View]:
    """What this person said about a use, earliest first; nobody else can ask for it."""
    rows = View.objects.of(use.organisation_id).filter(use=use, side=side)
    mine = rows.filter(author=author_mark(by, use=use, side=side))
    return list(mine.prefetch_related("closings", "follow_ups"))


def own_group(account: Account, *, use: Use, on: date) -> Column | None:
    """The affected group that a worker belongs to on a day; the first by name of several."""
    mine = {group.pk for group in groups_of_account(account, on)}
    return next((column for column in columns_of(use) if column.key in mine), None)


def contributor_actor(contributor: Contributor) -> Actor:
    """A contributor as an actor: the rights of their role, and nobody's account."""
    grant = RoleGrant("contributor", "outside", permissions_of_role("contributor"))
    return Actor(
        organisation_id=contributor.organisation_id,
        grants=(grant,),
        contributor_id=contributor.pk,
    )


def contributor_by_secret(organisation: Organisation, *, secret: str) -> Contributor:
    """Whose link this is, as long as it was not ended. Raises `NotHere`."""
    return _not_ended(organisation, digest=link_digest(secret))


def contributor_of(organisation: Organisation, *, pk: UUID | str) -> Contributor:
    """A contributor whose link was not ended. Raises `NotHere`."""
    return _not_ended(organisation, pk=pk)


def _not_ended(organisation: Organisation, **known: object) -> Contributor:
    rows = Contributor.objects.of(organisation).filter(revoked_at__isnull=True, **known)
    found: Contributor | None = rows.select_related(
        "assessment__use__system", "organisation"
    ).first()
    if found is None:
        raise NotHere(
            "link_unknown", "This link leads nowhere any more. Ask whoever sent it for a new one."
        )
    return found


def side_of_kind(kind: str, *, group: UUID | None) -> Side:
    """The side a contributor speaks for: workers of an affected group, experts, or others."""
    if kind == Contributor.Kind.EXPERT:
        return Side.EXPERTS
    works_with_it = kind in (Contributor.Kind.USER, Contributor.Kind.SUBJECT)
    return Side.WORKERS if works_with_it and group is not None else Side.CONTRIBUTORS
