"""How people sign in: by password, a second step or a passkey if they like, or through work."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.contrib import messages
from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from nacl.secret import SecretBox

from commonweal_web.house import environment
from commonweal_web.house.refusals import Refused
from commonweal_web.people.actions import change_password, connect_work_account
from commonweal_web.people.models import Account
from commonweal_web.people.queries import account_with_roles, actor_of, person_of

TRIES_PER_NAME = "500/h/key"
"""High, since whoever is locked out by others’ tries is locked out of speaking for workers."""


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

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try: by network, by name and network, and, far more patiently, by name alone.

        One network can never use up what a name has, so that an outsider locks nobody out.
        """
        super().pre_authenticate(request, **credentials)
        by_name = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed",
            config={"login_failed": TRIES_PER_NAME},
            key=str(credentials.get("username", "")).strip().lower(),
        )
        if by_name is None:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += by_name.usage

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        name = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{name}@{ratelimit.get_ip(request)}"

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
        """To the work, or first to a password of one's own where somebody else chose it."""
        account: Any = request.user
        is_theirs = account.password_is_own or not account.has_usable_password()
        return reverse("home" if is_theirs else "account_change_password")


class OutsideAccountAdapter(DefaultSocialAccountAdapter):
    """Signing in through work finds an account that was added here; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Show our page when signing in through work failed."""
        if kwargs.get("error") != AuthError.CANCELLED:
            page = render(request, "people/sign_in/work_error.html", status=401)
            raise ImmediateHttpResponse(page)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom the person themselves connected; never anybody by a name told from outside.

        Whoever runs the work accounts could otherwise name one after a representative.
        """
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(_connect(request, sociallogin))
        account = sociallogin.user
        if not sociallogin.is_existing or not getattr(account, "password_is_own", False):
            page = render(request, "people/sign_in/work_unknown.html", status=403)
            raise ImmediateHttpResponse(page)


def signed_in_by_password(request: HttpRequest) -> bool:
    """Whether somebody typed their password in this session."""
    known = get_authentication_records(request, request.user) if request.user.pk else []
    return any(each["method"] == "password" for each in known)


def _connect(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    if not signed_in_by_password(request):
        return render(request, "people/sign_in/work_unknown.html", status=403)
    account: Any = request.user
    own = person_of(account.organisation, pk=account.pk)
    try:
        connect_work_account(sociallogin.account, account=own)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("From now on you can sign in with your work account."))
    return redirect("account_work")


class SecondStepAdapter(DefaultMFAAdapter):
    """Keeps the secrets of apps and recovery codes under a key that lies outside the database."""

    def encrypt(self, text: str) -> str:
        return _second_step_box().encrypt(text.encode()).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return _second_step_box().decrypt(bytes.fromhex(encrypted_text)).decode()


def _second_step_box() -> SecretBox:
    made = environment.key_file("second-step.key", make=lambda: secrets.token_hex(32) + "\n")
    return SecretBox(bytes.fromhex(made))


def forget_last_use() -> None:
    """Never keep when somebody last signed in with a second step: nothing shows “last seen”."""
    pre_save.connect(_without_last_use, sender="mfa.Authenticator")


def _without_last_use(instance: Any, **_details: Any) -> None:
    instance.last_used_at = None
