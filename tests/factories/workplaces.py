"""Sites, groups, bodies and memberships for tests, made by the room's own actions."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.workplaces import actions
from commonweal_web.workplaces.models import Membership, Representation, Site, WorkerGroup

if TYPE_CHECKING:
    from commonweal_web.people.models import Account

_numbers = count(1)


def a_site(organisation: Organisation, *, at: datetime, **details: Any) -> Site:
    """A workplace in Spain, unless told otherwise."""
    usual = {"name": f"Site {next(_numbers)}", "country": "ES", "time_zone": "Europe/Madrid"}
    return actions.add_site(
        organisation=organisation, by=operator(), at=at, **{**usual, **details}
    )


def a_group(
    organisation: Organisation, site: Site | None = None, *, at: datetime, **details: Any
) -> WorkerGroup:
    """Twenty people with permanent contracts, at a new site unless one is given."""
    usual = {"name": f"Group {next(_numbers)}", "contract": "permanent", "headcount": 20}
    return actions.add_group(
        organisation=organisation,
        by=operator(),
        at=at,
        site=site or a_site(organisation, at=at),
        **{**usual, **details},
    )


def a_representation(
    organisation: Organisation, site: Site | None = None, *, at: datetime, **details: Any
) -> Representation:
    """A union of the whole organisation, or of one site."""
    usual = {"name": f"Union {next(_numbers)}", "kind": "union"}
    return actions.add_representation(
        organisation=organisation, by=operator(), at=at, site=site, **{**usual, **details}
    )


def a_member(
    group: WorkerGroup,
    account: Account,
    *,
    at: datetime,
    since: date = date(2026, 1, 1),
    until: date | None = None,
) -> Membership:
    """That a person belongs to a group, since the start of the year."""
    return actions.add_member(
        organisation=account.organisation,
        by=operator(),
        at=at,
        group=group,
        account=account,
        since=since,
        until=until,
    )
