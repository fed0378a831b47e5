"""Being away stops nothing: deputies act in that time, on the record, and never across sides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import actions, queries
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.queries import actor_of
from commonweal_web.record.actor import Actor
from commonweal_web.record.queries import verify_record
from commonweal_web.systems import actions as systems
from factories.systems import a_use

Person = Callable[..., Account]
DAY = timedelta(days=1)


def of(account: Account, on: date) -> Actor:
    found = queries.account_with_roles(account.pk)
    assert found is not None
    return actor_of(found, on=on)


def office(account: Account) -> Appointment:
    return account.appointments.get(deputy_of__isnull=True)


def name(
    account: Account, deputy: Account, *, at: datetime, by: Actor | None = None
) -> Appointment:
    return actions.name_deputy(
        organisation=account.organisation,
        by=by or of(account, at.date()),
        at=at,
        appointment=office(account),
        deputy=deputy,
    )


def leave(account: Account, *, at: datetime, by: Actor | None = None, **days: Any) -> None:
    actions.note_absence(
        organisation=account.organisation,
        by=by or of(account, at.date()),
        at=at,
        account=account,
        **({"since": at.date()} | days),
    )


def roles_of(account: Account, on: date) -> frozenset[str]:
    return of(account, on).roles


def test_a_deputy_acts_only_while_the_holder_is_away(person: Person, now: datetime) -> None:
    holder, deputy = person("executive"), person("people_lead")
    name(holder, deputy, at=now)
    today = now.date()
    assert "executive" not in roles_of(deputy, today)
    leave(holder, at=now, since=today + DAY, until=today + 3 * DAY)
    acting = [("executive" in roles_of(deputy, today + each * DAY)) for each in range(6)]
    assert acting == [False, True, True, True, False, False]
    assert "executive" in roles_of(holder, today + DAY)
    listed = queries.accounts_in_role(
        holder.organisation, role="executive", on=today + DAY
    ).values_list("pk", flat=True)
    assert set(listed) == {holder.pk, deputy.pk}
    assert verify_record(holder.organisation).problems == ()


def test_coming_back_ends_it_at_once(person: Person, now: datetime) -> None:
    holder, deputy = person("executive"), person("people_lead")
    name(holder, deputy, at=now)
    leave(holder, at=now)
    assert "executive" in roles_of(deputy, now.date() + 400 * DAY)
    about = {"organisation": holder.organisation, "at": now, "account": holder}
    with pytest.raises(NotAllowed):
        actions.note_return(**about, by=of(deputy, now.date()))
    actions.note_return(**about, by=of(holder, now.date()))
    assert "executive" not in roles_of(deputy, now.date())
    with pytest.raises(Conflict, match="No absence"):
        actions.note_return(**about, by=of(holder, now.date()))


def test_whoever_falls_ill_is_covered_by_what_the_deputy_or_the_side_says(
    person: Person, now: datetime
) -> None:
    holder, deputy, lead = person("use_owner"), person("worker"), person("people_lead")
    name(holder, deputy, at=now)
    leave(holder, at=now, by=of(deputy, now.date()))
    assert "use_owner" in roles_of(deputy, now.date())
    leave(holder, at=now, by=of(lead, now.date()), since=now.date() + 9 * DAY)
    assert "use_owner" not in roles_of(deputy, now.date())
    for stranger in (person("worker"), person("worker_representative")):
        with pytest.raises(NotAllowed):
            leave(holder, at=now, by=of(stranger, now.date()))


def test_management_cannot_send_a_representative_away(person: Person, now: datetime) -> None:
    holder, deputy = person("worker_representative"), person("registrar")
    name(holder, deputy, at=now)
    for role in ("people_lead", "executive", "administrator"):
        with pytest.raises(NotAllowed):
            leave(holder, at=now, by=of(person(role), now.date()))
        with pytest.raises(NotAllowed):
            name(holder, person("worker"), at=now, by=of(person(role), now.date()))


def test_without_a_deputy_there_is_no_absence(person: Person, now: datetime) -> None:
    with pytest.raises(Refused, match="Name somebody first"):
        leave(person("executive"), at=now)


def test_a_deputy_meets_the_rules_of_the_role(person: Person, now: datetime) -> None:
    speaker, manager = person("worker_representative"), person("executive")
    with pytest.raises(Refused, match="Nobody can be that"):
        name(speaker, manager, at=now)
    with pytest.raises(Refused, match="their own deputy"):
        name(manager, manager, at=now)
    with pytest.raises(Refused, match="chose the password"):
        name(speaker, person("worker", password_is_own=False), at=now)
    worker = person("worker")
    with pytest.raises(NotAllowed):
        name(worker, person("worker"), at=now)
    closed = person()
    actions.close_account(
        organisation=closed.organisation,
        by=of(person("people_lead"), now.date()),
        at=now,
        account=closed,
    )
    with pytest.raises(Refused, match="is closed"):
        name(manager, closed, at=now)


def test_there_is_one_deputy_at_a_time_and_the_role_stays_apart_even_while_nobody_is_away(
    person: Person, now: datetime
) -> None:
    holder, first, second = person("worker_representative"), person("worker"), person("worker")
    name(holder, first, at=now)
    with pytest.raises(Refused, match="Nobody can be that"):
        actions.appoint(
            organisation=holder.organisation,
            by=of(person("people_lead"), now.date()),
            at=now,
            account=first,
            role="executive",
            since=now.date(),
        )
    name(holder, second, at=now)
    [held] = queries.offices_of(holder, on=now.date())
    assert held.deputy is not None
    assert held.deputy.account == second
    assert queries.standing_by(first, on=now.date()) == []


def test_a_handlers_deputy_waits_for_the_workers_side(person: Person, now: datetime) -> None:
    handler, deputy = person("case_handler"), person()
    named = name(handler, deputy, at=now)
    about = {"organisation": handler.organisation, "at": now, "appointment": named}
    with pytest.raises(Refused, match="waits for the workers’ side"):
        leave(handler, at=now)
    with pytest.raises(NotAllowed):
        actions.confirm_appointment(**about, by=of(person("people_lead"), now.date()))
    actions.confirm_appointment(**about, by=of(person("worker_representative"), now.date()))
    leave(handler, at=now)
    assert "case_handler" in roles_of(deputy, now.date())


def test_a_deputys_time_ends_with_the_holders(person: Person, now: datetime) -> None:
    holder, deputy, lead = person("executive"), person("worker"), person("people_lead")
    name(holder, deputy, at=now)
    leave(holder, at=now)
    actions.end_appointment(
        organisation=holder.organisation,
        by=of(lead, now.date()),
        at=now,
        appointment=office(holder),
        until=None,
    )
    assert roles_of(holder, now.date()) == frozenset()
    assert roles_of(deputy, now.date()) == {"worker"}


def test_the_deputy_of_a_use_owner_acts_on_the_owners_uses_alone(
    organisation: Organisation, person: Person, now: datetime
) -> None:
    owner, other, deputy = person("use_owner"), person("use_owner"), person("worker")
    name(owner, deputy, at=now)
    leave(owner, at=now)
    acting = of(deputy, now.date())
    assert acting.stands_for == {deputy.pk, owner.pk}
    lead = of(person("people_lead"), now.date())
    about = {"organisation": organisation, "at": now}
    mine, theirs = (a_use(organisation, name=each.username, at=now) for each in (owner, other))
    for use, each in ((mine, owner), (theirs, other)):
        systems.appoint_owner(**about, by=lead, use=use, owner=each)
    systems.add_choice(**about, by=acting, use=mine, kind="scope", question="Which depots?")
    with pytest.raises(NotAllowed):
        systems.add_choice(**about, by=acting, use=theirs, kind="scope", question="Which depots?")


def test_a_handler_is_recalled_by_both_sides_or_steps_down_alone(
    person: Person, now: datetime
) -> None:
    handler, lead, speaker = (
        person(role) for role in ("case_handler", "people_lead", "worker_representative")
    )
    end = {
        "organisation": handler.organisation,
        "at": now,
        "appointment": office(handler),
        "until": None,
    }
    actions.end_appointment(**end, by=of(lead, now.date()))
    actions.end_appointment(**end, by=of(person("people_lead"), now.date()))
    assert "case_handler" in roles_of(handler, now.date())
    actions.end_appointment(**end, by=of(speaker, now.date()))
    assert "case_handler" not in roles_of(handler, now.date())
    other = person("case_handler")
    actions.end_appointment(**(end | {"appointment": office(other)}), by=of(other, now.date()))
    assert "case_handler" not in roles_of(other, now.date())


def test_a_role_ended_at_once_is_over_on_the_same_day(person: Person, now: datetime) -> None:
    holder = person("executive")
    actions.end_appointment(
        organisation=holder.organisation,
        by=of(person("people_lead"), now.date()),
        at=now,
        appointment=office(holder),
        until=None,
    )
    assert roles_of(holder, now.date()) == frozenset()
    with pytest.raises(Conflict, match="has ended"):
        name(holder, person("worker"), at=now, by=of(person("people_lead"), now.date()))


def test_a_missing_deputy_waits_for_the_holder(
    person: Person, browse: Callable[..., Client], now: datetime
) -> None:
    holder = person("executive")
    client = browse(account=holder)
    assert "Your role has no deputy" in client.get("/desk/").content.decode()
    name(holder, person("people_lead"), at=now)
    assert "Your role has no deputy" not in client.get("/desk/").content.decode()


def test_the_holder_does_it_all_on_pages(
    person: Person, browse: Callable[..., Client], now: datetime
) -> None:
    holder, deputy = person("executive"), person("worker")
    client = browse(account=holder)
    page = "/desk/account/deputies/"
    asked = {"appointment": str(office(holder).pk)}
    wrong = client.post(page, asked | {"username": "nobody-here"}).content.decode()
    assert "Nobody signs in as “nobody-here” here." in wrong
    assert client.post(page, asked | {"username": deputy.username}).status_code == 302
    assert f"{deputy.name} stands in for you" in client.get(page).content.decode()
    away = f"/desk/people/{holder.pk}/away/"
    today = now.date()
    days = {"since_day": today.day, "since_month": today.month, "since_year": today.year}
    before = {"until_day": 1, "until_month": 1, "until_year": 2020}
    assert "end lies before" in client.post(away, days | before).content.decode()
    assert client.post(away, days).status_code == 302
    assert "away from" in client.get(page).content.decode()
    other = browse(account=deputy)
    assert holder.name in other.get(page).content.decode()
    assert browse("worker").get(away).status_code == 404
    assert client.post("/desk/account/back/").status_code == 302
    down = f"/desk/account/roles/{office(holder).pk}/end/"
    assert other.get(down).status_code == 404
    assert "Give the last day" in client.post(down, {}).content.decode()
    assert client.post(down, {"at_once": "on"}).status_code == 302
    assert roles_of(holder, today) == frozenset()


def test_the_page_costs_a_constant_number_of_statements(
    person: Person,
    browse: Callable[..., Client],
    django_assert_max_num_queries: Any,
    now: datetime,
) -> None:
    holder = person("executive", "people_lead", "use_owner")
    client = browse(account=holder)
    with django_assert_max_num_queries(12):
        assert client.get("/desk/account/deputies/").status_code == 200


def test_a_deputy_who_stands_by_names_no_other_deputy(person: Person, now: datetime) -> None:
    holder, deputy = person("worker_representative"), person("worker")
    name(holder, deputy, at=now)
    with pytest.raises(NotAllowed):
        name(holder, person("worker"), at=now, by=of(deputy, now.date()))
    [held] = queries.offices_of(holder, on=now.date())
    assert held.deputy is not None
    assert held.deputy.account == deputy


def test_whom_the_workers_side_names_for_a_handler_management_agrees_to(
    person: Person, now: datetime
) -> None:
    handler, speaker = person("case_handler"), person("worker_representative")
    named = name(handler, person(), at=now, by=of(speaker, now.date()))
    about = {"organisation": handler.organisation, "at": now, "appointment": named}
    with pytest.raises(NotAllowed):
        actions.confirm_appointment(**about, by=of(speaker, now.date()))
    actions.confirm_appointment(**about, by=of(person("people_lead"), now.date()))
    leave(handler, at=now)


def test_one_side_alone_replaces_no_deputy_on_whom_both_agreed(
    person: Person, now: datetime
) -> None:
    handler, deputy = person("case_handler"), person()
    named = name(handler, deputy, at=now)
    actions.confirm_appointment(
        organisation=handler.organisation,
        by=of(person("worker_representative"), now.date()),
        at=now,
        appointment=named,
    )
    for side in ("people_lead", "worker_representative"):
        with pytest.raises(Conflict, match="Both sides agreed"):
            name(handler, person(), at=now, by=of(person(side), now.date()))
    leave(handler, at=now)
    assert "case_handler" in roles_of(deputy, now.date())
    name(handler, person(), at=now)
