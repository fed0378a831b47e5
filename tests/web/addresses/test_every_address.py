"""Every address, as every role, as nobody, and from another organisation, against the table.

After adding an address, run `COMMONWEAL_WRITE_ADDRESSES=1 pytest tests/web/addresses` and read
every line of the difference in `addresses.toml` before you keep it: it is who may see what.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from commonweal_web.house.rooms import rooms
from commonweal_web.operations.sample import load_sample_organisation
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.roles import ROLES
from commonweal_web.workplaces.models import WorkerGroup
from factories.people import a_person, an_organisation
from factories.workplaces import a_member
from web.addresses.walking import TABLE, Address, addresses, may_open, may_post, path_of, table

pytestmark = pytest.mark.django_db
NOBODY = "nobody"
ENTRANCE = ("account_", "mfa_", "home", "health", "favicon")


class People:
    """One browser for each role in the sample, one for nobody, one for a stranger."""

    def __init__(self, organisation: Organisation, *, now: datetime) -> None:
        self.organisation = organisation
        self.browsers = {
            role.name: self._signed_in(organisation, role.name, now=now) for role in ROLES
        }
        self.browsers[NOBODY] = Client()
        elsewhere = an_organisation("southquay", at=now)
        every = tuple(role.name for role in ROLES)
        self.stranger = self._signed_in(elsewhere, *every, now=now)

    @staticmethod
    def _signed_in(organisation: Organisation, *roles: str, now: datetime) -> Callable[[], Client]:
        account = a_person(organisation, *roles, at=now)
        if roles == ("worker",):
            pickers = WorkerGroup.objects.get(organisation=organisation, name="Pickers")
            a_member(pickers, account, at=now)

        client = Client()
        client.force_login(account)
        return client


@pytest.fixture
def people(now: datetime) -> People:
    load_sample_organisation(at=now)
    return People(Organisation.objects.get(slug="northbank"), now=now)


def of_rooms() -> list[Address]:
    """The addresses of rooms; those of signing in have tests of their own."""
    return [each for each in addresses() if not each.name.startswith(ENTRANCE)]


def found(people: People) -> dict[str, dict[str, Any]]:
    """Who gets in where, as it really is."""
    agreed = table() if TABLE.exists() else {}
    rows: dict[str, dict[str, Any]] = {}
    for address in of_rooms():
        about = agreed.get(address.name, {}).get("about", {})
        missing = set(address.arguments) - set(about)
        assert not missing, f"{address.name}: say in addresses.toml what {missing} is about"
        path = path_of(address, about=about, organisation=people.organisation)
        rows[address.name] = {
            "about": about,
            "opens": _who(people, lambda client, to=path: may_open(client, to)),
            "posts": _who(people, lambda client, to=path: may_post(client, to)),
        }
    return rows


def _who(people: People, test: Callable[[Client], bool]) -> list[str]:
    return [name for name, browser in people.browsers.items() if test(browser)]


def test_everybody_gets_in_exactly_where_the_table_says(people: People) -> None:
    rows = found(people)
    if os.environ.get("COMMONWEAL_WRITE_ADDRESSES"):
        TABLE.write_text(_as_toml(rows))
    agreed = table()
    assert set(agreed) == set(rows), "addresses.toml names addresses that are not there"
    differing = {
        name: (row, agreed[name])
        for name, row in rows.items()
        if row != {"about": {}, **agreed[name]}
    }
    assert differing == {}
    assert strangers_doors(people) == []


def strangers_doors(people: People) -> list[str]:
    """Addresses of this organisation that somebody with every role elsewhere gets into."""
    let_in = []
    for address in of_rooms():
        about = table()[address.name].get("about", {})
        if address.name.startswith("public:") or all(each[0] == "=" for each in about.values()):
            continue
        path = path_of(address, about=about, organisation=people.organisation)
        if may_open(people.stranger, path) or may_post(people.stranger, path):
            let_in.append(address.name)
    return let_in


def test_every_address_of_the_desk_and_of_workers_asks_for_a_right() -> None:
    open_to_nobody = [
        name
        for name, row in table().items()
        if name.startswith(("desk:", "my:")) and NOBODY in row["opens"] + row["posts"]
    ]
    assert open_to_nobody == []


def test_every_right_is_held_by_a_role() -> None:
    names = {role.name for role in ROLES} | {"operator", "contributor", "vendor", "public"}
    unknown = {
        (right.code, role)
        for room in rooms()
        for right in room.permissions
        for role in right.roles
        if role not in names
    }
    assert unknown == set()


def _as_toml(rows: dict[str, dict[str, Any]]) -> str:
    lines = [
        "# Who may open, and who may post to, each address. Written by the test beside it when",
        "# asked; every difference is read by a person before it is kept. `about` says which row",
        "# of the sample each part of the address names.",
    ]
    for name, row in rows.items():
        lines.append(f'\n["{name}"]')
        if row["about"]:
            about = ", ".join(f'{key} = "{value}"' for key, value in row["about"].items())
            lines.append(f"about = {{ {about} }}")
        lines += [f"{key} = {_list(row[key])}" for key in ("opens", "posts")]
    return "\n".join(lines) + "\n"


def _list(words: list[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"
