"""Which programs may act for a person."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import permissions
from commonweal_web.people.models import Account, ApiToken
from commonweal_web.people.queries import token_digest
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor

TOKEN_LONGEST = timedelta(days=366)


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
