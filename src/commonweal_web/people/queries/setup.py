"""The first steps of a new organisation that this room brings: people in their roles."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import SetupStep
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries.accounts import roles_held


def setup_steps(organisation: Organisation, *, at: datetime) -> list[SetupStep]:
    """Who answers for uses, who keeps the lists of voters, who decides complaints."""
    held = roles_held(organisation, on=at.date())
    asked = (
        (
            35,
            "use_owner",
            _("Name who answers for a use"),
            _("A use owner is the manager who is asked. In a small firm that may be you."),
        ),
        (
            36,
            "executive",
            _("Name an executive"),
            _("An executive lets a use pass the later gates, together with the workers’ side."),
        ),
        (
            55,
            "registrar",
            _("Let the workers’ side name a registrar"),
            _(
                "The registrar keeps the lists of who may vote and hands out the sign-in codes. "
                "It is somebody of the workers’ side, never of management."
            ),
        ),
        (
            58,
            "case_handler",
            _("Name who decides complaints"),
            _("Somebody outside the chain of command, whom workers and management both accept."),
        ),
    )
    return [
        SetupStep(order, role, title, why, is_done=role in held, url=reverse("desk:people:people"))
        for order, role, title, why in asked
    ]
