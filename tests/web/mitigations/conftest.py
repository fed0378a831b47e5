"""A use with the people around it."""

from __future__ import annotations

from datetime import datetime

import pytest

from commonweal_web.organisations.models import Organisation
from factories.mitigations import Workplace, a_workplace


@pytest.fixture
def place(organisation: Organisation, now: datetime) -> Workplace:
    """A use that touches twenty represented drivers."""
    return a_workplace(organisation, at=now)
