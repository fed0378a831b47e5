"""Sending, against a real mail server: once, with the same id again, later, or never with why."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from commonweal_web.notices import actions, queries
from commonweal_web.notices.models import Mail, MailState, Notice
from commonweal_web.people.models import Account
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action
from web.notices.conftest import GROUP_KIND, Mailbox, deliver_at, notices_of

Reader = Callable[..., Account]
Told = Callable[..., None]
HOUR = timedelta(hours=1)


def text_of(mail: Message) -> str:
    """What a mail says."""
    return mail.get_payload(decode=True).decode()


@pytest.fixture
def owner(reader: Reader) -> Account:
    return reader("use_owner", email="owner@north.example", rhythm="at_once")


def test_a_mail_says_that_something_waits_and_where_and_nothing_else(
    mailbox: Mailbox, owner: Account, told: Told, now: datetime
) -> None:
    told(owner)
    mail_id, notice_id = Mail.objects.get().pk, Notice.objects.get().pk
    assert deliver_at(now) == 1
    (mail,) = mailbox.mails
    text = text_of(mail)
    assert mail["Subject"] == "Something waits for you in Commonweal"
    assert mail["Message-ID"] == f"<{mail_id}@north.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert "a gate waits for your side" in text
    assert f"https://commonweal.north.example/desk/notices/{notice_id}/" in text
    assert "/desk/uses/" not in text
    assert owner.name not in text


def test_once_the_server_has_accepted_a_mail_it_is_gone_and_the_notice_stays(
    mailbox: Mailbox, owner: Account, told: Told, now: datetime
) -> None:
    told(owner)
    assert (deliver_at(now), deliver_at(now + HOUR)) == (1, 0)
    assert not Mail.objects.exists()
    assert len(notices_of(owner)) == 1


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_mail_is_in_the_language_of_its_reader(
    mailbox: Mailbox, reader: Reader, told: Told, now: datetime, language: str
) -> None:
    told(reader("use_owner", language=language, rhythm="at_once"))
    with translation.override("de" if language == "en" else "en"):  # whoever sends reads another
        deliver_at(now)
    subject = str(make_header(decode_header(mailbox.mails[0]["Subject"])))
    with translation.override(language):
        assert _("You choose how we tell you:") in text_of(mailbox.mails[0])
        assert subject == _("Something waits for you in Commonweal")


def test_the_mail_of_the_day_goes_out_at_its_hour_with_all_that_was_told(
    mailbox: Mailbox, reader: Reader, told: Told, now: datetime
) -> None:
    lead = reader("people_lead")
    told(lead, about="systems.gate:1")
    told(lead, about="disclosure.duty:1", kind="disclosure.duty")
    assert deliver_at(now) == 0
    morning = (now + timedelta(days=1)).replace(hour=6, minute=0)
    assert deliver_at(morning) == 1
    text = text_of(mailbox.mails[0])
    assert "a gate waits for your side" in text
    assert "something is to be made public" in text
    assert text.count("/desk/notices/") == 3  # one for each, and how they are told


def test_mail_to_a_whole_group_shows_neither_what_it_is_about_nor_a_difference(
    mailbox: Mailbox, reader: Reader, told: Told, now: datetime
) -> None:
    group = [reader("worker") for _each in range(3)]
    told(*group, kind=GROUP_KIND, whole_group=True, url="/my/assessments/1/")
    assert deliver_at(now) == 3
    texts = {
        text_of(mail).replace(str(notice.pk), "…")
        for mail in mailbox.mails
        for notice in Notice.objects.filter(account__email=mail["To"])
    }
    assert len(texts) == 1
    assert "question" not in texts.pop().lower()
    assert mailbox.recipients == sorted(each.email for each in group)


def test_a_server_that_is_down_is_tried_again_later_and_ever_less_often(
    mailbox: Mailbox, owner: Account, told: Told, now: datetime, settings: Any
) -> None:
    up = settings.EMAIL_PORT
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
    told(owner)
    waits, moment = [], now
    for _attempt in range(8):
        assert deliver_at(moment) == 0
        after = Mail.objects.get().not_before
        waits.append((after - moment) // timedelta(minutes=1))
        moment = after
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    settings.EMAIL_PORT = up
    assert deliver_at(moment) == 1


def test_a_mail_that_another_process_is_sending_is_left_to_it(
    mailbox: Mailbox, owner: Account, told: Told, now: datetime
) -> None:
    told(owner)
    Mail.objects.update(not_before=now + actions.LEASE, attempts=1)
    assert deliver_at(now) == 0
    assert deliver_at(now + actions.LEASE) == 1


def test_an_address_that_the_server_never_takes_is_not_tried_again(
    mailbox: Mailbox, owner: Account, told: Told, now: datetime
) -> None:
    mailbox.answers["owner@north.example"] = "550 nobody here"
    told(owner)
    assert deliver_at(now) == 0
    found = Mail.objects.get()
    assert (found.state, found.reason) == (MailState.REFUSED, "recipient_refused")
    assert notices_of(owner)[0].mail_failed
    assert deliver_at(now + 10 * HOUR) == 0


def test_an_address_that_the_server_does_not_take_now_holds_up_nobody_else(
    mailbox: Mailbox, owner: Account, reader: Reader, told: Told, now: datetime
) -> None:
    other = reader("use_owner", rhythm="at_once")
    mailbox.answers["owner@north.example"] = "450 later"
    told(owner, other)
    assert deliver_at(now) == 1
    assert mailbox.recipients == [other.email]
    mailbox.answers.clear()
    assert deliver_at(now + HOUR) == 1


def test_a_mail_that_the_server_does_not_take_holds_up_no_other(
    mailbox: Mailbox, owner: Account, reader: Reader, told: Told, now: datetime
) -> None:
    others = [reader("use_owner", rhythm="at_once") for _each in range(3)]
    mailbox.unwanted.add(owner.email)
    told(owner, *others)
    assert deliver_at(now) == 3
    assert mailbox.recipients == sorted(each.email for each in others)
    assert Mail.objects.get().not_before == now + timedelta(minutes=1)


def test_after_five_days_mail_is_given_up_and_its_reader_is_told_so(
    mailbox: Mailbox, owner: Account, told: Told, now: datetime, browse: Any
) -> None:
    mailbox.answers["owner@north.example"] = "450 later"
    told(owner)
    deliver_at(now + timedelta(days=5))
    assert Mail.objects.get().state == MailState.GIVEN_UP
    assert "We could not send you mail about this." in (
        browse(account=owner).get("/desk/notices/").content.decode()
    )


def test_mail_that_nobody_needs_any_more_is_dropped(
    mailbox: Mailbox, owner: Account, reader: Reader, told: Told, now: datetime
) -> None:
    gone = reader("use_owner", rhythm="at_once")
    told(owner, gone)
    Notice.objects.filter(account=owner).delete()
    with action("tests.close", organisation=gone.organisation, by=operator(), at=now) as act:
        act.change(gone, is_active=False)
    assert deliver_at(now) == 0
    assert not Mail.objects.exists()
    assert mailbox.mails == []


def test_one_tick_sends_and_a_second_sends_nothing(
    mailbox: Mailbox, owner: Account, told: Told
) -> None:
    told(owner, at=timezone.now())
    assert actions.send_mail(at=timezone.now()) == 1
    assert actions.send_mail(at=timezone.now()) == 0


def test_the_task_process_is_asked_once_however_many_are_told(
    mailbox: Mailbox,
    owner: Account,
    told: Told,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        told(owner, about="systems.gate:1", at=timezone.now())
        told(owner, about="systems.gate:2", at=timezone.now())
    (asked,) = DBTaskResult.objects.all()
    assert asked.task.func() == 2  # what the worker of the queue calls


def test_whoever_runs_the_installation_sees_figures_and_no_names(
    mailbox: Mailbox, owner: Account, told: Told, now: datetime
) -> None:
    told(owner)
    found = {each.name: each.value for each in queries.mail_measures(at=now + HOUR)}
    assert found == {
        "mail_waiting": 1,
        "mail_oldest_waiting_seconds": 3600.0,
        "mail_refused": 0,
        "mail_given_up": 0,
    }


def test_mail_that_was_given_up_is_forgotten_after_a_month(
    mailbox: Mailbox, owner: Account, told: Told, now: datetime
) -> None:
    told(owner)
    Mail.objects.update(state=MailState.GIVEN_UP)
    assert actions.forget_old_mail(at=now + timedelta(days=29)) == 0
    assert actions.forget_old_mail(at=now + timedelta(days=31)) == 1
