"""What must be disclosed, since when, and why."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.disclosure import queries
from commonweal_web.disclosure.api.routes import router
from commonweal_web.disclosure.permissions import SEE_DISCLOSURE
from commonweal_web.disclosure.queries import Undisclosed
from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import ApiRequest, Schema


class DutyFacts(Schema):
    """That a present risk of a use met a threshold."""

    id: UUID
    use_id: UUID
    title: str = Field(description="What the risk is.")
    reasons: list[dict[str, Any]] = Field(description="The thresholds that are met.")
    commitment: int = Field(description="By which version of the commitment.")
    since: date
    disclosed_on: date | None


class UndisclosedUse(Schema):
    """A use that met a threshold and is not yet disclosed."""

    use_id: UUID
    since: date
    days: int = Field(description="Threshold met, undisclosed for this many days.")
    titles: list[str]


@router.route("GET /duties", PageOf[DutyFacts], right=SEE_DISCLOSURE)
def duties(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The duties that stand, earliest first."""
    return page_of_known(request, queries.standing_duties(request.organisation), paging=paging)


@router.route("GET /undisclosed", PageOf[UndisclosedUse], right=SEE_DISCLOSURE)
def undisclosed(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The uses with an undisclosed duty, longest first."""
    found = queries.undisclosed_uses(request.organisation, on=request.now.date())
    return page_of_known(request, found, paging=paging, shape=_undisclosed)


def _undisclosed(row: Undisclosed) -> dict[str, object]:
    return {
        "use_id": row.use.pk,
        "since": row.since,
        "days": row.days,
        "titles": [str(each) for each in row.titles],
    }
