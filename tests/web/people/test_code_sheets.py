"""Sheets of codes: who prints them, what is kept, and how one ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from commonweal.people.codes import CODES_ON_A_SHEET, code_digest, read_code
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import actions, queries
from commonweal_web.people.models import Account, CodeLeft, CodeSheet, WrongTries
from commonweal_web.people.queries import actor_of, operator
from commonweal_web.record.actor import Actor
from commonweal_web.record.models import LogLeaf
from factories.code_sheets import a_sheet, send_code

Person = Callable[..., Account]
Acting = Callable[..., Actor]


@pytest.fixture
def now() -> datetime:
    """The door asks the clock, so the sheets of these tests are printed today."""
    return timezone.now()


@pytest.fixture
def registrar(actor: Acting) -> Actor:
    """Whoever keeps the codes, on the workers' side."""
    return actor("registrar")


def test_a_sheet_has_twelve_codes_and_only_their_digests_are_kept(
    person: Person, registrar: Actor, organisation: Organisation, now: datetime
) -> None:
    worker = person("worker")
    (made,) = actions.issue_sheets(
        organisation=organisation, by=registrar, at=now, accounts=[worker]
    )
    assert len(set(made.codes)) == CODES_ON_A_SHEET
    sheet = CodeSheet.objects.get()
    assert (sheet.account_id, sheet.issued_by_role) == (worker.pk, "registrar")
    assert sheet.issued_by_side == "workers"
    key = queries.key_of_codes()
    plain = [read_code(code) or "" for code in made.codes]
    assert sheet.digests == [code_digest(code, key=key) for code in plain]
    assert set(CodeLeft.objects.values_list("digest", flat=True)) == set(sheet.digests)
    stored = str(list(CodeSheet.objects.values())) + str(list(CodeLeft.objects.values()))
    assert not any(code in stored for code in (*plain, *made.codes))


def test_what_says_which_codes_are_left_has_no_time_and_no_person() -> None:
    assert {field.name for field in CodeLeft._meta.concrete_fields} == {"digest", "sheet"}
    assert {field.name for field in WrongTries._meta.concrete_fields} == {"key", "count", "until"}


def test_every_sheet_and_its_end_is_on_the_record(
    person: Person, registrar: Actor, organisation: Organisation, now: datetime
) -> None:
    worker = person("worker")
    for _each in range(2):
        actions.issue_sheets(organisation=organisation, by=registrar, at=now, accounts=[worker])
    leaves = LogLeaf.objects.filter(organisation=organisation)
    told = leaves.filter(kind="people.issue_sheets", role="registrar")
    assert told.count() == 3  # two sheets, and the end of the first


def test_a_new_sheet_ends_the_old_one_and_who_came_in_by_it(person: Person, now: datetime) -> None:
    worker = person("worker")
    old = a_sheet(worker, at=now)
    client = Client()
    send_code(old.codes[0], client=client)
    assert client.get("/my/account/").status_code == 200
    new = a_sheet(worker, at=now)
    assert (old.is_replacement, new.is_replacement) == (False, True)
    assert client.get("/my/account/").status_code == 302
    assert send_code(old.codes[1]).status_code == 200
    assert send_code(new.codes[0]).status_code == 302
    old.sheet.refresh_from_db()
    assert old.sheet.ended_because == "replaced"


def test_a_people_lead_prints_only_while_there_is_no_registrar(
    person: Person, actor: Acting, organisation: Organisation, now: datetime
) -> None:
    worker, lead = person("worker"), actor("people_lead")
    (made,) = actions.issue_sheets(organisation=organisation, by=lead, at=now, accounts=[worker])
    assert (made.sheet.issued_by_role, made.sheet.issued_by_side) == ("people_lead", "management")
    actor("registrar")
    with pytest.raises(NotAllowed, match="registrar"):
        actions.issue_sheets(organisation=organisation, by=lead, at=now, accounts=[worker])


@pytest.mark.parametrize("role", ["worker", "worker_representative", "executive", "administrator"])
def test_nobody_else_prints_sheets(
    person: Person, actor: Acting, organisation: Organisation, now: datetime, role: str
) -> None:
    with pytest.raises(NotAllowed):
        actions.issue_sheets(
            organisation=organisation, by=actor(role), at=now, accounts=[person("worker")]
        )


def test_no_sheet_is_printed_for_a_closed_account_nor_for_another_organisation(
    person: Person,
    registrar: Actor,
    organisation: Organisation,
    other_organisation: Organisation,
    now: datetime,
) -> None:
    from factories import people as make

    gone = person("worker")
    actions.close_account(organisation=organisation, by=operator(), at=now, account=gone)
    with pytest.raises(Refused, match="closed"):
        actions.issue_sheets(organisation=organisation, by=registrar, at=now, accounts=[gone])
    stranger = make.a_person(other_organisation, "worker", at=now)
    made = actions.issue_sheets(
        organisation=organisation, by=registrar, at=now, accounts=[stranger]
    )
    assert made == []


