"""Who may keep the roster, what it may never turn, and how a line is erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from commonweal_web.house.refusals import NotAllowed, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.actions import end_appointment
from commonweal_web.people.actions.own_address import change_address
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of, operator
from commonweal_web.record import actions as record_actions
from commonweal_web.record.actor import Actor
from commonweal_web.record.models import Opening
from commonweal_web.record.queries import verify_record
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.models import Membership, WorkerGroup
from factories.rosters import HEAD, bring_in, file_of, groups_at_two_sites, rows, with_account

DAY = timedelta(days=1)


@pytest.fixture
def groups(organisation: Organisation, now: datetime) -> dict[str, WorkerGroup]:
    """Pickers and packers at the harbour, planners in the north."""
    return groups_at_two_sites(organisation, at=now)


def test_only_the_people_lead_brings_in_a_roster(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    actor: Callable[..., Actor],
    now: datetime,
) -> None:
    roster = file_of(HEAD + rows(1))
    for role in ("worker", "worker_representative", "registrar", "administrator"):
        with pytest.raises(NotAllowed):
            actions.import_roster(organisation=organisation, by=actor(role), at=now, roster=roster)
    lead = actor("people_lead")
    actions.import_roster(organisation=organisation, by=lead, at=now, roster=roster)
    assert Membership.objects.count() == 1


def test_representatives_see_the_lines_of_their_site_and_workers_none(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    actor: Callable[..., Actor],
    now: datetime,
) -> None:
    north = "7,Nora,North,Planners,,,,\n"
    bring_in(organisation, HEAD + rows(1, 2) + north, at=now)

    def seen(by: Actor, **asked: Any) -> list[str]:
        found = queries.roster(organisation, actor=by, on=now.date(), **asked)
        return [each.name for each in found]

    assert seen(actor("worker")) == []
    assert seen(actor("registrar")) == ["Nora", "Person 1", "Person 2"]
    site = groups["planners"].site_id
    assert seen(actor("worker_representative", site_id=site)) == ["Nora"]
    assert seen(actor("worker_representative"), words="p1@example") == []
    assert seen(actor("people_lead"), words="p1@example") == ["Person 1"]
    assert seen(actor("people_lead"), state="ended") == []


def test_erasing_an_account_erases_its_lines_too(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    person: Callable[..., Account],
    now: datetime,
) -> None:
    bring_in(organisation, HEAD + rows(1, group="Packers"), at=now)
    account = with_account(organisation, number="1", account=person("worker"))
    bring_in(organisation, HEAD + rows(1), at=now + DAY)
    erase(organisation, f"people.account:{account.pk}", person=person, at=now + DAY)
    lines = Membership.objects.filter(account=account)
    assert {(each.number, each.name, each.email) for each in lines} == {("", "erased", "")}
    assert lines.count() == 2
    assert "p1@example.org" not in all_openings(organisation)


def test_a_line_without_an_account_is_erased_once_the_person_has_left(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    person: Callable[..., Account],
    now: datetime,
) -> None:
    bring_in(organisation, HEAD + rows(1), at=now)
    subject = f"workplaces.membership:{Membership.objects.get().pk}"
    with pytest.raises(Refused, match="on the roster"):
        erase(organisation, subject, person=person, at=now)
    gone = HEAD + "1,Person 1,Harbour,Pickers,,es,2024-01-01,2026-11-01\n"
    bring_in(organisation, gone, at=now, leavers_confirmed=True)
    erase(organisation, subject, person=person, at=now)
    assert Membership.objects.get().name == "erased"
    assert "p1@example.org" not in all_openings(organisation)
    assert list(verify_record(organisation).problems) == []


def all_openings(organisation: Organisation) -> str:
    return " ".join(
        Opening.objects.filter(organisation=organisation).values_list("payload", flat=True)
    )


def erase(
    organisation: Organisation, subject: str, *, person: Callable[..., Account], at: datetime
) -> None:
    record_actions.erase_subject(
        organisation=organisation,
        by=operator(),
        at=at,
        subject=subject,
        reason="asked for by the person",
        requester=person("people_lead").pk,
        approver=person("people_lead", "executive").pk,
    )


@pytest.mark.parametrize("role", ["worker_representative", "registrar", "case_handler"])
def test_the_roster_turns_no_mail_and_changes_no_name_of_whom_workers_trust(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    person: Callable[..., Account],
    now: datetime,
    role: str,
) -> None:
    bring_in(organisation, HEAD + rows(1), at=now)
    account = with_account(organisation, number="1", account=person("worker", role, name="Ana"))
    changed = "1,Lead,Harbour,Pickers,lead@example.org,de,2024-01-01,\n"
    bring_in(organisation, HEAD + changed, at=now)
    account.refresh_from_db()
    assert (account.name, account.email, account.language) == ("Ana", "", "en")
    assert Membership.objects.get(number="1").email == "lead@example.org"


def test_an_address_of_ones_own_is_not_replaced_by_the_roster(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    person: Callable[..., Account],
    now: datetime,
) -> None:
    bring_in(organisation, HEAD + rows(1), at=now)
    account = with_account(organisation, number="1", account=person("worker"))
    change_address(
        organisation=organisation,
        by=actor_of(account, on=now.date()),
        at=now,
        account=account,
        email="ana@home.example",
    )
    changed = "1,New Name,Harbour,Pickers,new@example.org,de,2024-01-01,\n"
    bring_in(organisation, HEAD + changed, at=now)
    account.refresh_from_db()
    assert (account.name, account.email) == ("New Name", "ana@home.example")


def test_a_number_given_to_somebody_else_does_not_open_the_account_of_who_had_it(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    person: Callable[..., Account],
    now: datetime,
) -> None:
    bring_in(organisation, HEAD + rows(1), at=now)
    account = with_account(organisation, number="1", account=person("worker", name="Person 1"))
    left = HEAD + "1,Person 1,Harbour,Pickers,,es,2024-01-01,2026-11-01\n"
    bring_in(organisation, left, at=now, leavers_confirmed=True)
    bring_in(organisation, HEAD + rows(1, name="Somebody Else"), at=now + 9 * DAY)
    account.refresh_from_db()
    assert (account.is_active, account.name) == (False, "Person 1")
    assert Membership.objects.get(number="1", until=None).account_id is None


def test_a_leaver_whose_other_role_was_recalled_loses_access(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    person: Callable[..., Account],
    now: datetime,
) -> None:
    bring_in(organisation, HEAD + rows(1), at=now)
    account = with_account(organisation, number="1", account=person("worker", "use_owner"))
    end_appointment(
        organisation=organisation,
        by=operator(),
        at=now,
        appointment=account.appointments.get(role="use_owner"),
        until=None,
    )
    left = HEAD + "1,Person 1,Harbour,Pickers,,es,2024-01-01,2026-11-01\n"
    bring_in(organisation, left, at=now, leavers_confirmed=True)
    account.refresh_from_db()
    assert not account.is_active
