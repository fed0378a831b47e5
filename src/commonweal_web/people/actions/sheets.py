"""Sheets of sign-in codes: printed for people, replaced, cancelled, and used code by code."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.people.codes import (
    BYTES_FOR_A_CODE,
    CODES_ON_A_SHEET,
    as_printed,
    code_digest,
    code_from,
)
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import permissions, roles
from commonweal_web.people.events import PeopleToTell
from commonweal_web.people.models import Account, CodeLeft, CodeSheet
from commonweal_web.people.queries import has_registrar, key_of_codes
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor

SHEET_LASTS = timedelta(days=366)
MOST_AT_ONCE = 60
"""Sheets in one go: few enough for one page to print and for one transaction."""


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet as whoever prints it sees it, once."""

    sheet: CodeSheet
    account: Account
    codes: tuple[str, ...]
    is_replacement: bool


def issue_sheets(
    *, organisation: Organisation, by: Actor, at: datetime, accounts: Sequence[Account]
) -> list[NewSheet]:
    """Print twelve sign-in codes for each person. A sheet that somebody had before ends.

    The registrar does this. Only while there is no registrar a people lead may, which the pages
    show as a gap. Raises `NotAllowed`, or `Refused` for closed accounts and for too many at once.
    """
    with action("people.issue_sheets", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.PRINT_SHEETS)
        _refuse_past_registrar(act)
        people = _held(act, accounts=accounts)
        replaced = _ended(act, people=people, because=CodeSheet.Ending.REPLACED)
        key = key_of_codes()
        made = [
            _drawn(act, account, key=key, is_replacement=account.pk in replaced)
            for account in people
        ]
        act.create_many([each.sheet for each in made])
        CodeLeft.objects.bulk_create(
            CodeLeft(digest=digest, sheet=each.sheet)
            for each in made
            for digest in sorted(each.sheet.digests)
        )
        _tell_holders(act, made=made)
        return made


def _tell_holders(act: Act, *, made: Sequence[NewSheet]) -> None:
    """Each holder hears that a sheet was made, so that none is made behind their back."""
    act.emit(
        PeopleToTell(
            kind="people.codes_issued",
            about="people.codesheet:own",
            accounts=tuple(each.account.pk for each in made),
            url=reverse("my:people:account"),
        )
    )


def _refuse_past_registrar(act: Act) -> None:
    if act.role != "registrar" and has_registrar(act.organisation, on=act.at.date()):
        raise NotAllowed(
            "registrar_prints",
            _("The registrar, on the workers’ side, prints the sheets. Ask them."),
        )


def _held(act: Act, *, accounts: Sequence[Account]) -> list[Account]:
    wanted = list(dict.fromkeys(account.pk for account in accounts))
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(
            "too_many_sheets",
            _("%(many)s sheets are too many at once. Print at most %(most)s.")
            % {"many": len(wanted), "most": MOST_AT_ONCE},
        )
    fresh = act.lock_many(Account, wanted)
    people = [fresh[pk] for pk in wanted if pk in fresh]
    closed = next((each for each in people if not each.is_active), None)
    if closed is not None:
        raise Refused(
            "account_closed",
            _("The account of %(name)s is closed. Nobody signs in by it.") % {"name": closed.name},
        )
    return people


def _drawn(act: Act, account: Account, *, key: bytes, is_replacement: bool) -> NewSheet:
    codes = [code_from(secrets.token_bytes(BYTES_FOR_A_CODE)) for _each in range(CODES_ON_A_SHEET)]
    sheet = CodeSheet(
        organisation=act.organisation,
        account=account,
        digests=[code_digest(code, key=key) for code in codes],
        issued_by_role=act.role,
        issued_by_side=roles.BY_NAME[act.role].side,
        issued_at=act.at,
        expires_on=(act.at + SHEET_LASTS).date(),
    )
    return NewSheet(sheet, account, tuple(map(as_printed, codes)), is_replacement)


def cancel_sheet(
    *, organisation: Organisation, by: Actor, at: datetime, sheet: CodeSheet
) -> CodeSheet:
    """Its holder makes a sheet useless at once, and ends what was begun with its codes."""
    with action("people.cancel_sheet", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.CHANGE_OWN_ACCOUNT)
        fresh = act.lock(CodeSheet, sheet.pk)
        if fresh.account_id != by.account_id:
            raise NotAllowed("not_own_sheet", _("A sheet is cancelled by its holder only."))
        if fresh.ended_at is not None:
            raise Conflict("sheet_ended", _("This sheet has ended already."))
        end_sheets(act, sheets=[fresh], because=CodeSheet.Ending.CANCELLED)
        return act.lock(CodeSheet, sheet.pk)


def end_sheets(act: Act, *, sheets: Iterable[CodeSheet], because: str) -> None:
    """Make sheets useless, with the sessions that their codes began."""
    ended = list(sheets)
    for sheet in ended:
        sheet.ended_at, sheet.ended_because = act.at, because
    act.change_many(ended, fields=("ended_at", "ended_because"))
    CodeLeft.objects.filter(sheet__in=ended).delete()
    if ended:
        _end_sessions_by({str(sheet.pk) for sheet in ended})


def end_sheets_of(act: Act, *, account: Account) -> None:
    """Make the sheet of somebody whose account is closed or erased useless."""
    _ended(act, people=[account], because=CodeSheet.Ending.CLOSED)


def _ended(act: Act, *, people: Collection[Account], because: str) -> set[object]:
    """End the sheets in force of these people; the accounts that had one."""
    mine = CodeSheet.objects.of(act.organisation).filter(
        account__in=[each.pk for each in people], ended_at__isnull=True
    )
    found = list(mine)
    end_sheets(act, sheets=found, because=because)
    return {sheet.account_id for sheet in found}


def _end_sessions_by(sheets: set[str]) -> None:
    """Sessions name nobody on the outside, so each is opened to see how it began."""
    begun = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("sheet") in sheets
    ]
    Session.objects.filter(pk__in=begun).delete()
