"""The router that the routes of this room are declared on, and the rows that most are about."""

from __future__ import annotations

from uuid import UUID

from commonweal_web.house.api_routes import ApiRequest, RoomRouter
from commonweal_web.job_impact.models import Assessment
from commonweal_web.job_impact.queries import assessment_of

router = RoomRouter("job_impact")
RUN = "/assessments/{uuid:assessment_id}"


def the_run(request: ApiRequest, assessment_id: UUID) -> Assessment:
    """The run of this organisation with this id. Raises `NotHere`."""
    return assessment_of(request.organisation, pk=assessment_id)
