"""The first step of a new organisation that this room brings."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import SetupStep
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.models import Witness


def setup_steps(organisation: Organisation, *, at: datetime) -> list[SetupStep]:
    """A witness: somebody outside who keeps a copy of the record's checkpoints."""
    return [
        SetupStep(
            90,
            "witness",
            _("Ask somebody outside to be a witness"),
            _("A witness notes the state of your record, so that nobody can rewrite it later."),
            is_done=Witness.objects.of(organisation).exists(),
            url=reverse("desk:record:add_witness"),
            is_optional=True,
        )
    ]
