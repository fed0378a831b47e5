"""The pages of the people room: who holds which role, and one's own account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account, ApiToken, Appointment
from commonweal_web.people.queries import token_in_force
from factories.people import a_person

Browse = Callable[..., Client]
Person = Callable[..., Account]


def desk(name: str, **where: Any) -> str:
    return reverse(f"desk:people:{name}", kwargs=where)


def day_of(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def test_the_list_says_who_holds_which_role_and_is_searched(
    browse: Browse, person: Person
) -> None:
    person("executive", name="Erik Holm")
    person("worker_representative", name="Marta Gil")
    lead = browse("people_lead")
    page = lead.get(desk("people")).content.decode()
    assert "Erik Holm" in page
    assert "Worker representative" in page
    page = lead.get(desk("people"), {"words": "marta"}).content.decode()
    assert "Marta Gil" in page
    assert "Erik Holm" not in page
    page = lead.get(desk("people"), {"role": "executive"}).content.decode()
    assert "Erik Holm" in page
    assert "Marta Gil" not in page
    assert b"Nobody fits" in lead.get(desk("people"), {"words": "zzz"}).content


def test_the_list_is_taken_along_without_running_anything(browse: Browse, person: Person) -> None:
    person("executive", name="=1+1")
    sheet = browse("people_lead").get(desk("people"), {"format": "csv"})
    assert '"\'=1+1"' in sheet.content.decode()
    assert "attachment" in sheet["Content-Disposition"]


@pytest.mark.parametrize("count", [1, 40])
def test_the_list_costs_the_same_however_long_it_is(
    browse: Browse, person: Person, count: int, django_assert_max_num_queries: Any
) -> None:
    for _number in range(count):
        person("expert")
    lead = browse("people_lead")
    with django_assert_max_num_queries(6):
        lead.get(desk("people"))


def test_workers_and_strangers_do_not_see_the_list(browse: Browse) -> None:
    assert browse("worker").get(desk("people")).status_code == 403
    assert Client().get(desk("people"))["Location"].startswith("/sign-in/")


def test_a_person_is_added_and_a_taken_name_is_refused(browse: Browse) -> None:
    lead = browse("people_lead")
    assert lead.get(desk("new_person")).status_code == 200
    facts = {"name": "Ana Ferrer", "username": "ana", "password": "", "language": "es"}
    page = lead.post(desk("new_person"), facts, follow=True)
    made = Account.objects.get(username="ana")
    assert (made.language, made.has_usable_password()) == ("es", False)
    assert b"Ana Ferrer can sign in now." in page.content
    again = lead.post(desk("new_person"), facts | {"username": "ANA", "name": "Another"})
    assert again.context["form"].errors["username"]
    assert b"Another" in again.content
    weak = lead.post(desk("new_person"), facts | {"username": "b", "password": "weak"})
    assert weak.context["form"].errors["password"]
    assert browse("executive").get(desk("new_person")).status_code == 403


def test_management_is_offered_and_allowed_no_role_of_the_workers_side(
    browse: Browse, person: Person, now: datetime
) -> None:
    account, lead = person(), browse("people_lead")
    address = desk("appoint", pk=account.pk)
    offered = dict(lead.get(address).context["form"].fields["role"].choices)
    assert {"people_lead", "executive", "case_handler", "worker"} <= set(offered)
    assert not {"worker_representative", "registrar"} & set(offered)
    refused = lead.post(address, {"role": "registrar", **day_of("since", now.date())})
    assert refused.context["form"].errors["role"]
    lead.post(address, {"role": "executive", **day_of("since", now.date())})
    assert Appointment.objects.get(account=account).named_by == "people_lead"


def test_a_representative_names_the_registrar_and_recalls_them(
    browse: Browse, person: Person, now: datetime
) -> None:
    account, representative = person(), browse("worker_representative")
    address = desk("appoint", pk=account.pk)
    representative.post(address, {"role": "registrar", **day_of("since", now.date())})
    appointment = Appointment.objects.get(account=account)
    end = desk("end_appointment", pk=appointment.pk)
    assert browse("people_lead").get(end).status_code == 403
    assert browse("people_lead").post(end, day_of("until", now.date())).status_code == 403
    assert representative.get(end).status_code == 200
    early = representative.post(end, day_of("until", now.date() - timedelta(days=1)))
    assert early.context["form"].errors["until"]
    representative.post(end, day_of("until", now.date()))
    appointment.refresh_from_db()
    assert appointment.until == now.date()


def test_an_appointment_that_ends_before_it_begins_is_refused(
    browse: Browse, person: Person, now: datetime
) -> None:
    facts = {
        "role": "executive",
        **day_of("since", now.date()),
        **day_of("until", now.date() - timedelta(days=1)),
    }
    answer = browse("people_lead").post(desk("appoint", pk=person().pk), facts)
    assert answer.context["form"].errors["until"]


def test_who_can_give_no_role_gets_no_form(browse: Browse, person: Person) -> None:
    account = person()
    executive = browse("executive")
    assert executive.get(desk("appoint", pk=account.pk)).status_code == 403
    page = executive.get(desk("person", pk=account.pk)).content
    assert b"Give a role" not in page
    assert b"No role yet." in page


def test_management_cannot_recall_a_representative_by_closing_the_account(
    browse: Browse, person: Person
) -> None:
    named, owner = person("worker_representative"), person("use_owner")
    lead, representative = browse("people_lead"), browse("worker_representative")
    address = desk("close_account", pk=named.pk)
    assert lead.get(address).status_code == 403
    assert lead.post(address).status_code == 403
    assert b"Close this account" not in lead.get(desk("person", pk=named.pk)).content
    assert representative.post(desk("close_account", pk=owner.pk)).status_code == 403
    assert lead.get(desk("close_account", pk=owner.pk)).status_code == 200
    lead.post(desk("close_account", pk=owner.pk))
    representative.post(address)
    for account in (named, owner):
        account.refresh_from_db()
        assert not account.is_active


def test_people_of_another_organisation_are_not_here(
    browse: Browse, other_organisation: Organisation, now: datetime
) -> None:
    stranger = a_person(other_organisation, "executive", at=now)
    appointment = Appointment.objects.get(account=stranger)
    lead = browse("people_lead")
    for name in ("person", "appoint", "close_account"):
        assert lead.get(desk(name, pk=stranger.pk)).status_code == 404
    assert lead.get(desk("end_appointment", pk=appointment.pk)).status_code == 404
    assert stranger.name not in lead.get(desk("people")).content.decode()


@pytest.mark.parametrize(("role", "audience"), [("worker", "my"), ("people_lead", "desk")])
def test_everybody_chooses_the_language_they_read(
    browse: Browse, person: Person, role: str, audience: str
) -> None:
    account = person(role)
    client = browse(account=account)
    address = reverse(f"{audience}:people:account")
    assert b'<html lang="en">' in client.get(address).content
    assert client.post(address, {"language": "tlh"}).context["form"].errors["language"]
    page = client.post(address, {"language": "es"}, follow=True)
    account.refresh_from_db()
    assert account.language == "es"
    assert b'<html lang="es">' in page.content


def test_a_token_s_secret_is_shown_once_and_the_token_can_be_stopped(
    browse: Browse, person: Person, now: datetime
) -> None:
    account = person("people_lead")
    client = browse(account=account)
    today = datetime.now(tz=now.tzinfo).date()
    facts = {"name": "report", "scopes": ["people:read"]}
    page = client.post(desk("tokens"), facts | day_of("expires_on", today + timedelta(days=30)))
    secret = re.findall(r"<code>(cw_[0-9a-f]{64})</code>", page.content.decode())[0]
    assert "no-store" in page["Cache-Control"]
    assert secret not in client.get(desk("tokens")).content.decode()
    token = ApiToken.objects.get()
    assert token_in_force(secret, on=today) == token
    address = desk("revoke_token", pk=token.pk)
    assert client.get(address).status_code == 405
    assert browse("people_lead").post(address).status_code == 404
    client.post(address)
    assert token_in_force(secret, on=today) is None
    assert b"stopped" in client.get(desk("tokens")).content


@pytest.mark.parametrize(
    ("field", "value"), [("scopes", ["everything:write"]), ("scopes", []), ("name", "")]
)
def test_a_token_with_a_fault_is_refused(
    browse: Browse, now: datetime, field: str, value: object
) -> None:
    day = datetime.now(tz=now.tzinfo).date() + timedelta(days=30)
    facts: dict[str, object] = {"name": "report", "scopes": ["people:read"]}
    facts |= day_of("expires_on", day)
    answer = browse("people_lead").post(desk("tokens"), facts | {field: value})
    assert answer.context["form"].errors[field]
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("days", [0, 367])
def test_a_token_runs_out_within_a_year(browse: Browse, now: datetime, days: int) -> None:
    day = datetime.now(tz=now.tzinfo).date() + timedelta(days=days)
    facts = {"name": "report", "scopes": ["people:read"]} | day_of("expires_on", day)
    answer = browse("people_lead").post(desk("tokens"), facts)
    assert answer.context["form"].errors["expires_on"]


def test_workers_make_no_tokens(browse: Browse) -> None:
    assert browse("worker").get(desk("tokens")).status_code == 403
