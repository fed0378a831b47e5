"""What the tests of this room share: the clock, and a use that touches two groups."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from commonweal_web.organisations.models import Organisation
from commonweal_web.systems.models import Use
from factories.people import a_person
from factories.systems import a_described_use
from factories.workplaces import a_group


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Pages are asked for at the moment of the test."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def use(organisation: Organisation, now: datetime) -> Use:
    """The shift planner, which touches thirty-one drivers and four pickers."""
    groups = (
        a_group(organisation, at=now, name="contract drivers", headcount=31),
        a_group(organisation, at=now, name="night pickers", headcount=4),
    )
    owner = a_person(organisation, "use_owner", at=now)
    return a_described_use(organisation, at=now, owner=owner, groups=groups)


@pytest.fixture
def other_use(other_organisation: Organisation, now: datetime) -> Use:
    """A use of another organisation."""
    owner = a_person(other_organisation, "use_owner", at=now)
    group = a_group(other_organisation, at=now)
    return a_described_use(other_organisation, at=now, owner=owner, groups=(group,))


@pytest.fixture
def given(organisation: Organisation, actor: Any, now: datetime) -> dict[str, Any]:
    """Whose, by whom and when: a people lead acts now."""
    return {"organisation": organisation, "by": actor("people_lead"), "at": now}
