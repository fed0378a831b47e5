"""Erasing a person takes two people, and never removes somebody whom the other side named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.queries import actor_of, operator
from commonweal_web.record import actions, queries
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor
from commonweal_web.record.fields import subject_of
from commonweal_web.record.models import Erasure, ErasureRequest, LogLeaf, Opening

Person = Callable[..., Account]


@pytest.fixture
def ask(organisation: Organisation, now: datetime) -> Callable[..., ErasureRequest]:
    """Asks that an account is erased."""

    def one(by: Actor, account: Account, *, reason: str = "It was asked for.") -> ErasureRequest:
        return actions.request_erasure(
            organisation=organisation, by=by, at=now, subject=subject_of(account), reason=reason
        )

    return one


@pytest.fixture
def approve(organisation: Organisation, now: datetime) -> Callable[..., Erasure]:
    """Approves what was asked."""

    def one(by: Actor, asked: ErasureRequest) -> Erasure:
        return actions.approve_erasure(organisation=organisation, by=by, at=now, request=asked.pk)

    return one


@pytest.mark.parametrize(
    "role", ["worker_representative", "registrar", "case_handler", "appeal_handler", "expert"]
)
def test_nobody_whom_management_did_not_choose_is_erased_out_of_office(
    role: str, person: Person, actor: Callable[..., Actor], ask: Any
) -> None:
    with pytest.raises(Refused) as refusal:
        ask(actor("people_lead"), person(role, "worker"))
    assert refusal.value.code == "still_in_office"


def test_a_term_that_has_yet_to_begin_protects_too_and_one_that_ended_does_not(
    organisation: Organisation,
    person: Person,
    actor: Callable[..., Actor],
    ask: Any,
    now: datetime,
) -> None:
    account, later = person(), now.date() + timedelta(days=30)
    with action("test.appoint", organisation=organisation, by=operator(), at=now) as act:
        row = act.create(
            Appointment(
                organisation=organisation,
                account=account,
                role="registrar",
                since=later,
                named_by="union",
            )
        )
    with pytest.raises(Refused, match="must end that role first"):
        ask(actor("people_lead"), account)
    with action("test.end", organisation=organisation, by=operator(), at=now) as act:
        yesterday = now.date() - timedelta(days=1)
        act.change(row, since=yesterday, until=yesterday)
    assert ask(actor("people_lead"), account).pk


def test_somebody_named_between_request_and_approval_is_not_erased(
    organisation: Organisation,
    person: Person,
    actor: Callable[..., Actor],
    ask: Any,
    approve: Any,
    now: datetime,
) -> None:
    account = person("worker")
    asked = ask(actor("people_lead"), account)
    with action("test.appoint", organisation=organisation, by=operator(), at=now) as act:
        term = Appointment(
            organisation=organisation,
            account=account,
            role="worker_representative",
            since=now.date(),
            named_by="union",
        )
        act.create(term)
    with pytest.raises(Refused, match="must end that role first"):
        approve(actor("people_lead"), asked)
    account.refresh_from_db()
    assert account.is_active


def test_who_asks_cannot_approve_and_one_request_is_answered_once(
    person: Person, actor: Callable[..., Actor], ask: Any, approve: Any
) -> None:
    by = actor("people_lead")
    asked = ask(by, person("worker"))
    with pytest.raises(Refused, match="cannot also approve"):
        approve(by, asked)
    with pytest.raises(NotAllowed):
        approve(actor("executive"), asked)
    assert approve(actor("administrator"), asked).approver != asked.requester
    with pytest.raises(Conflict, match="answered"):
        approve(actor("administrator"), asked)


def test_a_representative_approves_for_workers_but_not_for_managers(
    person: Person, actor: Callable[..., Actor], ask: Any, approve: Any
) -> None:
    lead, representative = actor("people_lead"), actor("worker_representative")
    assert approve(representative, ask(lead, person("worker"))).pk
    with pytest.raises(NotAllowed):
        approve(representative, ask(lead, person("use_owner")))


def test_an_operator_neither_asks_nor_approves_nor_invents_people(
    organisation: Organisation,
    person: Person,
    actor: Callable[..., Actor],
    ask: Any,
    now: datetime,
) -> None:
    account, lead = person("worker"), person("people_lead")
    with pytest.raises(NotAllowed):
        ask(operator(), account)

    def erase(by: Actor = operator(), **people: Any) -> Erasure:  # made once
        return actions.erase_subject(
            organisation=organisation,
            by=by,
            at=now,
            subject=subject_of(account),
            reason="why",
            **people,
        )

    for people, code in (
        ({"requester": lead.pk, "approver": lead.pk}, "approver_is_requester"),
        ({"requester": lead.pk, "approver": uuid4()}, "person_unknown"),
        ({"requester": uuid4(), "approver": lead.pk}, "person_unknown"),
        (
            {"requester": lead.pk, "approver": person("executive").pk},
            "approver_without_right",
        ),
    ):
        with pytest.raises(Refused) as refusal:
            erase(**people)
        assert refusal.value.code == code
    with pytest.raises(Refused) as refusal:
        erase(actor("people_lead"), requester=lead.pk, approver=person("people_lead").pk)
    assert refusal.value.code == "two_steps"


def test_the_reason_may_not_name_the_person(
    person: Person, actor: Callable[..., Actor], ask: Any
) -> None:
    account = person("worker", name="Ada Marin")
    with pytest.raises(Refused, match="Leave the person’s name out"):
        ask(actor("people_lead"), account, reason="ada marin asked for it")


def test_appointments_keep_their_openings_unless_the_name_is_in_them(
    organisation: Organisation,
    person: Person,
    actor: Callable[..., Actor],
    ask: Any,
    approve: Any,
    now: datetime,
) -> None:
    account, other = person("worker", name="Ada Marin"), person()
    with action("test.appoint", organisation=organisation, by=operator(), at=now) as act:
        named = act.create(
            Appointment(
                organisation=organisation,
                account=other,
                role="worker",
                since=now.date(),
                named_by="Ada Marin, works council",
            )
        )
    own = account.appointments.get()
    kept = LogLeaf.objects.get(subject=subject_of(own)).index
    approve(actor("people_lead"), ask(actor("people_lead"), account))
    assert Opening.objects.filter(organisation=organisation, index=kept).exists()
    assert not Opening.objects.filter(payload__contains="Ada Marin").exists()
    named.refresh_from_db()
    assert named.named_by == "erased"
    found = queries.verify_record(organisation)
    assert found.problems == ()
    assert set(found.erased) == {subject_of(account), subject_of(named)}
    with pytest.raises(Refused, match="no personal data"):
        actions.request_erasure(
            organisation=organisation,
            by=actor("people_lead"),
            at=now,
            subject=subject_of(own),
            reason="why",
        )


def test_erasing_by_pages_takes_two_people_who_sign_in(
    organisation: Organisation, browse: Callable[..., Client], person: Person
) -> None:
    account = person("worker")
    address, waiting = f"/desk/record/erase/{subject_of(account)}/", "/desk/record/erasures/"
    first, second = browse("people_lead"), browse("people_lead")
    assert first.post(address, {"reason": ""}).status_code == 422
    assert first.post(address, {"reason": "Asked for it."}).status_code == 302
    assert first.post(address, {"reason": "Again."}).status_code == 422
    asked = ErasureRequest.objects.of(organisation).get()
    given = {"request": str(asked.pk), "answer": "approve"}
    assert "Somebody else must approve" in first.get(waiting).content.decode()
    assert first.post(waiting, given).status_code == 422
    assert second.post(waiting, {"request": "x"}).status_code == 422
    assert second.post(waiting, given).status_code == 302
    assert Erasure.objects.of(organisation).count() == 1
    assert browse("executive").get(address).status_code == 403
    assert browse("worker").get(waiting).status_code == 403
    assert queries.verify_record(organisation).problems == ()


def test_a_request_can_be_taken_back_and_then_nothing_is_erased(
    organisation: Organisation, browse: Callable[..., Client], person: Person
) -> None:
    account, client = person("worker"), browse("people_lead")
    client.post(f"/desk/record/erase/{subject_of(account)}/", {"reason": "Asked for it."})
    asked = ErasureRequest.objects.of(organisation).get()
    given = {"request": str(asked.pk), "answer": "decline"}
    assert client.post("/desk/record/erasures/", given).status_code == 302
    assert queries.waiting_erasures(organisation) == []
    assert not Erasure.objects.of(organisation).exists()


def test_another_organisations_request_is_not_here(
    organisation: Organisation,
    other_organisation: Organisation,
    person: Person,
    actor: Callable[..., Actor],
    ask: Any,
    now: datetime,
) -> None:
    from commonweal_web.house.refusals import NotHere
    from factories.people import a_person

    asked = ask(actor("people_lead"), person("worker"))
    stranger = actor_of(a_person(other_organisation, "people_lead", at=now), on=now.date())
    with pytest.raises(NotHere):
        actions.approve_erasure(
            organisation=other_organisation, by=stranger, at=now, request=asked.pk
        )
