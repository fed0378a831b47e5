"""Whose a vendor's link is, what it shows, and what vendors said."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.people.links import link_digest
from commonweal_web.house.declaration import LinkMade
from commonweal_web.house.refusals import NotHere
from commonweal_web.house.rooms import permissions_of_role
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor, RoleGrant
from commonweal_web.systems.models import AiSystem, Claim, VendorLink, VendorStatement

ROLE = "vendor"


def vendor_link_by_secret(organisation: Organisation, *, secret: str, at: datetime) -> VendorLink:
    """The link with this secret, while it works.

    Raises `NotHere`, in the same words whether it ran out, was ended, or never was.
    """
    rows = VendorLink.objects.of(organisation).select_related("vendor", "system", "organisation")
    found: VendorLink | None = rows.filter(digest=link_digest(secret)).first()
    if found is None or not found.works_at(at):
        raise NotHere(
            "link_unknown",
            _("This link leads nowhere any more. Ask whoever sent it for a new one."),
        )
    return found


def vendor_actor(link: VendorLink) -> Actor:
    """A vendor as an actor: the one right of its role, and nobody's account."""
    grant = RoleGrant(ROLE, "outside", permissions_of_role(ROLE))
    return Actor(organisation_id=link.organisation_id, grants=(grant,))


def vendor_link_of(organisation: Organisation, *, pk: UUID | str) -> VendorLink:
    """One link to a vendor. Raises `NotHere`."""
    rows = VendorLink.objects.of(organisation).select_related("vendor", "system")
    found: VendorLink | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", f"There is no such link {pk} here.")
    return found


def links_of_system(system: AiSystem, *, limit: int = 100) -> list[VendorLink]:
    """The links made for the vendor of a system, latest first."""
    rows = VendorLink.objects.of(system.organisation_id).filter(system=system)
    return list(rows.select_related("vendor")[:limit])


def claims_about(system: AiSystem, *, limit: int = 200) -> list[Claim]:
    """What was claimed for a system in any of its uses, each wording and source once."""
    rows = Claim.objects.of(system.organisation_id).filter(use__system=system)
    once = {(each.quote, each.source): each for each in rows.order_by("source", "id")[:limit]}
    return list(once.values())


def statements_about(system: AiSystem, *, limit: int = 200) -> list[VendorStatement]:
    """What the vendor said of a system, latest first."""
    rows = VendorStatement.objects.of(system.organisation_id).filter(system=system)
    return list(rows.select_related("link__vendor")[:limit])


def links_to_vendors(organisation: Organisation, *, at: datetime, limit: int) -> list[LinkMade]:
    """The links that vendors were sent, latest first, for the list of all links."""
    rows = VendorLink.objects.of(organisation).select_related("vendor", "system")
    return [_as_link(each, at=at) for each in rows[:limit]]


def _as_link(link: VendorLink, *, at: datetime) -> LinkMade:
    state: Literal["open", "ended", "expired"] = "open"
    if not link.works_at(at):
        state = "ended" if link.revoked_at is not None else "expired"
    end = reverse("desk:systems:end_vendor_link", kwargs={"pk": link.system_id, "link": link.pk})
    return LinkMade(
        purpose=_("To answer what is kept about “%(system)s”") % {"system": link.system.name},
        whom=link.vendor.name,
        made_on=link.made_at.date(),
        valid_until=link.expires_on,
        state=state,
        ends_by=end if state == "open" else "",
    )
