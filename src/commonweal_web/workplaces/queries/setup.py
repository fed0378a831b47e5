"""The first steps of a new organisation that this room brings, by what is on file."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import SetupStep
from commonweal_web.organisations.models import Organisation
from commonweal_web.workplaces.models import Membership, Representation, Site, WorkerGroup


def setup_steps(organisation: Organisation, *, at: datetime) -> list[SetupStep]:
    """Who to ask for help, a site, a group, its people, and who speaks for them."""
    return [
        SetupStep(
            10,
            "help_contact",
            _("Say whom people ask for help"),
            _("Every page shows this name or number, also to people who are not signed in."),
            is_done=bool(organisation.help_contact.strip()),
            url=reverse("desk:workplaces:change_organisation"),
        ),
        SetupStep(
            20,
            "site",
            _("Name the first place of work"),
            _("Its time zone and working days decide until when something is due."),
            is_done=Site.objects.of(organisation).exists(),
            url=reverse("desk:workplaces:new_site"),
        ),
        SetupStep(
            30,
            "group",
            _("Name the groups of people who work there"),
            _("AI does different things to different work: each group is asked."),
            is_done=WorkerGroup.objects.of(organisation).exists(),
            url=reverse("desk:workplaces:new_group"),
        ),
        SetupStep(
            40,
            "roster",
            _("Bring in the people of each group"),
            _("A list from the payroll is enough. Nobody needs an e-mail address."),
            is_done=Membership.objects.of(organisation).exists(),
            url=reverse("desk:workplaces:roster"),
        ),
        SetupStep(
            50,
            "representation",
            _("Name who speaks for the workers"),
            _(
                "A union, a works council or somebody they elected. Without them no gate opens; "
                "where there is nobody, that is shown as a gap, and workers decide by majority."
            ),
            is_done=Representation.objects.of(organisation).exists(),
            url=reverse("desk:workplaces:bodies"),
        ),
    ]
