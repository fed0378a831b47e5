"""Sending the mail that waits: a few at a time, each until its server has accepted it.

A mail is claimed by moving `not_before` ahead, sent, and deleted once the server has taken it. A
process that dies in between leaves the row, and the mail goes out again with the same
`Message-ID`: twice at worst, never not at all.
"""

from __future__ import annotations

import logging
import random
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from commonweal_web.house.addresses import AddressRefused
from commonweal_web.notices.mail_text import message_of
from commonweal_web.notices.models import Mail, MailState, Notice
from commonweal_web.notices.queries.recipients import mail_is_on

BATCH = 20
MOST_AT_ONCE = 2000
LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=5)
KEPT_FOR = timedelta(days=30)
logger = logging.getLogger("commonweal.notices")

Clock = Callable[[], datetime]
Draw = Callable[[], float]


class ServerGone(Exception):
    """The mail server does not answer; what is left is tried again later."""


@task()
def deliver_mail() -> int:
    """The background task: send what is due."""
    return deliver()


def send_soon() -> None:
    """Let the task process send as soon as everything is stored; one request is enough."""
    transaction.on_commit(_ask_once)


def _ask_once() -> None:
    asked = DBTaskResult.objects.ready().filter(task_path=deliver_mail.module_path)
    if not asked.exists():
        deliver_mail.enqueue()


def send_mail(*, at: datetime) -> int:
    """The tick: send what is due, whoever asked for it; how many the server accepted."""
    return deliver()


def deliver(*, clock: Clock = timezone.now, draw: Draw = random.random) -> int:
    """Send what is due until nothing is left or the server does not answer.

    Returns how many mails the server accepted. `draw` gives the jitter of the next attempt, from
    0 to 1, so that many installations do not come back at the same second.
    """
    if not mail_is_on():
        return 0
    connection, sent = get_connection(), 0
    try:
        while sent < MOST_AT_ONCE and (batch := _claimed(clock())):
            sent += _send_batch(batch, connection=connection, clock=clock, draw=draw)
    except ServerGone as gone:
        logger.warning("The mail server does not answer (%s); tried again later.", gone)
    finally:
        _close(connection)
    return sent


def _claimed(now: datetime) -> list[Mail]:
    """The next few that are due, ours alone until the lease runs out."""
    with transaction.atomic():
        due = Mail.objects.filter(state=MailState.WAITING, not_before__lte=now)
        rows = list(due.select_for_update(skip_locked=True).order_by("not_before", "id")[:BATCH])
        Mail.objects.filter(pk__in=[each.pk for each in rows]).update(
            not_before=now + LEASE, attempts=F("attempts") + 1
        )
    return list(
        Mail.objects.filter(pk__in=[each.pk for each in rows])
        .select_related("account", "organisation")
        .prefetch_related("notices")
        .order_by("due_at", "id")
    )


def _send_batch(batch: list[Mail], *, connection: Any, clock: Clock, draw: Draw) -> int:
    sent = 0
    while batch:
        try:
            sent += _send(batch[0], connection=connection, clock=clock, draw=draw)
        except ServerGone:
            for each in batch:
                _put_off(each, now=clock(), draw=draw)
            raise
        batch.pop(0)
    return sent


def _send(mail: Mail, *, connection: Any, clock: Clock, draw: Draw) -> int:
    """Send one mail, or drop one that nobody needs any more; 1 when the server accepted it."""
    if not _is_needed(mail):
        mail.delete()
        return 0
    try:
        connection.open()
        connection.send_messages([message_of(mail, connection=connection)])
    except AddressRefused:
        _end(mail, state=MailState.REFUSED, reason="address_unsafe")
        return 0
    except smtplib.SMTPRecipientsRefused as refusal:
        _recipient_refused(mail, refusal=refusal, now=clock(), draw=draw)
        return 0
    except smtplib.SMTPDataError:  # this mail it does not take; the next it may
        _put_off(mail, now=clock(), draw=draw)
        return 0
    except OSError as gone:  # of which every other error of the mail library is one
        raise _gone(connection, gone) from gone
    mail.delete()
    return 1


def _is_needed(mail: Mail) -> bool:
    """Whether its person is still here, can be mailed, and has not cleared what it tells."""
    return bool(mail.account.is_active and mail.account.email and mail.notices.all())


def _gone(connection: Any, error: Exception) -> ServerGone:
    _close(connection)
    return ServerGone(type(error).__name__)


def _close(connection: Any) -> None:
    try:
        connection.close()
    except OSError:
        connection.connection = None


def _recipient_refused(
    mail: Mail, *, refusal: smtplib.SMTPRecipientsRefused, now: datetime, draw: Draw
) -> None:
    """A server that says never to an address is believed; one that says not now is asked again."""
    codes = [code for code, _said in refusal.recipients.values()]
    if codes and all(code >= 500 for code in codes):
        _end(mail, state=MailState.REFUSED, reason="recipient_refused")
    else:
        _put_off(mail, now=now, draw=draw)


def _put_off(mail: Mail, *, now: datetime, draw: Draw) -> None:
    """Try again later, each time twice as late, up to an hour; after days it is given up."""
    if now - mail.due_at >= GIVEN_UP_AFTER:
        _end(mail, state=MailState.GIVEN_UP, reason="server_did_not_take_it")
        return
    wait = min(FIRST_WAIT * 2 ** min(mail.attempts - 1, 10), LONGEST_WAIT)
    Mail.objects.filter(pk=mail.pk).update(not_before=now + wait * (0.5 + draw() / 2))


def _end(mail: Mail, *, state: MailState, reason: str) -> None:
    """Stop trying. Its person reads beside the notice that mail did not reach them."""
    with transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(state=state, reason=reason)
        Notice.objects.filter(mail=mail).update(mail_failed=True)


def forget_old_mail(*, at: datetime) -> int:
    """Delete mail that was given up a month ago, and the traces of tasks that are done."""
    DBTaskResult.objects.finished().filter(finished_at__lt=at - timedelta(days=1)).delete()
    ended = Mail.objects.exclude(state=MailState.WAITING).filter(due_at__lt=at - KEPT_FOR)
    return ended.delete()[0]
