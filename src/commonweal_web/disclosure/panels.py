"""What this room adds to other pages: the panel of a use, and what waits for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal_web.disclosure import queries
from commonweal_web.disclosure.permissions import (
    ADOPT_COMMITMENT,
    PUBLISH,
    SEE_DISCLOSURE,
    SIGN_COMMITMENT,
)
from commonweal_web.disclosure.thresholds import loosening_in_words
from commonweal_web.house.declaration import Panel, Waiting
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use

MOST_WAITING = 20
REVIEW_SOON = timedelta(days=30)


def what_the_public_reads(use: Use, *, actor: Actor, at: datetime) -> Panel | None:
    """The card on the page of a use: what is public, and what is met and not yet public."""
    state = queries.use_states([use], on=at.date())[use.pk]
    context = {
        "state": state,
        "use": use,
        "slug": use.organisation.slug,
        "may_see": actor.may(SEE_DISCLOSURE),
        "may_publish": actor.may(PUBLISH),
    }
    return Panel(80, "disclosure/panel.html", context, place="margin")


def waiting(*, actor: Actor, organisation: Organisation, at: datetime) -> Sequence[Waiting]:
    """What waits: publishing for people leads, a signature for the worker side."""
    found: list[Waiting] = []
    if actor.may(PUBLISH):
        found += _to_publish(organisation, on=at.date())
    if actor.may(ADOPT_COMMITMENT):
        found += _commitment(organisation, on=at.date())
    if actor.may(SIGN_COMMITMENT):
        found += _to_sign(organisation)
    return found


def undisclosed_in_words(days: int) -> str:
    """For how long something is undisclosed; the day it was met is day 0."""
    if days == 0:
        return _("met today, not yet public")
    return ngettext("undisclosed for %(n)s day", "undisclosed for %(n)s days", days) % {"n": days}


def _to_publish(organisation: Organisation, *, on: date) -> Iterator[Waiting]:
    for each in queries.undisclosed_uses(organisation, on=on)[:MOST_WAITING]:
        yield Waiting(
            title=_("Publish the page of %(use)s") % {"use": each.use.name},
            text=_(
                "A threshold of our commitment is met. Until the page is out, the public "
                "reads that it is not."
            ),
            url=reverse("desk:disclosure:publish_use", args=[each.use.pk]),
            action=_("Look and publish"),
            key=f"disclosure.page:{each.use.pk}",
            date_words=_("publication"),
            when=undisclosed_in_words(each.days),
        )


def _commitment(organisation: Organisation, *, on: date) -> Iterator[Waiting]:
    versions = queries.published_versions(organisation, limit=1)
    if not versions:
        yield Waiting(
            title=_("Write the public commitment"),
            text=_("It says from when on a risk must be public. Nothing can be disclosed before."),
            url=reverse("desk:disclosure:adopt"),
            action=_("Write it"),
            key=f"disclosure.commitment:{organisation.pk}",
            date_words=_("commitment"),
        )
    elif versions[0].next_review <= on + REVIEW_SOON:
        yield Waiting(
            title=_("Review the public commitment"),
            text=_("Are its marks still right? Publish a new version with the next review day."),
            url=reverse("desk:disclosure:adopt"),
            action=_("Review it"),
            due=versions[0].next_review,
            key=f"disclosure.commitment:{organisation.pk}",
            date_words=_("review"),
        )


def _to_sign(organisation: Organisation) -> Iterator[Waiting]:
    proposal = queries.proposal_open(organisation)
    if proposal is not None:
        yield Waiting(
            title=_("A looser commitment needs your side’s signature"),
            text=" ".join(map(loosening_in_words, proposal.loosens)),
            url=reverse("desk:disclosure:commitment"),
            action=_("Read and decide"),
            key=f"disclosure.proposal:{proposal.pk}",
            date_words=_("signature"),
        )
