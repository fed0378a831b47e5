"""Deputies and absences: so that being away never stops a clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import permissions, roles
from commonweal_web.people.actions.appointments import (
    ask_other_side,
    refuse_both_hats,
    refuse_known_password,
)
from commonweal_web.people.events import PeopleToTell
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.queries import (
    OfficeHeld,
    appointment_permission,
    may_cover,
    offices_of,
    refuse_printed_code,
)
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor

INDEPENDENT = "independent"


def name_deputy(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    appointment: Appointment,
    deputy: Account,
) -> Appointment:
    """Name who stands in while the holder of a role is away; who was named before ends.

    The holder names them, or the side that the role belongs to. A handler's deputy holds once the
    workers’ side has agreed. Raises `Refused` where the person holds a role that must stay apart.
    """
    with action("people.name_deputy", organisation=organisation, by=by, at=at) as act:
        office = act.lock(Appointment, appointment.pk)
        _may_name(act, office=office)
        person = act.lock(Account, deputy.pk)
        _refuse_unfit(office, deputy=person, on=at.date())
        refuse_known_password(person, role=office.role)
        for earlier in _replaceable(act, office=office):
            act.change(earlier, recalled_at=at)
        refuse_both_hats(person, role=office.role, since=at.date(), until=office.until)
        made = act.create(
            Appointment(
                organisation=organisation,
                account=person,
                role=office.role,
                since=at.date(),
                until=office.until,
                site_id=office.site_id,
                named_by=act.role,
                named_by_side=roles.BY_NAME[act.role].side,
                body_id=office.body_id,
                deputy_of=office,
            )
        )
        ask_other_side(act, made)
        _tell(act, kind="people.deputy_named", about=made, accounts=[person])
        return made


def note_absence(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    account: Account,
    since: date,
    until: date | None = None,
) -> list[Appointment]:
    """Say that somebody is away: in each of their roles the deputy acts from that day on.

    They say it themselves, or a deputy or the side of the role does, for people fall ill. The
    result is the deputies' appointments. Raises `Refused` while a role has no deputy.
    """
    with action("people.note_absence", organisation=organisation, by=by, at=at) as act:
        if until is not None and until < since:
            raise Refused("until_before_since", _("The end lies before the start."), where="until")
        offices = offices_of(account, on=at.date())
        mine = _open_to(by, account=account, offices=offices)
        _may_decide(act, account=account, held=[each.appointment for each in mine])
        standing_in = [_ready(each) for each in mine]
        for deputy in standing_in:
            act.change(deputy, acts_from=since, acts_until=until)
        people = [each.account for each in standing_in]
        told = [each for each in (*people, account) if each.pk != by.account_id]
        _tell(act, kind="people.away", about=standing_in[0], accounts=told)
        return standing_in


def note_return(
    *, organisation: Organisation, by: Actor, at: datetime, account: Account
) -> list[Appointment]:
    """Say that one is back: the deputies stand by again from now on."""
    with action("people.note_return", organisation=organisation, by=by, at=at) as act:
        if by.account_id != account.pk:
            raise NotAllowed("own_return", _("Whoever was away says so themselves."))
        act.may(permissions.CHANGE_OWN_ACCOUNT)
        refuse_printed_code(by, on=at.date())
        acting = [
            office.deputy
            for office in offices_of(account, on=at.date())
            if office.deputy is not None and office.deputy.acts_from is not None
        ]
        if not acting:
            raise Conflict("not_away", _("No absence of yours is noted."))
        for deputy in acting:
            act.change(deputy, acts_from=None, acts_until=None)
        return acting


def _may_name(act: Act, *, office: Appointment) -> None:
    """The holder names a deputy, or the side of the role; a deputy names no other."""
    refuse_printed_code(act.by, on=act.at.date())
    is_own = act.by.account_id == office.account_id
    act.may(permissions.NAME_DEPUTY if is_own else appointment_permission(office.role))


def _replaceable(act: Act, *, office: Appointment) -> list[Appointment]:
    """The deputies who end with a new one; whom both sides agreed on, neither side ends alone."""
    found = _deputies_of(office, on=act.at.date())
    is_own = act.by.account_id == office.account_id
    if (
        not is_own
        and office.role in roles.OF_BOTH_SIDES
        and not all(each.is_pending for each in found)
    ):
        raise Conflict(
            "deputy_of_both",
            _("Both sides agreed on the deputy who stands by. Recall them first, both sides."),
        )
    return found


def _may_decide(act: Act, *, account: Account, held: Sequence[Appointment]) -> None:
    """The holder decides, or whoever stands in for them, or the side of each of these roles."""
    refuse_printed_code(act.by, on=act.at.date())
    if act.by.account_id == account.pk:
        act.may(permissions.NAME_DEPUTY)
        return
    if held and act.by.account_id in {
        deputy.account_id for each in held for deputy in _deputies_of(each, on=act.at.date())
    }:
        act.may(permissions.CHANGE_OWN_ACCOUNT)
        return
    for role in {each.role for each in held} or {roles.PeopleLead.name}:
        act.may(appointment_permission(role))


def _open_to(by: Actor, *, account: Account, offices: list[OfficeHeld]) -> list[OfficeHeld]:
    """The roles of somebody for which this actor may say that they are away. Never none."""
    mine = [office for office in offices if may_cover(office, actor=by)]
    if not mine:
        raise NotAllowed(
            "no_role_to_cover",
            _("%(name)s holds no role for which you could say so.") % {"name": account.name},
        )
    return mine


def _ready(office: OfficeHeld) -> Appointment:
    if office.deputy is None:
        raise Refused(
            "deputy_missing",
            _("Nobody is named as deputy for “%(role)s”. Name somebody first.")
            % {"role": office.title},
            where="since",
        )
    if office.deputy.is_pending:
        raise Refused(
            "deputy_pending",
            _("The deputy for “%(role)s” waits for the workers’ side to agree.")
            % {"role": office.title},
            where="since",
        )
    return office.deputy


def _refuse_unfit(office: Appointment, *, deputy: Account, on: date) -> None:
    if office.role not in roles.WITH_DEPUTY or office.is_deputy:
        raise Refused("no_deputy_here", _("This role needs no deputy."), where="deputy")
    if office.has_ended(on):
        raise Conflict("term_ended", _("This role has ended. Its next holder names a deputy."))
    if deputy.pk == office.account_id:
        raise Refused("own_deputy", _("Nobody is their own deputy."), where="deputy")
    if not deputy.is_active:
        raise Refused(
            "account_closed",
            _("The account of %(name)s is closed. Choose somebody who can sign in.")
            % {"name": deputy.name},
            where="deputy",
        )


def _deputies_of(office: Appointment, *, on: date) -> list[Appointment]:
    rows = Appointment.objects.of(office.organisation_id).filter(deputy_of_id=office.pk)
    return [each for each in rows if not each.has_ended(on)]


def _tell(act: Act, *, kind: str, about: Appointment, accounts: Sequence[Account]) -> None:
    if not accounts:
        return
    act.emit(
        PeopleToTell(
            kind=kind,
            about=f"people.appointment:{about.pk}",
            accounts=tuple(each.pk for each in accounts),
            url=reverse("desk:people:deputies"),
        )
    )
