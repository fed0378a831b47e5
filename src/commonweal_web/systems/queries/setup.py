"""The first steps of a new people lead: what each room brings, in the order of what needs what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import SetupStep
from commonweal_web.house.rooms import rooms
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import SetupDismissed, Use

SMALL = 50


@dataclass(frozen=True, slots=True)
class Setup:
    """All first steps, and which is the next one to take."""

    steps: tuple[SetupStep, ...]

    @property
    def done(self) -> int:
        """How many are done by the evidence on file."""
        return sum(each.is_done for each in self.steps)

    @property
    def next(self) -> SetupStep | None:
        """The first that is not done and not optional; then the first optional one."""
        open_ones = [each for each in self.steps if not each.is_done]
        return min(open_ones, key=lambda each: (each.is_optional, each.order), default=None)

    @property
    def is_complete(self) -> bool:
        """Whether everything that is not optional is done."""
        return all(each.is_done or each.is_optional for each in self.steps)


def setup_of(organisation: Organisation, *, at: datetime) -> Setup:
    """Where the first steps stand, by evidence."""
    found = [
        step
        for room in rooms()
        for steps in room.setup_steps
        for step in steps(organisation, at=at)
    ]
    return Setup(tuple(sorted(found, key=lambda each: each.order)))


def setup_shown(organisation: Organisation, *, actor: Actor, at: datetime) -> Setup | None:
    """The steps for a people lead's first page; None once they are done or were set aside."""
    if "people_lead" not in actor.roles:
        return None
    aside = SetupDismissed.objects.of(organisation).filter(account_id=actor.account_id)
    if aside.exists():
        return None
    found = setup_of(organisation, at=at)
    return None if found.is_complete else found


def own_steps(organisation: Organisation, *, at: datetime) -> list[SetupStep]:
    """The first use."""
    return [
        SetupStep(
            70,
            "first_use",
            _("Write down the first use of AI"),
            _("One system, for one purpose, with the people it touches. A list can come later."),
            is_done=Use.objects.of(organisation).exists(),
            url=reverse("desk:systems:register"),
        )
    ]
