"""What people do with their own notices: choose how they are told, clear, keep a calendar."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from commonweal_web.notices.models import Feed, Mail, Notice, Preference
from commonweal_web.notices.queries.calendars import feed_digest
from commonweal_web.notices.queries.own import notice_of, notices_of
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import refuse_printed_code
from commonweal_web.record.actor import Actor
from commonweal_web.record.events import SubjectErased

SECRET_BYTES = 32


def choose_how(*, organisation: Organisation, by: Actor, channel: str, rhythm: str) -> None:
    """Choose how oneself is told."""
    Preference.objects.update_or_create(
        account_id=by.account_id,
        defaults={"organisation": organisation, "channel": channel, "rhythm": rhythm},
    )


def clear_notice(*, by: Actor, pk: UUID) -> None:
    """Take one notice away for good. Nothing keeps that it was there. Raises `NotHere`."""
    notice_of(by, pk=pk).delete()


def clear_notices(*, by: Actor, until: datetime) -> int:
    """Take away every notice told until then, so that none that came since is lost unread."""
    return notices_of(by).filter(told_at__lte=until).delete()[0]


def make_feed(*, organisation: Organisation, by: Actor, at: datetime) -> str:
    """A new private calendar address; an old one stops at once. Its secret is shown only now.

    It tells the days of every role, so a printed code makes none for who is more than a worker.
    """
    refuse_printed_code(by, on=at.date())
    secret = secrets.token_urlsafe(SECRET_BYTES)
    Feed.objects.update_or_create(
        account_id=by.account_id,
        defaults={"organisation": organisation, "digest": feed_digest(secret), "made_at": at},
    )
    return secret


def end_feed(*, by: Actor) -> None:
    """Switch one’s private calendar address off."""
    Feed.objects.filter(account_id=by.account_id).delete()


def forget_told(
    event: SubjectErased, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """Nothing of an erased account stays in this room."""
    kind, _, key = event.subject.partition(":")
    if kind == "people.account":
        forget_account(organisation, account_id=UUID(key))


def forget_account(organisation: Organisation, *, account_id: UUID) -> None:
    """Delete everything that this room holds for an account."""
    for model in (Notice, Mail, Preference, Feed):
        model.objects.of(organisation).filter(account_id=account_id).delete()


def forget_who_is_gone(*, at: datetime) -> int:
    """Delete what this room holds for closed accounts; how many notices that was."""
    Mail.objects.filter(account__is_active=False).delete()
    Feed.objects.filter(account__is_active=False).delete()
    return Notice.objects.filter(account__is_active=False).delete()[0]
