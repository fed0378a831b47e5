"""Whom a notice reaches, and by which way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings

from commonweal_web.notices.models import Channel, Preference, Rhythm
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import people
from commonweal_web.people.roles import Worker

AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person, whether they can be mailed, and what they chose."""

    account_id: UUID
    has_address: bool
    channel: str
    rhythm: str

    @property
    def is_mailed(self) -> bool:
        """Whether mail goes to them about what concerns them alone."""
        return self.has_address and self.channel == Channel.MAIL and mail_is_on()

    @property
    def is_daily(self) -> bool:
        """Whether their mail waits for the mail of the day."""
        return self.rhythm == Rhythm.DAILY


def mail_is_on() -> bool:
    """Whether this installation has a mail server."""
    return bool(settings.MAIL_IS_SET)


def recipients(
    organisation: Organisation, *, accounts: Iterable[UUID], on: date
) -> Iterator[list[Recipient]]:
    """Those of these accounts that are open, some hundreds at a time, each account once.

    Who has chosen nothing is told here; staff with an address get the mail of the day as well.
    """
    asked = iter(sorted(set(accounts)))
    while some := list(islice(asked, AT_A_TIME)):
        found = people(organisation, on=on).filter(pk__in=some, is_active=True)
        chosen = {
            each.account_id: each
            for each in Preference.objects.of(organisation).filter(account__in=some)
        }
        yield [_recipient(each, chosen=chosen.get(each.pk)) for each in found.order_by("pk")]


def _recipient(account: Any, *, chosen: Preference | None) -> Recipient:
    is_staff = any(each.role != Worker.name for each in account.current_roles)
    usual = Channel.MAIL if is_staff else Channel.HERE
    return Recipient(
        account_id=account.pk,
        has_address=bool(account.email),
        channel=chosen.channel if chosen else usual,
        rhythm=chosen.rhythm if chosen else Rhythm.DAILY,
    )


def next_digest(at: datetime, *, days_later: int = 0) -> datetime:
    """The next moment after this one at which the mail of the day goes out, in UTC."""
    hour = at.replace(hour=settings.MAIL_HOUR, minute=0, second=0, microsecond=0)
    days = (0 if hour > at else 1) + days_later
    return hour + timedelta(days=days)
