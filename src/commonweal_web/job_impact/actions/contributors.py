"""Asking people to take part, on terms that are told before they say yes, and paying them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.people.links import SECRET_BYTES, link_digest, link_secret
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.job_impact.actions.runs import open_run
from commonweal_web.job_impact.models import Assessment, Contributor
from commonweal_web.job_impact.permissions import INVITE_CONTRIBUTOR, RECORD_PAYMENT, TAKE_PART
from commonweal_web.job_impact.queries.authors import side_of_kind
from commonweal_web.job_impact.queries.groups import columns_of
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor

USUAL_DAYS = 30
LONGEST_DAYS = 120


@dataclass(frozen=True, slots=True)
class NewLink:
    """An invitation as its sender sees it, once; the secret goes into the link."""

    contributor: Contributor
    secret: str


def invite_contributor(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    assessment: Assessment,
    name: str,
    kind: str,
    fee_minor: int,
    currency: str,
    minutes: int,
    payment_due: date,
    group: UUID | None = None,
    helped_by: str = "",
    expires_on: date | None = None,
) -> NewLink:
    """Ask somebody to take part by a link of their own. Fee, time and payment day are told now."""
    with action("job_impact.invite_contributor", organisation=organisation, by=by, at=at) as act:
        act.may(INVITE_CONTRIBUTOR)
        run = open_run(act, assessment)
        day = act.at.date()
        expires = expires_on or day + timedelta(days=USUAL_DAYS)
        _check_terms(kind, fee_minor=fee_minor, due=payment_due, expires=expires, on=day)
        _check_group(run, group=group)
        secret = link_secret(secrets.token_bytes(SECRET_BYTES))
        invited = act.create(
            Contributor(
                organisation=organisation,
                assessment=run,
                name=name,
                kind=kind,
                side=side_of_kind(kind, group=group),
                group=group,
                helped_by=helped_by.strip(),
                fee_minor=fee_minor,
                currency=currency,
                minutes=minutes,
                invited_by_side="workers" if act.role == "worker_representative" else "management",
                stated_on=day,
                payment_due=payment_due,
                digest=link_digest(secret),
                expires_on=expires,
            )
        )
        return NewLink(invited, secret)


def _check_terms(kind: str, *, fee_minor: int, due: date, expires: date, on: date) -> None:
    if kind not in Contributor.Kind.values:
        raise Refused("kind_unknown", _("Choose as what they take part."), where="kind")
    if fee_minor <= 0:
        raise Refused(
            "unpaid",
            _("Nobody takes part for nothing. State a fee; for employees, what the time costs."),
            where="fee",
        )
    if due < on:
        raise Refused("due_past", _("The payment day lies in the past."), where="payment_due")
    if not on < expires <= on + timedelta(days=LONGEST_DAYS):
        raise Refused(
            "expiry_out_of_range",
            _("Choose a day from tomorrow on, at most %(days)s days ahead.")
            % {"days": LONGEST_DAYS},
            where="expires_on",
        )


def _check_group(run: Assessment, *, group: UUID | None) -> None:
    if group is not None and group not in {column.key for column in columns_of(run.use)}:
        raise Refused(
            "group_not_affected", _("This use does not touch that group."), where="group"
        )


def accept_invitation(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    contributor: Contributor,
    discipline: str = "",
    tie_to_employer: str = "",
    tie_to_vendor: str = "",
) -> Contributor:
    """Say yes to the stated terms. Experts name their field and any tie to employer or vendor."""
    with action("job_impact.accept_invitation", organisation=organisation, by=by, at=at) as act:
        act.may(TAKE_PART)
        part = act.lock(Contributor, contributor.pk)
        if part.pk != by.contributor_id or not part.may_answer(act.at):
            raise NotAllowed("link_over", _("This link no longer works. Ask for a new one."))
        if part.is_expert and not discipline.strip():
            raise Refused("discipline_missing", _("Name your field."), where="discipline")
        if part.accepted_on is not None:
            return part
        day = act.at.date()
        declared = {
            "discipline": discipline.strip(),
            "tie_to_employer": tie_to_employer.strip(),
            "tie_to_vendor": tie_to_vendor.strip(),
            "ties_declared_on": day,
        }
        return act.change(part, accepted_on=day, **(declared if part.is_expert else {}))


def record_payment(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    contributor: Contributor,
    paid_on: date,
) -> Contributor:
    """Record the day on which a contributor was paid."""
    with action("job_impact.record_payment", organisation=organisation, by=by, at=at) as act:
        act.may(RECORD_PAYMENT)
        part = act.lock(Contributor, contributor.pk)
        if part.accepted_on is None:
            raise Conflict("not_accepted", _("They have not said yes yet: nothing is owed."))
        if not part.accepted_on <= paid_on <= act.at.date():
            raise Refused(
                "paid_on_out_of_range",
                _("Choose a day between their yes and today."),
                where="paid_on",
            )
        return act.change(part, paid_on=paid_on)


def revoke_invitation(
    *, organisation: Organisation, by: Actor, at: datetime, contributor: Contributor
) -> Contributor:
    """End a link at once. What was said through it stays, and what is owed stays owed."""
    with action("job_impact.revoke_invitation", organisation=organisation, by=by, at=at) as act:
        act.may(INVITE_CONTRIBUTOR)
        part = act.lock(Contributor, contributor.pk)
        return part if part.revoked_at else act.change(part, revoked_at=act.at)
