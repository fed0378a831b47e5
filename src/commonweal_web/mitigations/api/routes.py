"""The router that the routes of this room are declared on, and the words they share."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from commonweal_web.house.api_routes import ApiRequest, Given, RoomRouter, Schema
from commonweal_web.mitigations.models import Risk
from commonweal_web.mitigations.queries import risk_of

router = RoomRouter("mitigations")
RISK = "/risks/{uuid:risk_id}"
HarmName = Literal["money", "surveillance", "pace", "autonomy", "discrimination", "health"]
ClassName = Literal["low", "medium", "high", "critical"]


class Facets(Schema):
    """The three facets of severity, each 0 to 5 or null while nobody has judged it.

    They stand beside each other and are never multiplied or averaged.
    """

    scale: int | None = Field(None, ge=0, le=5, description="How bad for one person.")
    scope: int | None = Field(None, ge=0, le=5, description="For how many people.")
    irremediability: int | None = Field(None, ge=0, le=5, description="How hard to undo.")


class ReasonsOfFacets(Given):
    """Why, facet by facet."""

    scale: str = Field("", max_length=1000)
    scope: str = Field("", max_length=1000)
    irremediability: str = Field("", max_length=1000)


class Why(Given):
    """Why."""

    reason: str = Field(max_length=2000)


def the_risk(request: ApiRequest, risk_id: UUID) -> Risk:
    """The risk of this organisation with this id. Raises `NotHere`."""
    return risk_of(request.organisation, pk=risk_id)
