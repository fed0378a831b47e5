"""One name for one account, passwords nobody else knows, and what ends with an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.actions import (
    accounts,
    add_account,
    change_password,
    close_account,
    forget_who_left,
    make_token,
)
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of, operator, token_in_force
from commonweal_web.record.action import action
from commonweal_web.record.queries import verify_record

Person = Callable[..., Account]
FIRST, OWN = "first from the lead", "tidal cedar lantern"


def test_the_database_itself_refuses_a_name_that_differs_by_case(
    organisation: Organisation, now: datetime
) -> None:
    add_account(organisation=organisation, by=operator(), at=now, username="Ana", name="Ana")
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        action("tests.twice", organisation=organisation, by=operator(), at=now) as act,
    ):
        act.create(Account(organisation=organisation, username="aNA", name="B", password="!"))


def test_of_two_who_take_a_name_at_once_the_second_is_refused_kindly(
    organisation: Organisation, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What another transaction has not stored yet, a look beforehand cannot see.
    monkeypatch.setattr(accounts, "name_is_taken", lambda username: False)
    add_account(organisation=organisation, by=operator(), at=now, username="ana", name="Ana")
    for username in ("ana", "ANA"):
        with pytest.raises(Refused) as refusal:
            add_account(
                organisation=organisation, by=operator(), at=now, username=username, name="B"
            )
        assert (refusal.value.code, refusal.value.where) == ("username_taken", "username")
    assert Account.objects.count() == 1
    assert verify_record(organisation).is_sound


@pytest.mark.parametrize("password", ["margarethe-1", "Margarethe Hol", "m.hol@northbank"])
def test_a_password_made_of_the_person_s_own_name_is_refused(
    organisation: Organisation, now: datetime, password: str
) -> None:
    with pytest.raises(Refused) as refusal:
        add_account(
            organisation=organisation,
            by=operator(),
            at=now,
            username="margarethe",
            name="Margarethe Hol",
            email="m.hol@northbank.example",
            password=password,
        )
    assert refusal.value.code == "password_weak"


def test_a_first_password_is_not_one_s_own_until_it_is_changed(
    organisation: Organisation, now: datetime
) -> None:
    account = add_account(
        organisation=organisation,
        by=operator(),
        at=now,
        username="ana",
        name="Ana",
        password=FIRST,
    )
    assert not account.password_is_own
    own = actor_of(account, on=now.date())
    change_password(organisation=organisation, by=own, at=now, account=account, password=OWN)
    account.refresh_from_db()
    assert account.password_is_own


def sign_in(account: Account, password: str) -> Client:
    client = Client()
    client.post("/sign-in/", {"login": account.username, "password": password})
    return client


def test_whoever_signs_in_with_a_first_password_is_led_to_their_own(person: Person) -> None:
    account = person("worker", password=FIRST, password_is_own=False)
    client = Client()
    facts = {"login": account.username, "password": FIRST}
    answer = client.post("/sign-in/", facts)
    assert answer["Location"] == "/account/password/"
    assert b"Somebody else chose the password" in client.get("/account/password/").content
    assert b"Somebody else chose your password" in client.get("/my/account/").content
    changed = {"oldpassword": FIRST, "password1": OWN, "password2": OWN}
    assert client.post("/account/password/", changed)["Location"] == "/"
    assert client.get("/my/account/").status_code == 200
    assert b"Somebody else" not in client.get("/account/password/").content
    assert Client().post("/sign-in/", facts | {"password": OWN})["Location"] == "/"


def ways_in(account: Account) -> tuple[int, int]:
    return (
        SocialAccount.objects.filter(user_id=account.pk).count(),
        Authenticator.objects.filter(user_id=account.pk).count(),
    )


def with_ways_in(account: Account) -> None:
    SocialAccount.objects.create(user_id=account.pk, provider="work", uid=f"w-{account.pk}")
    Authenticator.objects.create(user_id=account.pk, type="totp", data={"secret": "x"})


def test_what_somebody_added_with_a_first_password_ends_with_it(
    person: Person, now: datetime
) -> None:
    theirs, own = person(password=FIRST, password_is_own=False), person(password=FIRST)
    for account in (theirs, own):
        with_ways_in(account)
        change_password(
            organisation=account.organisation,
            by=actor_of(account, on=now.date()),
            at=now,
            account=account,
            password=OWN,
        )
    assert ways_in(theirs) == (0, 0)
    assert ways_in(own) == (1, 1)


def test_a_changed_password_ends_the_other_sessions(person: Person) -> None:
    account = person("worker", password=FIRST)
    elsewhere, here = sign_in(account, FIRST), sign_in(account, FIRST)
    here.post("/account/password/", {"oldpassword": FIRST, "password1": OWN, "password2": OWN})
    assert here.get("/my/account/").status_code == 200
    assert elsewhere.get("/my/account/").status_code == 302


def test_with_an_account_its_sessions_keys_programs_and_work_account_end(
    person: Person, organisation: Organisation
) -> None:
    account, other = person("expert", password=FIRST), person("expert", password=FIRST)
    now = timezone.now()
    secrets = []
    for each in (account, other):
        sign_in(each, FIRST)
        with_ways_in(each)
        made = make_token(
            organisation=organisation,
            by=actor_of(each, on=now.date()),
            at=now,
            account=each,
            name="report",
            scopes=["people:read"],
            expires_on=(now + timedelta(days=9)).date(),
        )
        secrets.append(made.secret)
    assert Session.objects.count() == 2
    close_account(organisation=organisation, by=operator(), at=now, account=account)
    assert (ways_in(account), ways_in(other)) == ((0, 0), (1, 1))
    left = [each.get_decoded()["_auth_user_id"] for each in Session.objects.all()]
    assert left == [str(other.pk)]
    in_force = [token_in_force(secret, on=now.date()) is not None for secret in secrets]
    assert in_force == [False, True]
    made.token.refresh_from_db()
    assert made.token.revoked_at is None
    assert verify_record(organisation).is_sound


def test_an_erased_account_keeps_no_way_in(person: Person, organisation: Organisation) -> None:
    account, other, now = person("expert"), person("expert"), timezone.now()
    for each in (account, other):
        with_ways_in(each)
    with action("tests.erase", organisation=organisation, by=operator(), at=now) as act:
        act.change(Account.objects.get(pk=account.pk), is_active=False)
    assert (forget_who_left(at=now), forget_who_left(at=now)) == (1, 0)
    assert (ways_in(account), ways_in(other)) == ((0, 0), (1, 1))


def test_sessions_that_have_run_out_are_not_kept(person: Person) -> None:
    sign_in(person("expert", password=FIRST), FIRST)
    now = timezone.now()
    forget_who_left(at=now)
    assert Session.objects.count() == 1
    forget_who_left(at=now + timedelta(days=2))
    assert Session.objects.count() == 0
