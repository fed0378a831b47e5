"""Telling people: by their own choice, with the change itself, and a whole group or nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from commonweal_web.house.rooms import rooms
from commonweal_web.notices.actions import tell
from commonweal_web.notices.models import Mail, Notice
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action
from web.notices.conftest import GROUP_KIND, KIND, Mailbox, notices_of

Reader = Callable[..., Account]
Told = Callable[..., None]


def test_staff_with_an_address_get_the_mail_of_the_day_and_workers_read_it_here(
    mailbox: Mailbox, reader: Reader, told: Told
) -> None:
    owner, worker = reader("use_owner"), reader("worker")
    told(owner, worker)
    assert [each.account for each in Mail.objects.filter(is_digest=True)] == [owner]
    assert len(notices_of(owner)) == len(notices_of(worker)) == 1


@pytest.mark.parametrize(
    ("channel", "here", "mails"), [("mail", 1, 1), ("here", 1, 0), ("none", 0, 0)]
)
def test_each_is_told_in_the_way_they_chose(
    mailbox: Mailbox, reader: Reader, told: Told, channel: str, here: int, mails: int
) -> None:
    owner = reader("use_owner", channel=channel, rhythm="at_once")
    told(owner)
    assert (len(notices_of(owner)), Mail.objects.count()) == (here, mails)


def test_without_a_mail_server_no_mail_is_made_and_nothing_fails(
    reader: Reader, told: Told, settings: Any
) -> None:
    settings.MAIL_IS_SET = False
    owner = reader("use_owner", rhythm="at_once")
    told(owner)
    assert len(notices_of(owner)) == 1
    assert not Mail.objects.exists()


def test_who_has_no_address_is_told_here_only(
    mailbox: Mailbox, reader: Reader, told: Told
) -> None:
    owner = reader("use_owner", email="", rhythm="at_once")
    told(owner)
    assert len(notices_of(owner)) == 1
    assert not Mail.objects.exists()


def test_all_of_a_day_goes_into_one_mail(mailbox: Mailbox, reader: Reader, told: Told) -> None:
    owner = reader("use_owner")
    told(owner, about="systems.gate:1")
    told(owner, about="systems.gate:2")
    assert Mail.objects.count() == 1
    assert Mail.objects.get().notices.count() == 2


def test_what_comes_while_the_mail_of_the_day_is_being_sent_goes_into_the_next(
    mailbox: Mailbox, reader: Reader, told: Told
) -> None:
    owner = reader("use_owner")
    told(owner, about="systems.gate:1")
    Mail.objects.update(attempts=1)
    told(owner, about="systems.gate:2")
    first, second = Mail.objects.order_by("due_at")
    assert second.due_at - first.due_at == timedelta(days=1)
    assert first.notices.count() == second.notices.count() == 1


def test_the_same_told_again_stands_once_and_anew(
    mailbox: Mailbox, reader: Reader, told: Told, now: datetime
) -> None:
    owner = reader("use_owner")
    told(owner)
    told(owner, at=now + timedelta(hours=1))
    assert [each.told_at for each in notices_of(owner)] == [now + timedelta(hours=1)]


def test_a_change_that_is_undone_tells_nobody(
    mailbox: Mailbox, reader: Reader, told: Told, organisation: Organisation, now: datetime
) -> None:
    owner = reader("use_owner", rhythm="at_once")
    with (
        pytest.raises(ZeroDivisionError),
        action("tests.undone", organisation=organisation, by=operator(), at=now),
    ):
        told(owner)
        raise ZeroDivisionError
    assert not Notice.objects.exists()
    assert not Mail.objects.exists()


def test_closed_accounts_and_those_of_others_are_passed_by(
    mailbox: Mailbox, reader: Reader, told: Told, other_organisation: Organisation, now: datetime
) -> None:
    owner = reader("use_owner")
    tell(
        organisation=other_organisation,
        at=now,
        about="systems.gate:1",
        accounts=[owner.pk],
        url="/desk/",
        kind=KIND,
    )
    with action("tests.close", organisation=owner.organisation, by=operator(), at=now) as act:
        act.change(owner, is_active=False)
    told(owner)
    assert not Notice.objects.exists()


def test_a_whole_group_is_mailed_at_one_moment_whatever_each_has_chosen(
    mailbox: Mailbox, reader: Reader, told: Told, now: datetime
) -> None:
    group = [
        reader("worker"),
        reader("worker", channel="none", rhythm="daily"),
        reader("worker", channel="here", rhythm="daily"),
        reader("worker", channel="mail", rhythm="at_once"),
        reader("worker", email=""),
    ]
    told(*group, kind=GROUP_KIND, whole_group=True)
    assert all(len(notices_of(each)) == 1 for each in group)
    mails = list(Mail.objects.all())
    assert {each.account_id for each in mails} == {each.pk for each in group[:4]}
    assert {(each.due_at, each.is_digest) for each in mails} == {(now, False)}


def test_a_sealed_kind_is_told_to_a_whole_group_or_not_at_all(
    mailbox: Mailbox, reader: Reader, told: Told
) -> None:
    with pytest.raises(ValueError, match="whole_group=False does not fit"):
        told(reader("worker"), kind=GROUP_KIND)
    with pytest.raises(ValueError, match="whole_group=True does not fit"):
        told(reader("worker"), whole_group=True)
    assert not Notice.objects.exists()


def test_a_kind_that_no_room_declares_is_a_fault(reader: Reader, told: Told) -> None:
    with pytest.raises(LookupError, match="add it to `notice_kinds`"):
        told(reader("worker"), kind="systems.nothing")


def test_kinds_have_the_name_of_their_room_and_are_declared_once() -> None:
    codes = [(room.name, kind.code) for room in rooms() for kind in room.notice_kinds]
    assert all(code.startswith(f"{name}.") for name, code in codes)
    assert len({code for _, code in codes}) == len(codes)


def test_telling_many_costs_few_statements(
    mailbox: Mailbox, reader: Reader, told: Told, django_assert_max_num_queries: Any
) -> None:
    people = [reader("use_owner") for _each in range(20)]
    with django_assert_max_num_queries(12):
        told(*people)
