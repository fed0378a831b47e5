"""What one person was told and how they want to be told; nobody else reads this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from commonweal_web.house.declaration import Text
from commonweal_web.house.paging import Page, page_of
from commonweal_web.house.refusals import NotHere
from commonweal_web.notices.models import Feed, Notice
from commonweal_web.notices.queries.kinds import words_of
from commonweal_web.notices.queries.recipients import Recipient, recipients
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor

FIRST = 5


@dataclass(frozen=True, slots=True)
class ToldNotice:
    """One notice as its holder sees it."""

    pk: UUID
    words: Text
    told_at: datetime
    due: date | None
    mail_failed: bool


def notices_of(actor: Actor) -> QuerySet[Notice]:
    """What this person was told and has not cleared, the newest first.

    Who came in by a printed code is shown what workers are told, and nothing of an office.
    """
    own: QuerySet[Notice] = Notice.objects.filter(
        organisation_id=actor.organisation_id, account_id=actor.account_id
    )
    if actor.is_limited:
        own = own.filter(url__startswith="/my/")
    return own.order_by("-told_at", "id")


def new_for(actor: Actor, *, limit: int = FIRST) -> list[ToldNotice]:
    """The newest few, for the first page."""
    return [_told(each) for each in notices_of(actor)[:limit]]


def page_of_notices(actor: Actor, *, number: int) -> Page[ToldNotice]:
    """One page of them."""
    page = page_of(notices_of(actor), number=number)
    return Page([_told(each) for each in page.rows], page.number, page.size, page.total)


def notice_of(actor: Actor, *, pk: UUID) -> Notice:
    """One notice of this person. Raises `NotHere` for anybody else’s and for a cleared one."""
    found = notices_of(actor).filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "This notice is not here any more, or it is somebody else’s.")
    return found


def preference_of(organisation: Organisation, *, actor: Actor, on: date) -> Recipient:
    """How this person is told, by their own choice or as is usual for their roles."""
    own = [actor.account_id] if actor.account_id else []
    found = [each for some in recipients(organisation, accounts=own, on=on) for each in some]
    if not found:
        raise NotHere("not_found", "Only somebody with an account is told anything.")
    return found[0]


def feed_of(actor: Actor) -> Feed | None:
    """The calendar address of this person, if they made one."""
    found: Feed | None = Feed.objects.filter(
        organisation_id=actor.organisation_id, account_id=actor.account_id
    ).first()
    return found


def _told(row: Notice) -> ToldNotice:
    return ToldNotice(
        pk=row.pk,
        words=words_of(row.kind),
        told_at=row.told_at,
        due=row.due,
        mail_failed=row.mail_failed,
    )
