"""An organisation with something of everything, and its people."""

from __future__ import annotations

from datetime import datetime

import pytest

from commonweal_web.organisations.models import Organisation
from factories.populated import Populated, populate


@pytest.fixture
def populated(organisation: Organisation, now: datetime) -> Populated:
    return populate(organisation, at=now)
