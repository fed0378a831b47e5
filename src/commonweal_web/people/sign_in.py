"""How people sign in: by password, a second step or a passkey if they like, or through work."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from commonweal_web.people.actions import change_password
from commonweal_web.people.models import Account
from commonweal_web.people.queries import account_with_roles, actor_of

WORKER_ROLES = {"worker"}


class AccountBackend(AuthenticationBackend):
    """Reads the signed-in account with its organisation and roles, in two statements."""

    def get_user(self, user_id: Any) -> Account | None:
        return account_with_roles(user_id)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are added by the organisation, so nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Account, password: str) -> None:
        now = timezone.now()
        change_password(
            organisation=user.organisation,
            by=actor_of(user, on=now.date()),
            at=now,
            account=user,
            password=password,
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")


class OutsideAccountAdapter(DefaultSocialAccountAdapter):
    """Signing in through work finds an account that was added here; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data
        named = claims.get("preferred_username") or claims.get("sub")
        found = Account.objects.filter(username__iexact=str(named), is_active=True).first()
        if found is not None:
            sociallogin.connect(request, found)
