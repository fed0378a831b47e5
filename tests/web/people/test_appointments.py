"""Who may hold which role: hats that stay apart, both sides' word, terms that only shrink."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import permissions, roles
from commonweal_web.people.actions import (
    appoint,
    close_account,
    confirm_appointment,
    end_appointment,
)
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.queries import (
    account_with_roles,
    accounts_in_role,
    actor_of,
    operator,
)
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor

Person = Callable[..., Account]
ActorOf = Callable[..., Actor]
Give = Callable[..., Appointment]

MANAGEMENT = ("use_owner", "people_lead", "executive", "head_of_oversight")
VOICES = ("worker_representative", "registrar")
HANDLERS = ("case_handler", "appeal_handler")
APART = [
    *[(voice, other) for voice in VOICES for other in (*MANAGEMENT, "administrator")],
    *[(one, other) for one in HANDLERS for other in (*MANAGEMENT, *VOICES, "administrator")],
    HANDLERS,
    *[("administrator", other) for other in ("executive", "people_lead", "use_owner")],
]


@pytest.fixture
def give(organisation: Organisation, actor: ActorOf, now: datetime) -> Give:
    """Appoints through whoever may."""
    by = {"management": actor("people_lead"), "workers": actor("worker_representative")}

    def one(account: Account, role: str, **details: Any) -> Appointment:
        side = "workers" if role in (*VOICES, "worker") else "management"
        facts = {"since": now.date()} | details
        return appoint(
            organisation=organisation, by=by[side], at=now, account=account, role=role, **facts
        )

    return one


@pytest.mark.parametrize(
    ("held", "wanted"), [*APART, *[(other, one) for one, other in APART]], ids="-".join
)
def test_nobody_wears_two_hats_that_must_stay_apart(
    person: Person, give: Give, held: str, wanted: str
) -> None:
    account = person()
    give(account, held)
    with pytest.raises(Refused) as refusal:
        give(account, wanted)
    assert refusal.value.code == "roles_apart"
    assert [each.role for each in Appointment.objects.filter(account=account)] == [held]


@pytest.mark.parametrize("manager", MANAGEMENT)
def test_a_manager_is_an_employee_too(person: Person, give: Give, manager: str) -> None:
    account = person()
    give(account, "worker")
    give(account, manager)


def test_hats_may_follow_one_another_but_never_overlap(
    person: Person, give: Give, now: datetime
) -> None:
    account, today = person(), now.date()
    ends = today + timedelta(days=30)
    give(account, "executive", until=ends)
    for since in (today, ends):
        with pytest.raises(Refused, match="at that time"):
            give(account, "registrar", since=since)
    give(account, "registrar", since=ends + timedelta(days=1))
    with pytest.raises(Refused, match="at that time"):
        give(account, "use_owner", since=ends)
    give(account, "use_owner", since=today, until=ends)


def test_the_administrator_appoints_adds_and_closes_nobody() -> None:
    rights = (
        permissions.APPOINT_MANAGEMENT,
        permissions.APPOINT_WORKER_SIDE,
        permissions.APPOINT_INDEPENDENT,
        permissions.ADD_ACCOUNT,
        permissions.CLOSE_ACCOUNT,
    )
    assert [each.code for each in rights if "administrator" in each.roles] == []
    assert "administrator" in permissions.MAKE_TOKEN.roles


@pytest.mark.parametrize("role", [role.name for role in roles.ROLES])
def test_an_administrator_cannot_give_any_role(
    organisation: Organisation, person: Person, actor: ActorOf, now: datetime, role: str
) -> None:
    with pytest.raises(NotAllowed):
        appoint(
            organisation=organisation,
            by=actor("administrator"),
            at=now,
            account=person(),
            role=role,
            since=now.date(),
        )


@pytest.mark.parametrize("role", HANDLERS)
@pytest.mark.parametrize(
    ("proposes", "confirms"),
    [("people_lead", "worker_representative"), ("worker_representative", "people_lead")],
)
def test_a_handler_holds_the_role_once_both_sides_agreed(
    organisation: Organisation,
    person: Person,
    actor: ActorOf,
    now: datetime,
    role: str,
    proposes: str,
    confirms: str,
) -> None:
    account = person()
    proposed = appoint(
        organisation=organisation,
        by=actor(proposes),
        at=now,
        account=account,
        role=role,
        since=now.date(),
    )

    def holds() -> bool:
        fresh = account_with_roles(account.pk)
        assert fresh is not None
        listed = accounts_in_role(organisation, role=role, on=now.date())
        in_list = listed.filter(pk=account.pk).exists()
        as_actor = role in actor_of(fresh, on=now.date()).roles
        assert in_list == as_actor
        return as_actor

    assert not holds()
    deciding = {"organisation": organisation, "at": now, "appointment": proposed}
    with pytest.raises(NotAllowed, match="other side"):
        confirm_appointment(by=actor(proposes), **deciding)
    for stranger in ("executive", "administrator", "registrar", role):
        with pytest.raises(NotAllowed):
            confirm_appointment(by=actor(stranger), **deciding)
    assert not holds()
    confirm_appointment(by=actor(confirms), **deciding)
    assert holds()
    proposed.refresh_from_db()
    assert proposed.confirmed_at == now
    assert proposed.confirmed_by_side != proposed.named_by_side
    with pytest.raises(Conflict):
        confirm_appointment(by=actor(confirms), **deciding)


def test_the_pages_carry_a_handler_from_proposal_to_agreement(
    browse: Callable[..., Client], person: Person, now: datetime
) -> None:
    account = person(name="Carla Handler")
    lead, representative = browse("people_lead"), browse("worker_representative")
    day = {"since_day": now.day, "since_month": now.month, "since_year": now.year}
    address = reverse("desk:people:appoint", kwargs={"pk": account.pk})
    page = lead.post(address, {"role": "case_handler", **day}, follow=True).content.decode()
    assert "is proposed" in page
    assert "the other side must agree" in page
    pk = Appointment.objects.get(account=account).pk
    confirm = reverse("desk:people:confirm_appointment", kwargs={"pk": pk})
    assert confirm not in page
    assert lead.post(confirm).status_code == 403
    shown = representative.get(reverse("desk:people:person", kwargs={"pk": account.pk}))
    assert confirm in shown.content.decode()
    assert b"Carla Handler" in representative.get(confirm).content
    done = representative.post(confirm, follow=True).content.decode()
    assert "Both sides have agreed" in done
    assert "the other side agreed on" in done
    assert browse("executive").get(confirm).status_code == 403


@pytest.mark.parametrize("role", [*VOICES, *HANDLERS])
def test_a_role_apart_waits_for_a_password_of_one_s_own(
    person: Person, give: Give, role: str
) -> None:
    account = person(password="known to the lead", password_is_own=False)
    with pytest.raises(Refused, match="choose their own") as refusal:
        give(account, role)
    assert refusal.value.code == "password_not_own"
    give(account, "worker")


def test_a_term_is_only_ever_shortened(
    organisation: Organisation, person: Person, actor: ActorOf, give: Give, now: datetime
) -> None:
    today = now.date()
    held = give(person(), "executive", until=today + timedelta(days=10))
    lead = actor("people_lead")

    def end(until: date, *, at: datetime = now) -> Appointment:
        return end_appointment(
            organisation=organisation, by=lead, at=at, appointment=held, until=until
        )

    with pytest.raises(Refused, match="earlier"):
        end(today + timedelta(days=11))
    end(today + timedelta(days=3))
    with pytest.raises(Conflict, match="ended already"):
        end(today + timedelta(days=2), at=now + timedelta(days=4))
    held.refresh_from_db()
    assert held.until == today + timedelta(days=3)


@pytest.mark.parametrize("role", VOICES)
def test_an_account_is_closed_by_the_workers_side_where_a_term_is_yet_to_begin(
    organisation: Organisation,
    person: Person,
    actor: ActorOf,
    give: Give,
    now: datetime,
    role: str,
) -> None:
    account = person()
    give(account, role, since=now.date() + timedelta(days=20))
    with pytest.raises(NotAllowed):
        close_account(organisation=organisation, by=actor("people_lead"), at=now, account=account)
    representative = actor("worker_representative")
    close_account(organisation=organisation, by=representative, at=now, account=account)


def test_a_role_in_another_organisation_gives_no_right_here(
    person: Person, other_organisation: Organisation, now: datetime
) -> None:
    account = person("worker")
    with action("tests.stray", organisation=other_organisation, by=_operator(), at=now) as act:
        stray = Appointment(
            organisation=other_organisation,
            account_id=account.pk,
            role="people_lead",
            since=date(2026, 1, 1),
            named_by="tests",
        )
        act.create(stray)
    fresh = account_with_roles(account.pk)
    assert fresh is not None
    assert actor_of(fresh, on=now.date()).roles == {"worker"}


def _operator() -> Actor:
    from commonweal_web.people.queries import operator

    return operator()


def test_workers_see_who_speaks_for_them_and_how_they_were_named(
    browse: Callable[..., Client], person: Person, give: Give
) -> None:
    give(person(name="Rosa Registrar"), "registrar", since=date(2026, 1, 1))
    give(person(name="Pending Handler"), "case_handler", since=date(2026, 1, 1))
    page = browse("worker").get(reverse("my:people:voices")).content.decode()
    assert "Rosa Registrar" in page
    assert "Named by" in page
    assert "Pending Handler" not in page
    assert browse("executive").get(reverse("my:people:voices")).status_code == 403


def test_management_removes_no_handler_by_closing_the_account(
    organisation: Organisation,
    actor: Callable[..., Actor],
    person: Callable[..., Account],
    now: datetime,
) -> None:
    for role in ("case_handler", "appeal_handler"):
        handler = person(role)
        for by in (actor("people_lead"), operator()):
            with pytest.raises(Conflict, match="both sides"):
                close_account(organisation=organisation, by=by, at=now, account=handler)
        handler.refresh_from_db()
        assert handler.is_active
