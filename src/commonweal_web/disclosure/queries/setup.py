"""The first step of a new organisation that this room brings."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.disclosure.queries.commitments import published_versions
from commonweal_web.house.declaration import SetupStep
from commonweal_web.organisations.models import Organisation


def setup_steps(organisation: Organisation, *, at: datetime) -> list[SetupStep]:
    """The public commitment: from when on a harm must be told."""
    return [
        SetupStep(
            60,
            "commitment",
            _("Publish your commitment"),
            _("It says in public how grave a harm must be before you tell everyone about it."),
            is_done=bool(published_versions(organisation, limit=1)),
            url=reverse("desk:disclosure:adopt"),
        )
    ]
