"""Ending a vendor's link. It is made on a page only, since it is a secret shown once."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from commonweal_web.house.api_routes import ApiRequest, deciding
from commonweal_web.systems import actions
from commonweal_web.systems.api.routes import router
from commonweal_web.systems.queries.vendor_links import vendor_link_of


class VendorLinkFacts(Schema):
    """A link to a vendor, without its secret."""

    id: UUID
    system_id: UUID
    vendor_id: UUID
    expires_on: date
    revoked_at: datetime | None = Field(description="When it was ended; null: it was not.")


@router.route("POST /vendor-links/{uuid:link_id}/end", VendorLinkFacts)
def end_vendor_link(request: ApiRequest, *, link_id: UUID) -> object:
    """End a vendor's link at once. What the vendor said through it stays."""
    link = vendor_link_of(request.organisation, pk=link_id)
    return actions.end_vendor_link(**deciding(request), link=link)
