"""Who may speak for whom, and whose words are whose."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from commonweal_web.mitigations.models import Mitigation, Risk, RiskGroup
from commonweal_web.mitigations.queries.as_domain import with_everything
from commonweal_web.people.queries import accounts_in_role, people
from commonweal_web.record.actor import Actor
from commonweal_web.workplaces.queries import groups_of_account, representatives_for_group

if TYPE_CHECKING:
    from commonweal_web.mitigations.models import Comment
    from commonweal_web.organisations.models import Organisation
    from commonweal_web.people.models import Account

SMALLEST_NAMED_GROUP = 5


def author_mark(by: Actor, *, risk: Risk) -> str:
    """The mark of a person at one risk, which only this installation can compute."""
    salt = f"mitigations.author:{risk.pk}"
    return salted_hmac(salt, f"account:{by.account_id}", algorithm="sha256").hexdigest()[:32]


def representatives_of(group: RiskGroup, *, on: date) -> list[Account]:
    """Who may accept for a group; for people outside the roster, any representative may."""
    if group.group is not None:
        return representatives_for_group(group.group, on)
    found = accounts_in_role(group.organisation_id, role="worker_representative", on=on)
    return list(found.order_by("name", "id")[:200])


def speakers(groups: Iterable[RiskGroup], *, organisation: Organisation, on: date) -> Speakers:
    """Who may speak for each of these groups, in two statements."""
    found = people(organisation, on=on, role="worker_representative").filter(is_active=True)
    sites: dict[UUID, set[UUID | None]] = {
        account.pk: {each.site_id for each in account.current_roles if _represents(each)}  # type: ignore[attr-defined]
        for account in found[:2000]
    }
    return Speakers(
        {group.pk: frozenset(_speaking(group, sites=sites)) for group in groups},
    )


def _represents(appointment: object) -> bool:
    return getattr(appointment, "role", "") == "worker_representative"


def _speaking(group: RiskGroup, *, sites: dict[UUID, set[UUID | None]]) -> Iterable[UUID]:
    for account, places in sites.items():
        if group.group is None or None in places or group.group.site_id in places:
            yield account


@dataclass(frozen=True, slots=True)
class Speakers:
    """The accounts of the representatives of each group, by the id of the risk's group."""

    by_group: dict[UUID, frozenset[UUID]]

    def may_decide(self, by: Actor, *, group: UUID) -> bool:
        """Whether this person may enter the decision of a group."""
        named = self.by_group.get(group, frozenset())
        if named:
            return by.account_id in named
        return bool({"registrar", "worker_representative"} & by.roles)


def undecided_groups(mitigation: Mitigation) -> list[RiskGroup]:
    """The groups of an answer that have not accepted it yet."""
    said_yes = {
        each.risk_group_id
        for each in mitigation.acceptances.all()
        if each.is_current and each.accepted
    }
    return [
        each.risk_group for each in mitigation.groups.all() if each.risk_group_id not in said_yes
    ]


def own_group_ids(account: Account, *, on: date) -> frozenset[UUID]:
    """The worker groups a person belongs to on a day."""
    return frozenset(group.pk for group in groups_of_account(account, on))


def risk_ids_touching(
    organisation: Organisation | UUID, *, groups: Collection[UUID]
) -> QuerySet[RiskGroup, dict[str, Any]]:
    """The ids of the risks that touch any of these worker groups, closed ones too."""
    return RiskGroup.objects.of(organisation).filter(group__in=groups).values("risk_id")


def risks_touching(account: Account, *, on: date, limit: int = 200) -> list[Risk]:
    """The present risks that touch a person's groups, gravest first."""
    mine = own_group_ids(account, on=on)
    rows = Risk.objects.of(account.organisation_id).filter(closed_on__isnull=True)
    touched = rows.filter(pk__in=risk_ids_touching(account.organisation_id, groups=mine))
    return list(with_everything(touched)[:limit])


def touches(account: Account, *, risk: Risk, on: date) -> bool:
    """Whether a risk touches one of a person's groups."""
    mine = own_group_ids(account, on=on)
    return any(group.group_id in mine for group in risk.groups.all())


def speaker_words(comment: Comment) -> str:
    """The group beside a worker's words; empty where it is too small to be named."""
    group = comment.group
    return group.name if group and group.headcount >= SMALLEST_NAMED_GROUP else ""
