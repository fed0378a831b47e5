"""Who may sign in: accounts, their passwords and languages."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Permission
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import permissions, roles
from commonweal_web.people.actions.sheets import end_sheets_of
from commonweal_web.people.actions.sign_in import forget_sign_in
from commonweal_web.people.models import ONE_ACCOUNT, Account
from commonweal_web.people.queries import has_other_roles, name_is_taken, not_ended
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor


def add_account(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    username: str,
    name: str,
    password: str | None = None,
    password_is_own: bool = False,
    email: str = "",
    language: str = "en",
) -> Account:
    """Let a person sign in; without a password they cannot yet.

    `password_is_own` says that the person typed the password, and nobody else knows it.
    """
    account = Account(
        organisation=organisation,
        username=username,
        name=name,
        email=email,
        language=language,
        password_is_own=password_is_own and password is not None,
    )
    with action("people.add_account", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ADD_ACCOUNT)
        if name_is_taken(username):
            raise _name_taken(username)
        account.password = _hashed(password, of=account)
        return _created(act, account)


def _created(act: Act, account: Account) -> Account:
    """Store an account; of two that take one name at once, the second is refused."""
    try:
        with transaction.atomic():
            return act.create(account)
    except IntegrityError as error:
        if ONE_ACCOUNT in str(error) or "username" in str(error):
            raise _name_taken(account.username) from error
        raise


def _name_taken(username: str) -> Refused:
    return Refused(
        "username_taken",
        _("The sign-in name “%(name)s” is taken. Choose another.") % {"name": username},
        where="username",
    )


def change_password(
    *, organisation: Organisation, by: Actor, at: datetime, account: Account, password: str
) -> Account:
    """Set one’s own password. It ends all other sessions.

    Where somebody else had chosen the old one, that somebody could have added a key, a program or
    a work account of their own: all of these are forgotten with it.
    """
    with action("people.change_password", organisation=organisation, by=by, at=at) as act:
        if account.pk != by.account_id:
            raise Refused("not_own_account", _("A password is changed by its owner only."))
        fresh = act.lock(Account, account.pk)
        if not fresh.password_is_own:
            forget_sign_in(organisation=organisation, by=by, at=at, account=fresh)
        hashed = _hashed(password, of=fresh)
        return act.change(account, password=hashed, password_is_own=True)


def set_own_password(
    *, organisation: Organisation, by: Actor, at: datetime, account: Account, password: str
) -> Account:
    """A worker who came in by a printed code chooses a password, so as to need no code next time.

    This is also the way back for whoever forgot theirs. Nobody comes to another role by a sheet
    of paper: who holds one is refused, since whoever printed the sheet could have kept a code.
    """
    with action("people.set_own_password", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.CHANGE_OWN_ACCOUNT)
        if account.pk != by.account_id:
            raise Refused("not_own_account", _("A password is changed by its owner only."))
        fresh = act.lock(Account, account.pk)
        if has_other_roles(fresh, on=at.date()):
            raise NotAllowed(
                "password_needs_password",
                _(
                    "You hold a role beside that of a worker. Its password is not changed by a "
                    "printed code. Sign in with the password you have."
                ),
            )
        forget_sign_in(organisation=organisation, by=by, at=at, account=fresh)
        hashed = _hashed(password, of=fresh)
        return act.change(account, password=hashed, password_is_own=True)


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
    """End a person’s access, their sessions and their programs. What they decided stays.

    Whom the workers’ side named is closed by the workers’ side only: management cannot recall a
    representative by closing the account.
    """
    with action("people.close_account", organisation=organisation, by=by, at=at) as act:
        act.lock(Account, account.pk)
        act.may(closing_permission(account, on=at.date()))
        _refuse_handler(account, on=at.date())
        forget_sign_in(organisation=organisation, by=by, at=at, account=account)
        end_sheets_of(act, account=account)
        return act.change(account, is_active=False)


def _refuse_handler(account: Account, *, on: date) -> None:
    """Nobody removes by a closed account whom both sides have to trust."""
    held = not_ended(account, on=on).filter(
        role__in=roles.OF_BOTH_SIDES, confirmed_at__isnull=False
    )
    if held.exists():
        raise Conflict(
            "handler_in_office",
            _("%(name)s handles cases. First recall them from that role, which both sides do.")
            % {"name": account.name},
        )


def closing_permission(account: Account, *, on: date) -> Permission:
    """The right that closing this account needs; a term that is yet to begin counts too."""
    named_by_workers = not_ended(account, on=on).filter(role__in=roles.VOICES).exists()
    return permissions.APPOINT_WORKER_SIDE if named_by_workers else permissions.CLOSE_ACCOUNT


def _hashed(password: str | None, *, of: Account) -> str:
    if password is None:
        return make_password(None)
    try:
        validate_password(password, user=of)
    except ValidationError as error:
        raise Refused("password_weak", " ".join(error.messages), where="password") from error
    return make_password(password)
