"""People with addresses, and a real mail server on this machine that keeps what it accepts."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from itertools import count
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from commonweal_web.notices import actions
from commonweal_web.notices.actions import tell
from commonweal_web.notices.models import Notice, Preference
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action
from factories.people import a_person

KIND, GROUP_KIND = "systems.gate_waits", "job_impact.questions"
_numbers = count(1)


@dataclass
class Mailbox:
    """What the server accepted; `answers` gives other answers, by recipient;
    of the `unwanted` it takes the address and then not the mail."""

    mails: list[Message] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    unwanted: set[str] = field(default_factory=set)

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 yes")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if envelope.rcpt_tos[0] in self.unwanted:
            return "451 not this one now"
        self.mails.append(message_from_bytes(envelope.content))
        return "250 kept"

    @property
    def recipients(self) -> list[str]:
        """To whom mail was accepted, in alphabetical order."""
        return sorted(str(each["To"]) for each in self.mails)


@pytest.fixture(scope="session")
def server() -> Iterator[tuple[Mailbox, int]]:
    """One mail server for all tests here, on a port of its own."""
    mailbox = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox, port
    finally:
        controller.stop()


@pytest.fixture
def mailbox(server: tuple[Mailbox, int], settings: Any) -> Mailbox:
    """The server, named in the settings and empty."""
    found, port = server
    found.mails.clear()
    found.answers.clear()
    found.unwanted.clear()
    settings.MAIL_IS_SET, settings.MAIL_HOUR = True, 6
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "commonweal@north.example"
    settings.PUBLIC_ADDRESS = "https://commonweal.north.example"
    return found


@pytest.fixture
def reader(organisation: Organisation, now: datetime) -> Callable[..., Account]:
    """Makes people who read mail: `reader("use_owner", rhythm="at_once", language="de")`."""

    def one(
        *held: str,
        email: str | None = None,
        language: str = "en",
        channel: str = "mail",
        rhythm: str = "",
    ) -> Account:
        account = a_person(organisation, *held, at=now)
        given = f"reader{next(_numbers)}@north.example" if email is None else email
        with action("tests.reader", organisation=organisation, by=operator(), at=now) as act:
            account = act.change(account, email=given, language=language)
        if rhythm:
            Preference.objects.create(
                organisation=organisation, account=account, channel=channel, rhythm=rhythm
            )
        return account

    return one


@pytest.fixture
def told(organisation: Organisation, now: datetime) -> Callable[..., None]:
    """Tells people: `told(account, other, about="tests.one:1")`."""

    def one(*accounts: Account, **details: Any) -> None:
        usual = {"about": "systems.gate:1", "url": "/desk/uses/", "kind": KIND, "at": now}
        tell(
            organisation=organisation,
            accounts=[each.pk for each in accounts],
            **{**usual, **details},
        )

    return one


def notices_of(account: Account) -> list[Notice]:
    """What somebody was told."""
    return list(Notice.objects.filter(account=account))


def deliver_at(moment: datetime) -> int:
    """Send what is due at a moment, without chance in the waits."""
    return actions.deliver(clock=lambda: moment, draw=lambda: 1.0)
