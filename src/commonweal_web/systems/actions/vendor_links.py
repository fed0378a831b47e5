"""Asking a vendor by a link, and keeping its answers as its own words."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from commonweal.people.links import SECRET_BYTES, link_digest, link_secret
from commonweal_web.house.refusals import Conflict, NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.roles import BY_NAME
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import AiSystem, Claim, VendorLink, VendorStatement
from commonweal_web.systems.permissions import ASK_VENDOR, SPEAK_AS_VENDOR

USUAL_DAYS = 30
LONGEST_DAYS = 120
MOST_SAID = 200
"""Statements through one link: more than any product needs, and an end to a flood."""


@dataclass(frozen=True, slots=True)
class NewVendorLink:
    """A link as its sender sees it, once."""

    link: VendorLink
    secret: str


def ask_vendor(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    system: AiSystem,
    expires_on: date | None = None,
) -> NewVendorLink:
    """Make a link for the vendor of a system. It is shown this once and never stored."""
    with action("systems.ask_vendor", organisation=organisation, by=by, at=at) as act:
        act.may(ASK_VENDOR)
        fresh = act.lock(AiSystem, system.pk)
        if fresh.vendor_id is None:
            raise Refused("vendor_unknown", _("First say who the vendor of this system is."))
        day = act.at.date()
        expires = expires_on or day + timedelta(days=USUAL_DAYS)
        if not day < expires <= day + timedelta(days=LONGEST_DAYS):
            raise Refused(
                "expiry_out_of_range",
                _("Choose a day from tomorrow on, at most %(days)s days ahead.")
                % {"days": LONGEST_DAYS},
                where="expires_on",
            )
        secret = link_secret(secrets.token_bytes(SECRET_BYTES))
        made = act.create(
            VendorLink(
                organisation=organisation,
                vendor_id=fresh.vendor_id,
                system=fresh,
                digest=link_digest(secret),
                made_by_side=BY_NAME[act.role].side,
                made_at=act.at,
                expires_on=expires,
            )
        )
        return NewVendorLink(made, secret)


def end_vendor_link(
    *, organisation: Organisation, by: Actor, at: datetime, link: VendorLink
) -> VendorLink:
    """End a link at once. What the vendor said through it stays."""
    with action("systems.end_vendor_link", organisation=organisation, by=by, at=at) as act:
        act.may(ASK_VENDOR)
        fresh = act.lock(VendorLink, link.pk)
        return fresh if fresh.revoked_at else act.change(fresh, revoked_at=act.at)


def state_as_vendor(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    link: VendorLink,
    kind: str,
    text: str = "",
    claim: Claim | None = None,
) -> VendorStatement:
    """Keep what a vendor says to a claim or about its system, beside ours and never in its place.

    Raises `NotHere` for a link that no longer works, and `Refused` where nothing was said.
    """
    with action("systems.state_as_vendor", organisation=organisation, by=by, at=at) as act:
        act.may(SPEAK_AS_VENDOR)
        fresh = act.lock(VendorLink, link.pk)
        if not fresh.works_at(act.at):
            raise NotHere("link_unknown", _("This link leads nowhere any more."))
        _check_said(kind, text=text, claim=claim)
        _refuse_flood(fresh)
        return act.create(
            VendorStatement(
                organisation=organisation,
                link=fresh,
                system_id=fresh.system_id,
                claim_id=claim.pk if claim is not None else None,
                claim_quote=claim.quote if claim is not None else "",
                kind=kind,
                text=text.strip(),
                stated_at=act.at,
            )
        )


def _check_said(kind: str, *, text: str, claim: Claim | None) -> None:
    kinds = VendorStatement.Kind
    if kind not in kinds.values:
        raise Refused("kind_unknown", _("Say whether you confirm or correct it."), where="kind")
    if (claim is None) is not (kind == kinds.ADDS):
        raise Refused("claim_missing", _("Choose the claim that you speak of."), where="kind")
    if kind != kinds.CONFIRMS and not text.strip():
        raise Refused("text_missing", _("Write what is right in your view."), where="text")


def _refuse_flood(link: VendorLink) -> None:
    if VendorStatement.objects.of(link.organisation_id).filter(link=link).count() >= MOST_SAID:
        raise Conflict(
            "link_full",
            _("This link has taken all it can. Ask whoever sent it for a new one."),
            where="text",
        )
