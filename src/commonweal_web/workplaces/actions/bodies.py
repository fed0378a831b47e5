"""Bodies that speak for workers, and how a body names its person.

Management can write down that a body exists and send it a link. Who the representative is, the
body alone says, by accepting.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from commonweal.people.links import SECRET_BYTES, link_digest, link_secret
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.actions import add_account, appoint
from commonweal_web.people.queries import body_of_workers, representatives_of_body
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.workplaces import permissions
from commonweal_web.workplaces.models import Representation, RepresentativeInvitation, Site
from commonweal_web.workplaces.queries import invitation_by_secret

if TYPE_CHECKING:
    from commonweal_web.people.models import Account

LONGEST_DAYS = 60
USUAL_DAYS = 14


def add_representation(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    name: str,
    kind: str,
    site: Site | None = None,
    contact: str = "",
    seats: int | None = None,
) -> Representation:
    """Write down that a body speaks for workers, at one site or in the whole organisation."""
    with action("workplaces.add_representation", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ADD_REPRESENTATION)
        return act.create(
            Representation(
                organisation=organisation,
                name=name,
                kind=kind,
                site=site,
                contact=contact,
                seats=seats,
            )
        )


def change_representation(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    representation: Representation,
    name: str,
    contact: str,
    seats: int | None,
) -> Representation:
    """Correct what is known of a body. Where it speaks does not change: that is another body."""
    with action(
        "workplaces.change_representation", organisation=organisation, by=by, at=at
    ) as act:
        act.may(permissions.ADD_REPRESENTATION)
        return act.change(representation, name=name, contact=contact, seats=seats)


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation as its sender sees it, once; the secret goes into the link."""

    invitation: RepresentativeInvitation
    secret: str


def invite_representative(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    representation: Representation,
    days: int = USUAL_DAYS,
) -> NewInvitation:
    """Ask a body, not a person, to name its representative. The link works once.

    Once somebody speaks for the body, only they can ask it for another person.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(
            "days_out_of_range",
            _("A link is valid for 1 to %(most)s days.") % {"most": LONGEST_DAYS},
            where="days",
        )
    with action(
        "workplaces.invite_representative", organisation=organisation, by=by, at=at
    ) as act:
        act.may(permissions.INVITE_REPRESENTATIVE)
        _refuse_past_the_body(act, body=act.lock(Representation, representation.pk))
        secret = link_secret(secrets.token_bytes(SECRET_BYTES))
        invitation = act.create(
            RepresentativeInvitation(
                organisation=organisation,
                representation=representation,
                digest=link_digest(secret),
                invited_at=at,
                expires_at=at + timedelta(days=days),
            )
        )
        return NewInvitation(invitation, secret)


def _refuse_past_the_body(act: Act, *, body: Representation) -> None:
    spoken_for = representatives_of_body(act.organisation, body_id=body.pk, on=act.at.date())
    speaking = set(spoken_for.values_list("pk", flat=True))
    if speaking and act.by.account_id not in speaking:
        raise NotAllowed(
            "body_is_spoken_for",
            _("Somebody speaks for %(body)s already. Only they can ask it to name another person.")
            % {"body": body.name},
        )


def withdraw_invitation(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    invitation: RepresentativeInvitation,
) -> RepresentativeInvitation:
    """Make a link useless. One that was used cannot be withdrawn: the body recalls its person."""
    with action("workplaces.withdraw_invitation", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.INVITE_REPRESENTATIVE)
        fresh = act.lock(RepresentativeInvitation, invitation.pk)
        if fresh.accepted_at is not None:
            raise Conflict(
                "invitation_used", _("The body has named its person already. It alone can recall.")
            )
        return act.change(invitation, revoked_at=fresh.revoked_at or at)


def accept_invitation(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    secret: str,
    username: str,
    name: str,
    password: str,
) -> Account:
    """The body that holds the link names its person, who can sign in from then on.

    The secret is the right; `by` may be anybody but management, whose link it is not. The body's
    other open links end with it. Raises `NotHere` for an unknown link, and `Conflict` for one
    that was used, was withdrawn or has run out. Nothing is half-written.
    """
    refuse_management(by)
    with action("workplaces.accept_invitation", organisation=organisation, by=by, at=at):
        found = invitation_by_secret(organisation, secret=secret)
        body = body_of_workers(organisation)
        with action(
            "workplaces.accept_invitation", organisation=organisation, by=body, at=at
        ) as act:
            invitation = act.lock(RepresentativeInvitation, found.pk)
            refuse_closed(invitation, at=at)
            account = add_account(
                organisation=organisation,
                by=body,
                at=at,
                username=username,
                name=name,
                password=password,
                password_is_own=True,
            )
            appoint(
                organisation=organisation,
                by=body,
                at=at,
                account=account,
                role="worker_representative",
                since=at.date(),
                site_id=found.representation.site_id,
                named_by=found.representation.name,
                body_id=found.representation_id,
                invited_on=found.invited_at.date(),
            )
            act.change(invitation, accepted_at=at, account=account)
            _end_other_links(act, but=invitation)
            return account


def refuse_management(by: Actor) -> None:
    """Raises `NotAllowed` where the one who opens a body's link is not of the workers' side."""
    if any(each.side in {"management", "operator"} for each in by.grants):
        raise NotAllowed(
            "link_is_for_the_body",
            _("This link is not for you. Give it to the body. It names its person itself."),
        )


def _end_other_links(act: Act, *, but: RepresentativeInvitation) -> None:
    """Else links that were made while nobody spoke for the body could name more people later."""
    others = RepresentativeInvitation.objects.of(act.organisation).filter(
        representation=but.representation_id, accepted_at=None, revoked_at=None
    )
    for each in others.exclude(pk=but.pk):
        act.change(each, revoked_at=act.at)


def refuse_closed(invitation: RepresentativeInvitation, *, at: datetime) -> None:
    """Raises `Conflict` when a link no longer works, and says why."""
    state = invitation.state(at)
    messages = {
        "accepted": _("This link was used: a person has been named. Sign in instead."),
        "withdrawn": _("This link was withdrawn. Ask whoever sent it for a new one."),
        "expired": _("This link has run out. Ask whoever sent it for a new one."),
    }
    if state != "open":
        raise Conflict(f"invitation_{state}", messages[state])
