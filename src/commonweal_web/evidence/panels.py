"""What other pages show of the evidence about something: a short list and the way to add to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from commonweal_web.evidence.models import Evidence
from commonweal_web.evidence.permissions import ATTACH, SEE_EVIDENCE, SEE_OWN_EVIDENCE
from commonweal_web.evidence.queries import attached_to_many
from commonweal_web.house.declaration import Panel
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.record.fields import subject_of

SHOWN = 5
RIGHTS = {"desk": SEE_EVIDENCE, "my": SEE_OWN_EVIDENCE}


@dataclass(frozen=True, slots=True)
class Card:
    """The evidence about one thing: the first pieces with their pages, and the page of all."""

    pieces: list[tuple[Evidence, str]]
    count: int
    url: str
    may_attach: bool


def cards(
    subjects: Iterable[str], *, organisation: Organisation, actor: Actor, audience: str
) -> dict[str, Card]:
    """A card for each subject, in one statement; none where evidence is not open to the reader."""
    named = list(subjects)
    if not actor.may(RIGHTS[audience]):
        return {}
    found = attached_to_many(organisation, subjects=named, actor=actor)
    may = actor.may(ATTACH)
    return {
        subject: _card(rows, subject=subject, audience=audience, may_attach=may)
        for subject, rows in found.items()
    }


def _card(rows: list[Evidence], *, subject: str, audience: str, may_attach: bool) -> Card:
    standing = [row for row in rows if row.withdrawn_at is None]
    label, _colon, key = subject.partition(":")
    return Card(
        pieces=[
            (row, reverse(f"{audience}:evidence:piece", args=[row.pk]))
            for row in standing[-SHOWN:]
        ],
        count=len(standing),
        url=reverse(f"{audience}:evidence:about", args=[label, key]),
        may_attach=may_attach,
    )


def use_panel(use: Any, *, actor: Actor, at: datetime) -> Panel | None:
    """The evidence about a use, in the margin of its page."""
    subject = subject_of(use)
    found = cards([subject], organisation=use.organisation, actor=actor, audience="desk")
    if subject not in found:
        return None
    return Panel(60, "evidence/card.html", {"card": found[subject]}, place="margin")
