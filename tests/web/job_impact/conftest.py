"""A use that touches two groups, an open run of it, and people of every side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.utils import timezone

from commonweal_web.job_impact.models import Assessment
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import Use
from commonweal_web.workplaces.models import WorkerGroup
from factories import job_impact as make
from factories.workplaces import a_group


@pytest.fixture
def drivers(organisation: Organisation, now: datetime) -> WorkerGroup:
    """Thirty-one contract drivers."""
    return a_group(organisation, at=now, name="Drivers", headcount=31, contract="contractor")


@pytest.fixture
def pickers(organisation: Organisation, now: datetime) -> WorkerGroup:
    """Two hundred and twelve pickers."""
    return a_group(organisation, at=now, name="Pickers", headcount=212)


@pytest.fixture
def use(
    organisation: Organisation, drivers: WorkerGroup, pickers: WorkerGroup, now: datetime
) -> Use:
    """A shift planner."""
    return make.an_assessable_use(organisation, drivers, pickers, at=now, name="Shift planner")


@pytest.fixture
def assessment(organisation: Organisation, use: Use, now: datetime) -> Assessment:
    """An open run over the whole list."""
    return make.an_assessment(organisation, at=now, use=use)


@pytest.fixture
def driver_account(organisation: Organisation, drivers: WorkerGroup, now: datetime) -> Account:
    """A driver who can sign in."""
    return make.a_worker(organisation, drivers, at=now)


@pytest.fixture
def driver(organisation: Organisation, drivers: WorkerGroup, now: datetime) -> Actor:
    """A driver, acting."""
    return make.a_worker_actor(organisation, drivers, at=now)


@pytest.fixture
def say(assessment: Assessment, now: datetime) -> Callable[..., Any]:
    """Gives a view in the open run: `say(driver, "RS10", "present")`."""

    def one(by: Actor, signal: str, answer: str, *, at: datetime = now, **details: Any) -> Any:
        return make.a_view(assessment, by=by, at=at, signal=signal, answer=answer, **details)

    return one


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Let the pages read a clock of the test that goes on by a second at each look."""
    seconds = count(8 * 60 * 60)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(seconds=next(seconds)))
