"""The private calendar: the days that wait for one person, without a word of what they are about.

Whoever holds the address reads it without signing in, and calendars are shared and synchronised
through other companies. So an entry says that there is a day, of which neutral sort, and leads to
a page that asks to sign in.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from commonweal_web.house.declaration import Waiting
from commonweal_web.notices.models import Feed
from commonweal_web.notices.queries.waiting import days_waiting
from commonweal_web.people.queries import account_with_roles, actor_of

ASK_AGAIN = timedelta(hours=12)


def feed_digest(secret: str) -> str:
    """What is stored of an address: its secret has 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_with(slug: str, *, secret: str) -> Feed | None:
    """The calendar of this organisation with this secret, unless its account is closed."""
    digest = feed_digest(secret)
    rows = Feed.objects.filter(organisation__slug=slug, account__is_active=True)
    found: Feed | None = (
        rows.select_related("organisation", "account").filter(digest=digest).first()
    )
    if found is None or not hmac.compare_digest(found.digest, digest):
        return None
    return found


def calendar_of(feed: Feed, *, at: datetime) -> bytes:
    """The days of this person as iCalendar (RFC 5545), all-day entries that take up no time."""
    account = account_with_roles(feed.account_id)
    calendar = Calendar()
    calendar.add("prodid", "-//Commonweal//What waits for me//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Commonweal")
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    if account is not None:
        actor = actor_of(account, on=at.date())
        for each in days_waiting(actor=actor, organisation=feed.organisation, at=at):
            calendar.add_component(_entry(each, feed=feed))
    written: bytes = calendar.to_ical()
    return written


def _entry(waiting: Waiting, *, feed: Feed) -> Event:
    entry = Event()
    entry.add("uid", _uid(waiting.key, account=feed.account_id))
    entry.add("dtstamp", feed.made_at)
    entry.add("dtstart", waiting.due)
    entry.add("summary", _summary(waiting))
    entry.add("url", f"{settings.PUBLIC_ADDRESS}/")
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    return entry


def _uid(key: str, *, account: UUID) -> str:
    """Stays the same for the same thing, and does not show what kind of thing it is."""
    return hashlib.sha256(f"{account}:{key}".encode()).hexdigest()[:32] + "@commonweal"


def _summary(waiting: Waiting) -> str:
    if not waiting.date_words:
        return _("A date in Commonweal")
    return _("A date in Commonweal: %(what)s") % {"what": waiting.date_words}
