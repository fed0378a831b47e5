"""A mail address cannot bring headers of its own: not when it is given, not when mail is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from commonweal_web.house.addresses import is_safe_address, safe_address
from commonweal_web.house.refusals import Refused
from commonweal_web.notices.models import Mail, MailState
from commonweal_web.people.actions.own_address import change_address
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of, operator
from commonweal_web.record.action import action
from web.notices.conftest import Mailbox, deliver_at, notices_of

INJECTING = (
    "me@a.example\r\nBcc: all@a.example",
    "me@a.example\nSubject: won",
    "me@a.example\rX: y",
    "me\x00@a.example",
    "me@a.example\x0bBcc: all@a.example",
    "me@a.example\u2028Bcc: x@a.example",
    "me@a.example, all@a.example",
    "me@a.example;all@a.example",
    "Me <me@a.example>",
    '"me\n"@a.example',
    "me@a.example@b.example",
    "@a.example",
    "me@",
    "x" * 250 + "@a.example",
)


@pytest.mark.parametrize("address", INJECTING)
def test_an_address_that_holds_more_than_an_address_is_no_address(address: str) -> None:
    assert not is_safe_address(address)
    with pytest.raises(ValidationError, match="is no plain mail address"):
        safe_address(address)


@pytest.mark.parametrize("address", ["me@a.example", "ä.b+c@über.example", "o'hara@a.example"])
def test_plain_addresses_are_let_in(address: str) -> None:
    assert is_safe_address(address)
    safe_address(address)


@given(st.text(max_size=30), st.sampled_from("\r\n\x00\x0b\x0c\x1c\x85\u2028\t ,;<>"), st.text())
@example("me@a.example", "\n", "Bcc: all@a.example")
def test_no_address_with_a_break_or_a_separator_is_let_in(
    before: str, breaking: str, after: str
) -> None:
    assert not is_safe_address(before + breaking + after)


@pytest.mark.parametrize("address", INJECTING)
def test_nobody_gives_such_an_address_as_their_own(
    address: str, person: Callable[..., Account], now: datetime
) -> None:
    account = person("worker")
    with pytest.raises(Refused, match="no plain mail address"):
        change_address(
            organisation=account.organisation,
            by=actor_of(account, on=now.date()),
            at=now,
            account=account,
            email=address,
        )


def test_the_form_says_which_address_is_wrong(browse: Any) -> None:
    given_form = {
        "channel": "mail",
        "rhythm": "at_once",
        "email": "me@a.example\nBcc: b@a.example",
    }
    answer = browse("worker").post("/my/notices/how/", given_form)
    assert answer.status_code == 200
    assert answer.context["form"].errors["email"]


def test_an_address_that_came_in_around_our_checks_is_refused_when_mail_is_sent(
    mailbox: Mailbox, reader: Callable[..., Account], told: Callable[..., None], now: datetime
) -> None:
    owner, other = reader("use_owner", rhythm="at_once"), reader("use_owner", rhythm="at_once")
    told(owner, other)
    write_past_checks(owner, "owner@a.example\r\nBcc: all@a.example", at=now)
    assert deliver_at(now) == 1
    assert mailbox.recipients == [other.email]
    found = Mail.objects.get()
    assert (found.state, found.reason) == (MailState.REFUSED, "address_unsafe")
    assert notices_of(owner)[0].mail_failed


def write_past_checks(account: Account, email: str, *, at: datetime) -> None:
    """Write an address past every check, as an edit of the database would."""
    with action("tests.edit", organisation=account.organisation, by=operator(), at=at):
        Account.objects.filter(pk=account.pk).update(email=email)
