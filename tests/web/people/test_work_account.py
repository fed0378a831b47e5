"""Signing in through work: only what the person themselves connected, never a claimed name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import Client, RequestFactory

from commonweal_web.people.models import Account
from commonweal_web.people.queries import account_with_roles
from commonweal_web.record.actor import ANONYMOUS

Person = Callable[..., Account]
OWN = "tidal cedar lantern"


def come_back(
    account: Account | None, *, process: str = "login", claims: str = "", client: Any = None
) -> tuple[HttpResponse, Any]:
    """The answer of the work account has come: “I am `claims`”."""
    request: Any = RequestFactory().get("/back/")
    request.session = client.session if client else SessionStore()
    request.user = account or AnonymousUser()
    request.actor, request.organisation = ANONYMOUS, None
    request._messages = FallbackStorage(request)
    told = SocialAccount(provider="work", uid="uid-1", extra_data={"preferred_username": claims})
    login = SocialLogin(user=Account(), account=told)
    login.state = {"process": process}
    with context.request_context(request):
        return complete_login(request, login), request


def test_a_claimed_name_lets_nobody_in_and_connects_nothing(person: Person) -> None:
    marta = person("worker_representative", password=OWN)
    answer, request = come_back(None, claims=marta.username)
    assert answer.status_code == 403
    assert b"We do not know this work account" in answer.content
    assert "_auth_user_id" not in request.session
    assert not SocialAccount.objects.exists()


def test_who_is_signed_in_by_password_connects_and_comes_in_through_work(person: Person) -> None:
    marta = person("worker_representative", password=OWN)
    client = Client()
    client.post("/sign-in/", {"login": marta.username, "password": OWN})
    answer, _request = come_back(marta, process="connect", client=client, claims="anything")
    assert answer.status_code == 302
    kept = SocialAccount.objects.get()
    assert (kept.user_id, kept.uid, kept.extra_data) == (marta.pk, "uid-1", {})
    answer, request = come_back(None)
    assert answer["Location"] == "/"
    assert request.session["_auth_user_id"] == str(marta.pk)


def test_without_a_typed_password_nothing_is_connected(person: Person) -> None:
    marta = person("worker_representative", password=OWN)
    client = Client()
    client.force_login(marta)
    for account, session in ((marta, client), (None, None)):
        answer, _request = come_back(account, process="connect", client=session)
        assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_password_that_somebody_else_chose_connects_nothing(person: Person) -> None:
    ana = person("worker", password=OWN, password_is_own=False)
    client = Client()
    client.post("/sign-in/", {"login": ana.username, "password": OWN})
    come_back(ana, process="connect", client=client)
    assert not SocialAccount.objects.exists()
    SocialAccount.objects.create(user_id=ana.pk, provider="work", uid="uid-1")
    answer, request = come_back(None)
    assert answer.status_code == 403
    assert "_auth_user_id" not in request.session


def test_a_work_account_lets_in_one_person_only(person: Person) -> None:
    ana, bea = person("worker", password=OWN), person("worker", password=OWN)
    SocialAccount.objects.create(user_id=ana.pk, provider="work", uid="uid-1")
    client = Client()
    client.post("/sign-in/", {"login": bea.username, "password": OWN})
    come_back(account_with_roles(bea.pk), process="connect", client=client)
    assert SocialAccount.objects.get().user_id == ana.pk
