"""Sign-in codes for people on the roster, who need no e-mail and no account before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.actions import (
    MOST_AT_ONCE,
    NewSheet,
    NewWorker,
    enrol_workers,
    issue_sheets,
)
from commonweal_web.people.permissions import PRINT_SHEETS
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.workplaces.models import Membership


@dataclass(frozen=True, slots=True)
class SheetOfLine:
    """A sheet as whoever prints it sees it, with the number the employer knows a person by."""

    made: NewSheet
    number: str


def print_sheets(
    *, organisation: Organisation, by: Actor, at: datetime, lines: Sequence[Membership]
) -> list[SheetOfLine]:
    """Print codes for people on the roster. Who had no account gets one, as a worker.

    A person with several lines gets one sheet. Raises `Refused` where somebody has left, or where
    there are more than one page can print.
    """
    with action("workplaces.print_sheets", organisation=organisation, by=by, at=at) as act:
        act.may(PRINT_SHEETS)
        if len(lines) > MOST_AT_ONCE:
            raise Refused(
                "too_many_sheets",
                _("%(many)s sheets are too many at once. Print at most %(most)s.")
                % {"many": len(lines), "most": MOST_AT_ONCE},
            )
        held = act.lock_many(Membership, [line.pk for line in lines])
        fresh = [held[line.pk] for line in lines if line.pk in held]
        _refuse_left(act, lines=fresh)
        _give_accounts(act, lines=[line for line in fresh if line.account_id is None])
        accounts = [line.account for line in fresh if line.account is not None]
        made = issue_sheets(organisation=organisation, by=by, at=at, accounts=accounts)
        number: dict[UUID | None, str] = {line.account_id: line.number for line in fresh}
        return [SheetOfLine(each, number[each.account.pk]) for each in made]


def _refuse_left(act: Act, *, lines: Sequence[Membership]) -> None:
    day = act.at.date()
    for line in lines:
        if line.until is not None and line.until < day:
            raise Refused(
                "line_ended",
                _("%(name)s has left. Print no sheet for them.")
                % {"name": line.name or line.number},
            )


def _give_accounts(act: Act, *, lines: Sequence[Membership]) -> None:
    workers = [NewWorker(line.name or line.number, line.email, line.language) for line in lines]
    accounts = enrol_workers(organisation=act.organisation, by=act.by, at=act.at, workers=workers)
    for line, account in zip(lines, accounts, strict=True):
        line.account = account
    act.change_many(lines, fields=("account",))