def test_closing_an_account_ends_its_sheet(
    person: Person, organisation: Organisation, now: datetime
) -> None:
    worker = person("worker")
    made = a_sheet(worker, at=now)
    actions.close_account(organisation=organisation, by=operator(), at=now, account=worker)
    made.sheet.refresh_from_db()
    assert made.sheet.ended_because == "closed"
    assert not CodeLeft.objects.exists()


def test_the_tick_ends_the_sheet_of_somebody_whose_access_the_roster_ended(
    person: Person, organisation: Organisation, now: datetime
) -> None:
    worker = person("worker")
    made = a_sheet(worker, at=now)
    actions.end_access(organisation=organisation, by=operator(), at=now, accounts=[worker.pk])
    assert send_code(made.codes[0]).status_code == 200
    actions.forget_who_left(at=now)
    made.sheet.refresh_from_db()
    assert made.sheet.ended_because == "closed"


def test_only_its_holder_cancels_a_sheet_and_only_once(
    person: Person, organisation: Organisation, now: datetime
) -> None:
    worker, other = person("worker"), person("worker")
    made = a_sheet(worker, at=now)
    with pytest.raises(NotAllowed, match="holder"):
        actions.cancel_sheet(
            organisation=organisation,
            by=actor_of(other, on=now.date()),
            at=now,
            sheet=made.sheet,
        )
    mine = actor_of(worker, on=now.date())
    actions.cancel_sheet(organisation=organisation, by=mine, at=now, sheet=made.sheet)
    with pytest.raises(Conflict, match="ended already"):
        actions.cancel_sheet(organisation=organisation, by=mine, at=now, sheet=made.sheet)
    assert send_code(made.codes[3]).status_code == 200


def test_a_code_that_is_not_on_the_record_lets_nobody_in(
    person: Person, registrar: Actor, organisation: Organisation, now: datetime
) -> None:
    from commonweal.people.codes import code_from
    from commonweal_web.record.action import action

    made = a_sheet(person("worker"), at=now)
    code = code_from(bytes(10))
    with action("tests.plant", organisation=organisation, by=operator(), at=now):
        CodeLeft.objects.create(
            digest=code_digest(code, key=queries.key_of_codes()), sheet=made.sheet
        )
    assert send_code(code).status_code == 200
    assert not Session.objects.exists()


def test_sixty_sheets_are_printed_at_once_and_no_more(
    person: Person, registrar: Actor, organisation: Organisation, now: datetime
) -> None:
    workers = actions.enrol_workers(
        organisation=organisation,
        by=registrar,
        at=now,
        workers=[actions.NewWorker(f"Worker {number}") for number in range(61)],
    )
    with pytest.raises(Refused, match="61 sheets are too many"):
        actions.issue_sheets(organisation=organisation, by=registrar, at=now, accounts=workers)
    made = actions.issue_sheets(
        organisation=organisation, by=registrar, at=now, accounts=workers[:60]
    )
    assert len({code for each in made for code in each.codes}) == 720


def test_people_from_the_roster_become_workers_with_a_number_and_no_password(
    registrar: Actor, organisation: Organisation, now: datetime
) -> None:
    ana, nameless = actions.enrol_workers(
        organisation=organisation,
        by=registrar,
        at=now,
        workers=[
            actions.NewWorker("Ana Ruiz", "ana@example.org", "es"),
            actions.NewWorker("", language="xx"),
        ],
    )
    assert (ana.name, ana.email, ana.language) == ("Ana Ruiz", "ana@example.org", "es")
    assert ana.username.isdigit()
    assert len(ana.username) == 8
    assert (nameless.name, nameless.language) == (nameless.username, "en")
    assert not ana.has_usable_password()
    assert actor_of(Account.objects.get(pk=ana.pk), on=now.date()).roles == {"worker"}


def test_a_sheet_lasts_a_year(person: Person, now: datetime) -> None:
    sheet = a_sheet(person("worker"), at=now).sheet
    assert sheet.works_on((now + timedelta(days=366)).date())
    assert not sheet.works_on((now + timedelta(days=367)).date())


def test_its_holder_hears_of_a_sheet_until_it_is_used_and_for_a_month(
    person: Person, now: datetime
) -> None:
    worker = person("worker")
    assert queries.news_of_sheet(worker, at=now) is None
    made = a_sheet(worker, at=now)
    later = now + timedelta(days=31)
    assert queries.news_of_sheet(worker, at=later) == made.sheet
    for code in made.codes[:2]:
        actions.spend_code(code, at=now)
    assert queries.news_of_sheet(worker, at=now + timedelta(days=29)) == made.sheet
    assert queries.news_of_sheet(worker, at=later) is None
