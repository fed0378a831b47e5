"""The first step of a new organisation that this room brings."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from commonweal_web.house.declaration import SetupStep
from commonweal_web.notices.queries.recipients import mail_is_on
from commonweal_web.organisations.models import Organisation


def setup_steps(organisation: Organisation, *, at: datetime) -> list[SetupStep]:
    """Mail: people are told that something waits; without it they see it when they sign in."""
    return [
        SetupStep(
            95,
            "mail",
            _("Set up mail"),
            _(
                "A mail says that something waits, never what. Everything works without mail: "
                "people then see it when they sign in."
            ),
            is_done=mail_is_on(),
            url="",
            who="administrator",
            is_optional=True,
        )
    ]
