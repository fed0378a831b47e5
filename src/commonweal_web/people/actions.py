"""Who may sign in, who holds which role, and which programs may act for them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Permission
from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import permissions
from commonweal_web.people.models import Account, ApiAnswer, ApiToken, Appointment
from commonweal_web.people.queries import appointment_permission, appointments_of, token_digest
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor

TOKEN_LONGEST = timedelta(days=366)
ANSWERS_KEPT = timedelta(days=1)


def add_account(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    username: str,
    name: str,
    password: str | None = None,
    email: str = "",
    language: str = "en",
) -> Account:
    """Let a person sign in. Without a password they sign in by another way, or not yet."""
    with action("people.add_account", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ADD_ACCOUNT)
        if Account.objects.filter(username__iexact=username).exists():
            raise Refused(
                "username_taken",
                _("The sign-in name “%(name)s” is taken. Choose another.") % {"name": username},
                where="username",
            )
        return act.create(
            Account(
                organisation=organisation,
                username=username,
                name=name,
                email=email,
                language=language,
                password=_hashed(password),
            )
        )


def appoint(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    account: Account,
    role: str,
    since: date,
    until: date | None = None,
    site_id: UUID | None = None,
    named_by: str = "",
) -> Appointment:
    """Give a person a role. The side the role belongs to decides who may do this."""
    with action("people.appoint", organisation=organisation, by=by, at=at) as act:
        act.may(appointment_permission(role))
        if until is not None and until < since:
            raise Refused("until_before_since", _("The end lies before the start."), where="until")
        return act.create(
            Appointment(
                organisation=organisation,
                account=account,
                role=role,
                since=since,
                until=until,
                site_id=site_id,
                named_by=named_by or act.role,
            )
        )


def end_appointment(
    *, organisation: Organisation, by: Actor, at: datetime, appointment: Appointment, until: date
) -> Appointment:
    """Recall somebody from a role, or let the term end."""
    with action("people.end_appointment", organisation=organisation, by=by, at=at) as act:
        act.may(appointment_permission(appointment.role))
        if until < appointment.since:
            raise Refused("until_before_since", _("The end lies before the start."), where="until")
        return act.change(appointment, until=until)


def change_password(
    *, organisation: Organisation, by: Actor, at: datetime, account: Account, password: str
) -> Account:
    """Set one’s own password."""
    with action("people.change_password", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.CHANGE_OWN_ACCOUNT)
        if account.pk != by.account_id:
            raise Refused("not_own_account", _("A password is changed by its owner only."))
        return act.change(account, password=_hashed(password))


def change_language(
    *, organisation: Organisation, by: Actor, at: datetime, account: Account, language: str
) -> Account:
    """Choose the language one reads."""
    with action("people.change_language", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.CHANGE_OWN_ACCOUNT)
        if language not in dict(settings.LANGUAGES):
            raise Refused(
                "language_unknown",
                _("“%(code)s” is no language of this site.") % {"code": language},
                where="language",
            )
        if account.pk != by.account_id:
            raise Refused("not_own_account", _("A language is chosen by the reader only."))
        return act.change(account, language=language)


def close_account(
    *, organisation: Organisation, by: Actor, at: datetime, account: Account
) -> Account:
    """End a person’s access. What they said and decided stays.

    Whom the workers’ side named is closed by the workers’ side only: management cannot recall a
    representative by closing the account.
    """
    with action("people.close_account", organisation=organisation, by=by, at=at) as act:
        act.may(closing_permission(account, on=at.date()))
        return act.change(account, is_active=False)


def closing_permission(account: Account, *, on: date) -> Permission:
    """The right that closing this account needs."""
    held = {each.role for each in appointments_of(account) if each.holds_on(on)}
    named_by_workers = held & {"worker_representative", "registrar"}
    return permissions.APPOINT_WORKER_SIDE if named_by_workers else permissions.CLOSE_ACCOUNT


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token as its maker sees it, once."""

    token: ApiToken
    secret: str


def make_token(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    account: Account,
    name: str,
    scopes: list[str],
    expires_on: date,
) -> NewToken:
    """Make a token. Its secret is shown this once and never stored."""
    with action("people.make_token", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.MAKE_TOKEN)
        if account.pk != by.account_id:
            raise Refused("not_own_token", _("A token is made by the person it acts for."))
        if not at.date() < expires_on <= (at + TOKEN_LONGEST).date():
            raise Refused(
                "expiry_out_of_range",
                _("Choose a day from tomorrow on, at most a year ahead."),
                where="expires_on",
            )
        secret = f"cw_{secrets.token_hex(32)}"
        token = act.create(
            ApiToken(
                organisation=organisation,
                account=account,
                name=name,
                prefix=secret[:12],
                digest=token_digest(secret),
                scopes=sorted(set(scopes)),
                expires_on=expires_on,
            )
        )
        return NewToken(token, secret)


def revoke_token(*, organisation: Organisation, by: Actor, at: datetime, token: ApiToken) -> None:
    """Stop a token at once."""
    with action("people.revoke_token", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.MAKE_TOKEN)
        if token.account_id != by.account_id:
            raise Refused("not_own_token", _("A token is revoked by its maker."))
        act.change(token, revoked_at=at)


def _hashed(password: str | None) -> str:
    if password is None:
        return make_password(None)
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refused("password_weak", " ".join(error.messages), where="password") from error
    return make_password(password)


def claim_request(
    *, token: ApiToken, key: str, route: str, body_sha256: str, at: datetime
) -> tuple[ApiAnswer, bool]:
    """Take a key for a request, inside its transaction; false when it was taken before.

    Of two at once, the second waits here until the first is stored or undone.
    """
    taken = ApiAnswer.objects.filter(token=token, key=key)
    taken.filter(asked_at__lte=at - ANSWERS_KEPT).delete()
    wanted = ApiAnswer(
        token=token, key=key, route=route, body_sha256=body_sha256, status=0, asked_at=at
    )
    ApiAnswer.objects.bulk_create([wanted], ignore_conflicts=True)
    claim = taken.get()
    return claim, claim.status == 0


def keep_answer(claim: ApiAnswer, *, status: int, answer: str) -> None:
    """Keep the answer to a request beside its key; an empty one says only that it was given."""
    ApiAnswer.objects.filter(pk=claim.pk).update(status=status, answer=answer)


def forget_answers(*, at: datetime) -> int:
    """Delete the answers that are older than a day."""
    return ApiAnswer.objects.filter(asked_at__lte=at - ANSWERS_KEPT).delete()[0]
