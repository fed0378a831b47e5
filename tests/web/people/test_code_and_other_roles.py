"""A printed code lets a worker in, and never reaches what the same person holds as anything else.

Whoever prints a sheet could keep one of its codes, so none of this may be open to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commonweal_web.notices.actions import tell
from commonweal_web.notices.models import Feed, Notice
from commonweal_web.people import actions
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.queries import actor_of
from factories.code_sheets import a_sheet, send_code

Person = Callable[..., Account]


@pytest.fixture
def now() -> datetime:
    """The door asks the clock, so the sheets of these tests are printed today."""
    return timezone.now()


@pytest.fixture
def speaker(person: Person) -> Account:
    """A worker who is the representative as well."""
    return person("worker", "worker_representative")


@pytest.fixture
def kept_code(speaker: Account, person: Person, now: datetime) -> Client:
    """Where there is no registrar, the people lead prints, and comes in by a code they kept."""
    made = a_sheet(speaker, at=now, by=person("people_lead"))
    client = Client()
    send_code(made.codes[0], client=client)
    assert client.get("/my/").status_code == 200
    return client


def test_a_code_ends_no_role_of_a_representative(
    kept_code: Client, speaker: Account, now: datetime
) -> None:
    office = Appointment.objects.get(account=speaker, role="worker_representative")
    address = reverse("desk:people:step_down", args=[office.pk])
    assert kept_code.post(address, {"at_once": "on"}).status_code in (200, 403)
    office.refresh_from_db()
    assert (office.until, office.recalled_at) == (None, None)


def test_a_code_calls_no_representative_back_and_sends_none_away(
    kept_code: Client, speaker: Account, person: Person, now: datetime
) -> None:
    office = Appointment.objects.get(account=speaker, role="worker_representative")
    by = actor_of(speaker, on=now.date())
    acting = {"organisation": speaker.organisation, "by": by, "at": now}
    actions.name_deputy(**acting, appointment=office, deputy=person("worker"))
    actions.note_absence(**acting, account=speaker, since=now.date())
    assert kept_code.post(reverse("desk:people:back")).status_code == 403
    assert Appointment.objects.get(deputy_of=office).acts_from == now.date()


def test_a_code_of_a_deputy_sends_nobody_away(
    speaker: Account, person: Person, now: datetime
) -> None:
    office = Appointment.objects.get(account=speaker, role="worker_representative")
    by, deputy = actor_of(speaker, on=now.date()), person("worker")
    actions.name_deputy(
        organisation=speaker.organisation, by=by, at=now, appointment=office, deputy=deputy
    )
    made = a_sheet(deputy, at=now, by=person("people_lead"))
    client = Client()
    send_code(made.codes[0], client=client)
    today = now.date()
    days = {"since_day": today.day, "since_month": today.month, "since_year": today.year}
    client.post(reverse("desk:people:away", args=[speaker.pk]), days)
    assert Appointment.objects.get(deputy_of=office).acts_from is None


def test_a_code_turns_no_mail_of_a_representative_elsewhere(
    kept_code: Client, speaker: Account, settings: LazySettings
) -> None:
    given = {"channel": "mail", "rhythm": "daily", "email": "lead@example.org"}
    assert kept_code.post(reverse("my:notices:how"), given).status_code in (200, 403)
    speaker.refresh_from_db()
    assert speaker.email == ""


def test_a_code_makes_no_calendar_of_a_representatives_days(
    kept_code: Client, speaker: Account
) -> None:
    assert kept_code.post(reverse("my:notices:make_feed")).status_code == 403
    assert not Feed.objects.filter(account=speaker).exists()


def test_a_code_shows_and_clears_only_what_a_worker_is_told(
    kept_code: Client, speaker: Account, now: datetime
) -> None:
    told = {"organisation": speaker.organisation, "at": now, "accounts": [speaker.pk]}
    tell(**told, kind="people.handler_waits", about="people.appointment:1", url="/desk/people/")
    tell(**told, kind="people.codes_issued", about="people.codesheet:2", url="/my/account/")
    office, own = (
        Notice.objects.get(about=about) for about in ("people.appointment:1", "people.codesheet:2")
    )
    opened = reverse("my:notices:open", args=[office.pk])
    assert kept_code.get(opened).status_code == 404
    shown = kept_code.get(reverse("my:notices:notices")).content.decode()
    assert str(own.pk) in shown
    assert str(office.pk) not in shown
    kept_code.post(reverse("my:notices:clear_all"), {"until": timezone.now().isoformat()})
    assert Notice.objects.filter(pk=office.pk).exists()
    assert not Notice.objects.filter(pk=own.pk).exists()


def test_who_is_a_worker_alone_does_all_of_it_by_a_code(person: Person, now: datetime) -> None:
    worker = person("worker")
    client = Client()
    send_code(a_sheet(worker, at=now).codes[0], client=client)
    given = {"channel": "here", "rhythm": "daily", "email": "ana@example.org"}
    assert client.post(reverse("my:notices:how"), given).status_code == 302
    worker.refresh_from_db()
    assert worker.email == "ana@example.org"
    assert client.post(reverse("my:notices:make_feed")).status_code == 200
