"""How people sign in: by password, a second step or a passkey if they like, or through work."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.db.models.signals import pre_save
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal_web.people.actions import change_password
from commonweal_web.people.models import Account
from commonweal_web.people.queries import account_with_roles, actor_of, person_of


class AccountBackend(AuthenticationBackend):
    """Reads the signed-in account with its organisation and roles, in two statements."""

    def get_user(self, user_id: Any) -> Account | None:
        return account_with_roles(user_id)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are added by the organisation, so nobody signs up by themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "The name and the password do not fit together. Check both and try again."
        ),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your password. Try again."),
        "too_many_login_attempts": _(
            "That was tried too often. Wait a quarter of an hour, then try again."
        ),
        "rate_limited": _("That was tried too often. Wait a few minutes, then try again."),
    }

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Show what the library says, but for its greeting: the page itself shows who is in."""
        if "account/messages/logged_in.txt" not in (*args, kwargs.get("message_template")):
            super().add_message(request, level, *args, **kwargs)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Account, password: str) -> None:
        now = timezone.now()
        own = person_of(user.organisation, pk=user.pk)
        change_password(
            organisation=user.organisation,
            by=actor_of(user, on=now.date()),
            at=now,
            account=own,
            password=password,
        )
        user.password = own.password

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")


class OutsideAccountAdapter(DefaultSocialAccountAdapter):
    """Signing in through work finds an account that was added here; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Show our page when signing in through work failed."""
        if kwargs.get("error") != AuthError.CANCELLED:
            page = render(request, "people/sign_in/work_error.html", status=401)
            raise ImmediateHttpResponse(page)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        told = sociallogin.account.extra_data
        claims = {**told, **told.get("userinfo", {}), **told.get("id_token", {})}
        named = claims.get("preferred_username") or claims.get("sub")
        found = Account.objects.filter(username__iexact=str(named), is_active=True).first()
        if found is not None:
            sociallogin.connect(request, found)


def forget_last_use() -> None:
    """Never keep when somebody last signed in with a second step: nothing shows “last seen”."""
    pre_save.connect(_without_last_use, sender="mfa.Authenticator")


def _without_last_use(instance: Any, **_details: Any) -> None:
    instance.last_used_at = None
