"""A person's data can be erased for good, and the record still proves everything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from commonweal.record import canonical_json, commit
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of
from commonweal_web.record import actions, queries
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor
from commonweal_web.record.fields import subject_of
from commonweal_web.record.models import Erasure, LogLeaf, Opening
from factories.people import a_person
from factories.record import a_checkpoint

ActorOf = Callable[..., Actor]


def erase(organisation: Organisation, by: Actor, at: datetime, subject: str) -> Erasure:
    """Somebody asks; another people lead approves."""
    asked = actions.request_erasure(
        organisation=organisation, by=by, at=at, subject=subject, reason="It was asked for."
    )
    second = actor_of(a_person(organisation, "people_lead", at=at), on=at.date())
    return actions.approve_erasure(organisation=organisation, by=second, at=at, request=asked.pk)


def test_after_an_erasure_verification_passes_and_lists_the_erased(
    organisation: Organisation, actor: ActorOf, person: Callable[..., Account], now: datetime
) -> None:
    account = person("worker", name="Ada Marin", password="a long enough word")
    by = actor("people_lead")
    a_checkpoint(organisation)
    erase(organisation, by, now, subject_of(account))
    found = queries.verify_record(organisation)
    assert found.problems == ()
    assert found.erased == (subject_of(account),)
    account.refresh_from_db()
    assert "Ada" not in f"{account.name}{account.username}{account.email}"
    assert not account.is_active


def test_an_erased_subject_can_be_erased_again(
    organisation: Organisation, actor: ActorOf, person: Callable[..., Account], now: datetime
) -> None:
    account, by = person("worker"), actor("people_lead")
    for _ in range(2):
        erase(organisation, by, now, subject_of(account))
    assert queries.verify_record(organisation).problems == ()


def test_without_the_salt_no_guess_of_the_erased_value_can_be_tested(
    organisation: Organisation, actor: ActorOf, person: Callable[..., Account], now: datetime
) -> None:
    """The same search finds the value as long as the salt is there."""
    account = person("worker", name="Ada Marin")
    first = LogLeaf.objects.get(subject=subject_of(account))
    opening = Opening.objects.get(organisation=organisation, index=first.index)
    salt, payload = bytes(opening.salt), opening.payload
    commitment = bytes(first.commitment)
    assert commit(payload.encode(), salt=salt) == commitment
    erase(organisation, actor("people_lead"), now, subject_of(account))
    left = [bytes(each) for each in Opening.objects.values_list("salt", flat=True)]
    assert salt not in left
    assert not Opening.objects.filter(payload__contains="Ada Marin")
    guesses = [payload, canonical_json("Ada Marin").decode(), "Ada Marin"]
    zero = bytes(32)
    for guess in guesses:
        for known in [*left, zero, commitment, bytes(first.hash)]:
            assert commit(guess.encode(), salt=known) != commitment


def test_destroying_an_opening_without_an_erasure_is_found(
    organisation: Organisation, person: Callable[..., Account], actor: ActorOf, now: datetime
) -> None:
    account = person("worker")
    leaf = LogLeaf.objects.get(subject=subject_of(account))
    with action("test.destroy", organisation=organisation, by=actor("people_lead"), at=now):
        Opening.objects.filter(organisation=organisation, index=leaf.index).delete()
    [problem] = queries.verify_record(organisation).problems
    assert (problem.code, problem.leaf, problem.subject) == (
        "opening_missing",
        leaf.index,
        subject_of(account),
    )


def test_only_rows_with_personal_data_can_be_erased_and_only_those_of_ones_own_organisation(
    organisation: Organisation,
    other_organisation: Organisation,
    person: Callable[..., Account],
    actor: ActorOf,
    now: datetime,
) -> None:
    by = actor("people_lead")
    with pytest.raises(Refused, match="no personal data"):
        erase(organisation, by, now, f"organisations.organisation:{organisation.pk}")
    for unknown in ("people.account:x", f"people.account:{other_organisation.pk}"):
        with pytest.raises(NotHere):
            erase(organisation, by, now, unknown)
    with pytest.raises(NotAllowed):
        erase(organisation, actor("executive"), now, subject_of(person("worker")))


def test_an_erasure_without_a_reason_is_refused(
    organisation: Organisation, person: Callable[..., Account], actor: ActorOf, now: datetime
) -> None:
    with pytest.raises(Refused) as refusal:
        actions.request_erasure(
            organisation=organisation,
            by=actor("people_lead"),
            at=now,
            subject=subject_of(person("worker")),
            reason="  ",
        )
    assert refusal.value.where == "reason"
