"""What the roster brings to accounts: new names, an end of access, and access given anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from commonweal_web.organisations.models import Organisation
from commonweal_web.people import permissions, roles
from commonweal_web.people.actions.sign_in import forget_sign_in_of
from commonweal_web.people.models import Account, Appointment
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor

WORKER = roles.Worker.name
DETAILS = ("name", "email", "language")
DAY = timedelta(days=1)


def change_details(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    details: Mapping[UUID, Mapping[str, str]],
    former: Mapping[UUID, str],
) -> None:
    """Give accounts the name, e-mail or language that the roster now says, by account.

    Whoever speaks for workers or handles cases is left as they are: management keeps the roster,
    and would otherwise choose where their mail goes. An address that somebody gave themselves, and
    that is not what the roster had said (`former`), stays too.
    """
    with action("people.change_details", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ADD_ACCOUNT)
        held = act.lock_many(Account, details)
        terms = _open_terms(organisation, accounts=held, on=at.date())
        trusted = {each.account_id for each in terms if each.role in roles.BY_OWN_PASSWORD}
        changed = [account for account in held.values() if account.pk not in trusted]
        for account in changed:
            said = dict(details[account.pk])
            if account.email not in ("", former.get(account.pk, "")):
                said.pop("email", None)
            for name, value in said.items():
                setattr(account, name, value)
        act.change_many(changed, fields=DETAILS)


def end_access(
    *, organisation: Organisation, by: Actor, at: datetime, accounts: Collection[UUID]
) -> list[UUID]:
    """End the work of people who left; whoever holds no other role can sign in no more.

    Nothing of theirs is deleted. The result names the accounts that were closed.
    """
    with action("people.end_access", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.CLOSE_ACCOUNT)
        held = act.lock_many(Account, accounts)
        open_terms = _open_terms(organisation, accounts=held, on=at.date())
        _end_work(act, terms=[each for each in open_terms if each.role == WORKER])
        others = {each.account_id for each in open_terms if each.role != WORKER}
        leaving = [each for each in held.values() if each.is_active and each.pk not in others]
        forget_sign_in_of(act, accounts=leaving)
        for account in leaving:
            account.is_active = False
        act.change_many(leaving, fields=("is_active",))
        return [each.pk for each in leaving]


def give_access_again(
    *, organisation: Organisation, by: Actor, at: datetime, accounts: Collection[UUID]
) -> None:
    """Let people work again who left and came back; they sign in as they did before."""
    with action("people.give_access_again", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ADD_ACCOUNT)
        held = act.lock_many(Account, accounts)
        for account in held.values():
            account.is_active = True
        act.change_many(held.values(), fields=("is_active",))
        terms = _open_terms(organisation, accounts=held, on=at.date())
        at_work = {each.account_id for each in terms if each.role == WORKER}
        act.create_many(_work(act, account=pk) for pk in held if pk not in at_work)


def _open_terms(
    organisation: Organisation, *, accounts: Collection[UUID], on: date
) -> list[Appointment]:
    """The appointments of these accounts that hold or will hold."""
    rows = Appointment.objects.of(organisation).filter(
        Q(until__isnull=True) | Q(until__gte=on), recalled_at__isnull=True
    )
    return [each for part in _parts(accounts) for each in rows.filter(account_id__in=part)]


def _parts(accounts: Collection[UUID]) -> Iterator[list[UUID]]:
    keys = list(accounts)
    for start in range(0, len(keys), 500):
        yield keys[start : start + 500]


def _end_work(act: Act, *, terms: list[Appointment]) -> None:
    """The last day is the day before; a term that began later was never worked."""
    shortened = []
    for term in terms:
        last = max(term.since, act.at.date() - DAY)
        if term.until != last:
            term.until = last
            shortened.append(term)
    act.change_many(shortened, fields=("until",))


def _work(act: Act, *, account: UUID) -> Appointment:
    return Appointment(
        organisation=act.organisation,
        account_id=account,
        role=WORKER,
        since=act.at.date(),
        named_by=act.role,
        named_by_side=roles.BY_NAME[act.role].side,
    )
