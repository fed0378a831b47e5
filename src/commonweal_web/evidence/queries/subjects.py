"""What evidence is about: the rooms say which rows there are and who may see each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal_web.house.declaration import SubjectSeen
from commonweal_web.house.refusals import NotHere
from commonweal_web.house.rooms import rooms
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor


@cache
def _finders() -> dict[str, Callable[..., SubjectSeen | None]]:
    return {label: find for room in rooms() for label, find in room.evidence_subjects.items()}


def subject_named(label: str, *, pk: UUID) -> str:
    """The name of a row as the record gives it: `room.model:id`."""
    return f"{label}:{pk}"


def subject_seen(
    subject: str, *, actor: Actor, organisation: Organisation, at: datetime
) -> SubjectSeen:
    """What a piece of evidence is about, if this actor may see that.

    Raises `NotHere` for everything else, whether it is not there, belongs to another organisation
    or is not open to this person: nobody learns which.
    """
    label, _colon, key = subject.partition(":")
    find = _finders().get(label)
    pk = _id(key)
    if find is not None and pk is not None:
        seen = find(pk, actor=actor, organisation=organisation, at=at)
        if seen is not None:
            return seen
    raise NotHere("not_found", _("There is nothing here that evidence could be about."))


def _id(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None
