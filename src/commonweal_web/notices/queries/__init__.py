"""Reads of what waits for a person, what is new for them, and how they are told."""

from commonweal_web.notices.queries.calendars import calendar_of, feed_with
from commonweal_web.notices.queries.outbox import mail_measures
from commonweal_web.notices.queries.own import (
    ToldNotice,
    feed_of,
    new_for,
    notice_of,
    page_of_notices,
    preference_of,
)
from commonweal_web.notices.queries.recipients import mail_is_on
from commonweal_web.notices.queries.waiting import (
    WaitingGroup,
    days_waiting,
    everything_waiting,
    in_groups,
)

__all__ = [
    "ToldNotice",
    "WaitingGroup",
    "calendar_of",
    "days_waiting",
    "everything_waiting",
    "feed_of",
    "feed_with",
    "in_groups",
    "mail_is_on",
    "mail_measures",
    "new_for",
    "notice_of",
    "page_of_notices",
    "preference_of",
]
