"""Reads about the end of an organisation: what is asked, what holds it up."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Finding, Text, Waiting
from commonweal_web.house.rooms import rooms
from commonweal_web.operations.models import Deletion, OrganisationExport
from commonweal_web.operations.permissions import AGREE_TO_DELETION, SEE_ENDING
from commonweal_web.organisations.models import Organisation
from commonweal_web.organisations.queries import all_organisations
from commonweal_web.record.actor import Actor


def deletion_open(organisation: Organisation) -> Deletion | None:
    """The deletion that is asked for and not taken back."""
    rows = Deletion.objects.of(organisation).filter(withdrawn_at__isnull=True)
    found: Deletion | None = rows.select_related("asked_by", "agreed_by").first()
    return found


def export_since(organisation: Organisation, *, at: datetime) -> bool:
    """Whether everything was written into a file at this moment or later."""
    return OrganisationExport.objects.of(organisation).filter(written_at__gte=at).exists()


def blocks_of(organisation: Organisation, *, at: datetime) -> list[Text]:
    """Why nothing may be deleted yet, as the rooms with open cases, claims and votes know."""
    found: list[Text] = []
    for room in rooms():
        for blocks in room.blocks_deletion:
            found.extend(blocks(organisation, at=at))
    return found


def deletion_waiting(*, actor: Actor, organisation: Organisation, at: datetime) -> list[Waiting]:
    """Tells both sides that everything is going to be deleted, and asks for the second name."""
    if not actor.may(SEE_ENDING):
        return []
    asked = deletion_open(organisation)
    if asked is None:
        return []
    return [
        Waiting(
            title=_("Everything kept here is to be deleted"),
            text=_waiting_words(asked, actor=actor),
            url=reverse("desk:operations:ending"),
            action=_("Read why, and what can be done"),
            due=asked.not_before,
            key=f"operations.deletion:{asked.pk}",
            date_words=_("deletion"),
        )
    ]


def _waiting_words(asked: Deletion, *, actor: Actor) -> str:
    if asked.not_before is not None:
        return _("Not before %(day)s. Until then it can be taken back.") % {
            "day": date_format(asked.not_before)
        }
    if actor.may(AGREE_TO_DELETION) and asked.asked_by_id != actor.account_id:
        return _("One person asks for it. It needs a second name.")
    return _("One person asks for it. Nothing happens without a second one.")


def sample_findings(*, at: datetime) -> list[Finding]:
    """Sample organisations beside real ones: everybody knows their passwords."""
    return [
        Finding(
            "sample_here",
            "unsafe",
            f"“{each.slug}” is a sample: everybody can read its password.",
            "Begin anew with empty folders: commonweal init --data … --keys …",
            each.slug,
        )
        for each in all_organisations()
        if each.is_sample
    ]
