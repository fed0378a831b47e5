"""The mail address that somebody gives for themselves."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from commonweal_web.house.addresses import is_safe_address
from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import permissions
from commonweal_web.people.models import Account
from commonweal_web.people.queries import refuse_printed_code
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor


def change_address(
    *, organisation: Organisation, by: Actor, at: datetime, account: Account, email: str
) -> Account:
    """Give or take away one’s own mail address. Nobody signs in with it.

    Raises `Refused` for anything that is not one plain address: a line break in it would let
    somebody write headers of a mail.
    """
    with action("people.change_address", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.CHANGE_OWN_ACCOUNT)
        refuse_printed_code(by, on=at.date())
        if account.pk != by.account_id:
            raise Refused("not_own_account", _("An address is changed by its owner only."))
        if email and not is_safe_address(email):
            raise Refused(
                "address_unsafe",
                _("This is no plain mail address. Write it like name@example.org."),
                where="email",
            )
        return act.change(account, email=email)
