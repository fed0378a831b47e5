"""A workplace with something of every kind that can be found, and readers who search it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from commonweal_web.house.searching import SearchAudience, SearchReader
from commonweal_web.mitigations import actions as mitigations
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of
from commonweal_web.systems import actions as systems
from factories.mitigations import Workplace, a_judged_risk, a_workplace

Read = Callable[..., SearchReader]


@pytest.fixture
def place(organisation: Organisation, now: datetime) -> Workplace:
    """A use called “Shift planner” with a choice, a risk, and a decision to change or stop."""
    place = a_workplace(organisation, at=now)
    lead = place.by(place.lead)
    systems.describe_use(
        **lead,
        use=place.use,
        name="Shift planner",
        purpose="Proposes who works when.",
        outputs="A plan of shifts.",
        unit="Nachtlogistik",
    )
    systems.add_choice(**lead, use=place.use, kind="scope", question="Which depots come first?")
    risk = a_judged_risk(place, title="Weniger Überstunden", description="Pay falls at night.")
    mitigations.say_nothing_helps(
        **place.by(place.representative), risk=risk, reason="It is built that way."
    )
    return place


@pytest.fixture
def reading(organisation: Organisation, now: datetime) -> Read:
    """Makes a reader of an account: `reading(place.worker, "my")`."""

    def one(account: Account, audience: SearchAudience = "desk") -> SearchReader:
        actor = actor_of(account, on=now.date())
        return SearchReader(actor, account, organisation, audience, now.date())

    return one
