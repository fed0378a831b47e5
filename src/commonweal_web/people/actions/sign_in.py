"""The ways in beside the password: a work account, keys and codes, programs; and their end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.actions.sheets import end_sheets_of
from commonweal_web.people.models import Account, ApiAnswer, ApiToken, CodeSheet
from commonweal_web.people.queries import operator
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.record.events import SubjectErased

AT_A_TIME = 100


KIND = Account._meta.label_lower


def forget_sign_in(
    *, organisation: Organisation, by: Actor, at: datetime, account: Account
) -> None:
    """Take away every way in but the password, and end every session.

    It belongs to whatever closes or erases an account, inside that action.
    """
    with action("people.forget_sign_in", organisation=organisation, by=by, at=at) as act:
        forget_sign_in_of(act, accounts=[account])


def forget_sign_in_of(act: Act, *, accounts: Sequence[Account]) -> None:
    """Take these people's ways in away, as part of an action that closes their accounts."""
    for start in range(0, len(accounts), AT_A_TIME):
        keys = [each.pk for each in accounts[start : start + AT_A_TIME]]
        theirs = ApiToken.objects.of(act.organisation).filter(account_id__in=keys)
        for token in theirs.filter(revoked_at__isnull=True):
            act.change(token, revoked_at=act.at)
        ApiAnswer.objects.filter(token__in=theirs).delete()
        SocialAccount.objects.filter(user_id__in=keys).delete()
        Authenticator.objects.filter(user_id__in=keys).delete()
    end_sessions({str(each.pk) for each in accounts})


def forget_erased(
    event: SubjectErased, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """An erased account has no way in any more."""
    kind, _, key = event.subject.partition(":")
    account = Account.objects.of(organisation).filter(pk=key).first() if kind == KIND else None
    if account is not None:
        _forget_all(account, by=by, at=at)


def forget_who_left(*, at: datetime) -> int:
    """Forget the ways in of closed and erased accounts, and sessions that have run out."""
    left = Account.objects.filter(is_active=False).filter(
        Exists(SocialAccount.objects.filter(user_id=OuterRef("pk")))
        | Exists(Authenticator.objects.filter(user_id=OuterRef("pk")))
        | Exists(ApiToken.objects.filter(account=OuterRef("pk"), revoked_at__isnull=True))
        | Exists(CodeSheet.objects.filter(account=OuterRef("pk"), ended_at__isnull=True))
    )
    found = list(left.select_related("organisation")[:AT_A_TIME])
    for account in found:
        _forget_all(account, by=operator(), at=at)
    Session.objects.filter(expire_date__lt=at).delete()
    return len(found)


def _forget_all(account: Account, *, by: Actor, at: datetime) -> None:
    organisation = account.organisation
    with action("people.forget_sign_in", organisation=organisation, by=by, at=at) as act:
        forget_sign_in(organisation=organisation, by=by, at=at, account=account)
        end_sheets_of(act, account=account)


def end_sessions(accounts: Collection[str]) -> None:
    """Sessions name nobody on the outside, so each is opened to see whose it is."""
    if not accounts:
        return
    own = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") in accounts
    ]
    Session.objects.filter(pk__in=own).delete()


def connect_work_account(found: SocialAccount, *, account: Account) -> None:
    """Let somebody who is signed in by their own password come in through work from now on.

    Raises `Refused` while somebody else has chosen the password, and `Conflict` for a work account
    that lets another person in.
    """
    if not account.password_is_own:
        raise Refused(
            "password_not_own",
            _("First choose a password of your own. Then connect your work account."),
        )
    known = SocialAccount.objects.filter(provider=found.provider, uid=found.uid).first()
    if known is not None and known.user_id != account.pk:
        raise Conflict("work_account_taken", _("This work account lets another person in here."))
    if known is None:
        SocialAccount.objects.create(user=account, provider=found.provider, uid=found.uid)


def disconnect_work_account(account: Account) -> None:
    """Nobody comes in through work for this person any more."""
    SocialAccount.objects.filter(user_id=account.pk).delete()
