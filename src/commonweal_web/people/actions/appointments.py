"""Who holds which role: given by the side the role belongs to, and ended by it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.house.texts import day_text
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import roles
from commonweal_web.people.events import PeopleToTell
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.permissions import CHANGE_OWN_ACCOUNT
from commonweal_web.people.queries import (
    accounts_in_role,
    appointment_permission,
    may_confirm,
    not_ended,
    refuse_printed_code,
    role_title,
)
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor


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
    body_id: UUID | None = None,
    invited_on: date | None = None,
) -> Appointment:
    """Give a person a role. The side the role belongs to decides who may do this.

    A case or appeal handler is only proposed so, and holds the role once the other side has
    confirmed it. Raises `Refused` where the person holds a role that must stay apart from this
    one, or has yet to choose their own password.
    """
    with action("people.appoint", organisation=organisation, by=by, at=at) as act:
        act.may(appointment_permission(role))
        fresh = act.lock(Account, account.pk)
        if until is not None and until < since:
            raise Refused("until_before_since", _("The end lies before the start."), where="until")
        refuse_known_password(fresh, role=role)
        refuse_both_hats(fresh, role=role, since=since, until=until)
        if body_id is None and role == "worker_representative":
            body_id = _body_of(by, organisation=organisation, on=at.date())
        made = act.create(
            Appointment(
                organisation=organisation,
                account=account,
                role=role,
                since=since,
                until=until,
                site_id=site_id,
                named_by=named_by or act.role,
                named_by_side=roles.BY_NAME[act.role].side,
                body_id=body_id,
                invited_on=invited_on,
            )
        )
        ask_other_side(act, made)
        return made


def ask_other_side(act: Act, made: Appointment) -> None:
    """Let those hear of a proposed handler whose word it waits for."""
    if not made.is_pending:
        return
    confirming = {"workers": "people_lead"}.get(made.named_by_side, "worker_representative")
    holders = accounts_in_role(act.organisation, role=confirming, on=act.at.date())
    act.emit(
        PeopleToTell(
            kind="people.handler_waits",
            about=f"people.appointment:{made.pk}",
            accounts=tuple(holders.values_list("pk", flat=True)),
            url=reverse("desk:people:confirm_appointment", args=[made.pk]),
        )
    )


def refuse_known_password(account: Account, *, role: str) -> None:
    if role in roles.BY_OWN_PASSWORD and not account.password_is_own:
        raise Refused(
            "password_not_own",
            _(
                "Somebody else chose the password of %(name)s. Ask them to sign in and choose "
                "their own. Then give them this role."
            )
            % {"name": account.name},
            where="role",
        )


def refuse_both_hats(account: Account, *, role: str, since: date, until: date | None) -> None:
    held = not_ended(account, on=since).filter(role__in=roles.apart_from(role))
    clash = held.filter(Q() if until is None else Q(since__lte=until)).first()
    if clash is not None:
        raise Refused(
            "roles_apart",
            _("%(name)s is “%(held)s” at that time. Nobody can be that and “%(role)s” as well.")
            % {
                "name": account.name,
                "held": role_title(clash.role),
                "role": role_title(role),
            },
            where="role",
        )


def _body_of(by: Actor, *, organisation: Organisation, on: date) -> UUID | None:
    """The body for which the one who names somebody speaks: the new person speaks for it too."""
    held = Appointment.objects.of(organisation).filter(
        account_id=by.account_id, role="worker_representative", body_id__isnull=False
    )
    return next((each.body_id for each in held if each.holds_on(on)), None)


def confirm_appointment(
    *, organisation: Organisation, by: Actor, at: datetime, appointment: Appointment
) -> Appointment:
    """Agree to a handler whom the other side proposed: from now on the role is theirs."""
    with action("people.confirm_appointment", organisation=organisation, by=by, at=at) as act:
        act.may(appointment_permission(appointment.role))
        account = act.lock(Account, appointment.account_id)
        fresh = act.lock(Appointment, appointment.pk)
        if not fresh.is_pending or fresh.has_ended(at.date()):
            raise Conflict("nothing_to_confirm", _("This role waits for nobody’s word."))
        if not may_confirm(fresh, actor=by, on=at.date()):
            raise NotAllowed(
                "other_side_confirms",
                _(
                    "The other side confirms this person: your side proposed them, or they are "
                    "the deputy of a handler, whom the workers’ side agrees to."
                ),
            )
        side = roles.BY_NAME[act.role].side
        refuse_known_password(account, role=fresh.role)
        return act.change(appointment, confirmed_by_side=side, confirmed_at=at)


def end_appointment(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    appointment: Appointment,
    until: date | None,
) -> Appointment:
    """Recall somebody from a role, or step down: its last day, or at once where that is None.

    A term is only ever shortened, and only before it has ended. Deputies end with it. The recall
    of a handler is proposed by one side, and holds when the other one says the same: nobody
    removes whom both sides have to trust. A handler may step down alone.
    """
    with action("people.end_appointment", organisation=organisation, by=by, at=at) as act:
        is_own = by.account_id == appointment.account_id
        act.may(CHANGE_OWN_ACCOUNT if is_own else appointment_permission(appointment.role))
        refuse_printed_code(by, on=at.date())
        fresh = act.lock(Appointment, appointment.pk)
        _refuse_longer(fresh, until=until, on=at.date())
        if not is_own and _is_first_of_two(fresh, side=roles.BY_NAME[act.role].side):
            return act.change(appointment, recall_by_side=roles.BY_NAME[act.role].side)
        for deputy in fresh.deputies.select_for_update(no_key=True):
            if not deputy.has_ended(at.date()):
                _end(act, deputy, until=until)
        return _end(act, appointment, until=until)


def _end(act: Act, appointment: Appointment, *, until: date | None) -> Appointment:
    if until is None:
        return act.change(appointment, recalled_at=act.at)
    return act.change(appointment, until=until)


def _is_first_of_two(appointment: Appointment, *, side: str) -> bool:
    """Whether this is a handler in office whose recall the other side has not proposed."""
    in_office = appointment.role in roles.OF_BOTH_SIDES and not appointment.is_pending
    return in_office and appointment.recall_by_side in ("", side)


def _refuse_longer(fresh: Appointment, *, until: date | None, on: date) -> None:
    if fresh.has_ended(on):
        raise Conflict(
            "term_ended", _("This role has ended already. Give it anew where it is needed.")
        )
    if until is None:
        return
    if until < fresh.since:
        raise Refused("until_before_since", _("The end lies before the start."), where="until")
    if fresh.until is not None and until > fresh.until:
        raise Refused(
            "term_not_longer",
            _("The role ends on %(day)s. Choose that day or an earlier one.")
            % {"day": day_text(fresh.until)},
            where="until",
        )
