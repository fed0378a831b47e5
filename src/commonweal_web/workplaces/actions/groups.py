"""Worker groups: who they are, what makes them vulnerable, who belongs to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from commonweal.shared.money import Money
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor
from commonweal_web.workplaces import permissions
from commonweal_web.workplaces.models import Membership, Representation, Site, WorkerGroup
from commonweal_web.workplaces.queries import in_force

if TYPE_CHECKING:
    from commonweal_web.people.models import Account


def add_group(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    name: str,
    site: Site,
    contract: str,
    headcount: int,
    cost_per_fte: Money | None = None,
    representation: Representation | None = None,
) -> WorkerGroup:
    """Add people who share a role, a site and a contract."""
    facts = {"name": name, "site": site, "contract": contract, "headcount": headcount}
    facts |= {"representation": representation, **_cost(cost_per_fte, organisation=organisation)}
    with action("workplaces.add_group", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.CHANGE_WORKPLACES)
        act.lock(Organisation, organisation.pk)
        _check(organisation, facts=facts)
        return act.create(WorkerGroup(organisation=organisation, **facts))


def change_group(
    *, organisation: Organisation, by: Actor, at: datetime, group: WorkerGroup, **changes: Any
) -> WorkerGroup:
    """Change what is known of a worker group; what is not named stays."""
    if "cost_per_fte" in changes:
        changes |= _cost(changes.pop("cost_per_fte"), organisation=organisation)
    stands = {
        column: getattr(group, column) for column in ("name", "site", "contract", "representation")
    }
    with action("workplaces.change_group", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.CHANGE_WORKPLACES)
        act.lock(Organisation, organisation.pk)
        _check(organisation, facts=stands | changes, but=group)
        return act.change(group, **changes)


def mark_vulnerable(
    *, organisation: Organisation, by: Actor, at: datetime, group: WorkerGroup, because: str
) -> WorkerGroup:
    """Say that a group is especially vulnerable, and why; decisions about it weigh more."""
    with action("workplaces.mark_vulnerable", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.MARK_VULNERABLE)
        side = by.require(permissions.MARK_VULNERABLE).side
        return act.change(
            group,
            vulnerable_because=_reason(because),
            marked_vulnerable_by=side,
            unmarked_because="",
        )


def unmark_vulnerable(
    *, organisation: Organisation, by: Actor, at: datetime, group: WorkerGroup, because: str
) -> WorkerGroup:
    """Take the mark away, with a reason. A mark of the worker side is taken away by it only."""
    with action("workplaces.unmark_vulnerable", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.MARK_VULNERABLE)
        fresh = act.lock(WorkerGroup, group.pk)
        side = by.require(permissions.MARK_VULNERABLE).side
        if fresh.marked_vulnerable_by == "workers" and side != "workers":
            raise NotAllowed(
                "marked_by_workers",
                _("The workers’ side set this mark, so only the workers’ side can take it away."),
                where="because",
            )
        return act.change(
            group,
            vulnerable_because="",
            marked_vulnerable_by="",
            unmarked_because=_reason(because),
        )


def add_member(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    group: WorkerGroup,
    account: Account,
    since: date,
    until: date | None = None,
) -> Membership:
    """Say that a person belongs to a worker group."""
    _check_period(since, until=until)
    with action("workplaces.add_member", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.KEEP_MEMBERS)
        act.lock(WorkerGroup, group.pk)
        if account.organisation_id != organisation.pk:
            raise NotHere("not_found", _("There is no such person here."))
        known = Membership.objects.of(organisation).filter(group=group, account_id=account.pk)
        if in_force(known, on=since).exists():
            raise Refused(
                "member_already",
                _("%(name)s belongs to this group already.") % {"name": account.name},
                where="account",
            )
        return act.create(
            Membership(
                organisation=organisation,
                group=group,
                account=account,
                name=account.name,
                since=since,
                until=until,
            )
        )


def end_membership(
    *, organisation: Organisation, by: Actor, at: datetime, membership: Membership, until: date
) -> Membership:
    """Say until when a person belonged to a group; that they did belong stays."""
    with action("workplaces.end_membership", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.KEEP_MEMBERS)
        _check_period(membership.since, until=until)
        return act.change(membership, until=until)


def _cost(cost: Money | None, *, organisation: Organisation) -> dict[str, Any]:
    if cost is None:
        return {"cost_per_fte_minor": None, "currency": organisation.currency}
    return {"cost_per_fte_minor": cost.minor, "currency": cost.currency}


def _check(
    organisation: Organisation, *, facts: dict[str, Any], but: WorkerGroup | None = None
) -> None:
    body, site = facts["representation"], facts["site"]
    if body is not None and body.site_id not in (None, site.pk):
        raise Refused(
            "body_elsewhere",
            _("%(body)s speaks at another site. Choose a body of %(site)s.")
            % {"body": body.name, "site": site.name},
            where="representation",
        )
    same = WorkerGroup.objects.of(organisation).filter(
        site_id=site.pk, name=facts["name"], contract=facts["contract"]
    )
    if same.exclude(pk=but.pk if but else None).exists():
        raise Refused(
            "group_known",
            _("This site has a group with this name and contract already."),
            where="name",
        )


def _check_period(since: date, *, until: date | None) -> None:
    if until is not None and until < since:
        raise Refused("until_before_since", _("The end lies before the start."), where="until")


def _reason(because: str) -> str:
    if not because.strip():
        raise Refused("reason_missing", _("Say why, in a few words."), where="because")
    return because.strip()
