"""Beginning a use as a copy of another: what it is comes along, what was decided does not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.actions.uses import enter_register, touch_group
from commonweal_web.systems.models import Stage, Use, UseCopy
from commonweal_web.systems.permissions import REGISTER_USE

if TYPE_CHECKING:
    from commonweal_web.workplaces.models import WorkerGroup

COPIED = (
    "system_id",
    "purpose",
    "outputs",
    "unit",
    "topic",
    "classification",
    "facts_yes",
    "facts_no",
    "suggested",
    "catalogue_version",
    "currency",
)


def copy_use(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    original: Use,
    name: str,
    groups: Iterable[WorkerGroup] = (),
) -> Use:
    """Begin a new use, at its first stage, described as another one is.

    Groups are chosen again, since other people are touched. Assessments, risks, votes, signatures,
    decisions, claims, incidents and money stay with the original.
    """
    with action("systems.copy_use", organisation=organisation, by=by, at=at) as act:
        act.may(REGISTER_USE)
        held = act.lock(Use, original.pk)
        if held.name.strip().casefold() == name.strip().casefold():
            raise Refused(
                "same_name",
                _("The original is called “%(name)s” too. Give the copy a name of its own.")
                % {"name": name},
                where="name",
            )
        given = {column: getattr(held, column) for column in COPIED}
        made = Use(organisation=organisation, name=name, **given)
        enter_register(act, use=made, stage=Stage.IDENTIFIED)
        act.create(UseCopy(organisation=organisation, use=made, original=held))
        for group in groups:
            touch_group(organisation=organisation, by=by, at=at, use=made, group=group)
        return made
