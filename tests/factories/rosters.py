"""Rosters for tests: the text of a file, read and brought in by the room’s own action."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from commonweal.systems.inventory.reading import read_register
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.models import Membership, WorkerGroup
from factories.workplaces import a_group, a_site

HEAD = "id,name,site,group,email,language,since,until\n"


def rows(*numbers: int, group: str = "Pickers", name: str = "Person") -> str:
    """Rows of people at the harbour, with an e-mail for every other one."""
    return "".join(
        f"{n},{name} {n},Harbour,{group},{f'p{n}@example.org' if n % 2 else ''},es,2024-01-01,\n"
        for n in numbers
    )


def file_of(text: str, **how: Any) -> queries.RosterFile:
    data = text.encode()
    stream = io.BytesIO(data)
    return queries.RosterFile.of("roster.csv", data=data, table=read_register(stream), **how)


def bring_in(
    organisation: Organisation, text: str, *, at: datetime, **how: Any
) -> queries.RosterResult:
    told = {name: how.pop(name) for name in ("leavers_confirmed", "expected") if name in how}
    return actions.import_roster(
        organisation=organisation, by=operator(), at=at, roster=file_of(text, **how), **told
    )


def groups_at_two_sites(organisation: Organisation, *, at: datetime) -> dict[str, WorkerGroup]:
    """Pickers and packers at the harbour, planners in the north."""
    harbour = a_site(organisation, at=at, name="Harbour")
    north = a_site(organisation, at=at, name="North")
    return {
        "pickers": a_group(organisation, harbour, at=at, name="Pickers"),
        "packers": a_group(organisation, harbour, at=at, name="Packers"),
        "planners": a_group(organisation, north, at=at, name="Planners"),
    }


def with_account(organisation: Organisation, *, number: str, account: Account) -> Account:
    """Give a line an account, as a sheet of codes does."""
    line = Membership.objects.get(number=number, until=None)
    with action(
        "tests.line", organisation=organisation, by=operator(), at=line.organisation.created_at
    ) as act:
        act.change(line, account_id=account.pk)
    return account
