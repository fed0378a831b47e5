"""The router that the routes of this room are declared on, and the use that most are about."""

from __future__ import annotations

from uuid import UUID

from commonweal_web.house.api_routes import ApiRequest, RoomRouter
from commonweal_web.systems.models import Use
from commonweal_web.systems.queries import use_of

router = RoomRouter("systems")
USE = "/uses/{uuid:use_id}"


def the_use(request: ApiRequest, use_id: UUID) -> Use:
    """The use of this organisation with this id. Raises `NotHere`."""
    return use_of(request.organisation, pk=use_id)
