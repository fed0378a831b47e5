"""A described use with its people, and a browser for each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of
from commonweal_web.systems.models import Use
from commonweal_web.workplaces.models import WorkerGroup
from factories.systems import a_described_use
from factories.workplaces import a_group, a_site

PersonOf = Callable[..., Account]


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Path:
    """Uploads of a test stay in its own folder."""
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def owner(person: PersonOf) -> Account:
    return person("use_owner", name="Marta Lindqvist")


@pytest.fixture
def pickers(organisation: Organisation, now: datetime) -> WorkerGroup:
    site = a_site(organisation, at=now, name="Harbour depot")
    return a_group(organisation, site, at=now, name="Pickers", headcount=212)


@pytest.fixture
def use(organisation: Organisation, owner: Account, pickers: WorkerGroup, now: datetime) -> Use:
    return a_described_use(organisation, at=now, owner=owner, groups=(pickers,))


@pytest.fixture
def lead(browse: Callable[..., Client]) -> Client:
    return browse("people_lead")


@pytest.fixture
def as_lead(
    organisation: Organisation, person: PersonOf, now: datetime
) -> Callable[[], dict[str, Any]]:
    """What an action of a people lead is given."""
    account = person("people_lead")

    def given() -> dict[str, Any]:
        by = actor_of(account, on=now.date())
        return {"organisation": organisation, "by": by, "at": now}

    return given
