"""The sample organisation is made by the same actions as everything else."""

from __future__ import annotations

from datetime import datetime

import pytest

from commonweal_web.operations.sample import load_sample_organisation
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.queries import verify_record

pytestmark = pytest.mark.django_db


def test_the_sample_loads_and_its_record_verifies(now: datetime) -> None:
    lines = load_sample_organisation(at=now)
    assert any("nadia" in line for line in lines)
    organisation = Organisation.objects.get()
    assert organisation.is_sample
    assert verify_record(organisation).is_sound
