"""Stopping and retiring a use."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from commonweal_web.house.api_routes import ApiRequest, Ended, deciding
from commonweal_web.systems import actions
from commonweal_web.systems.api.routes import USE, router, the_use
from commonweal_web.systems.api.shapes import UseFacts


class Stopping(Ended):
    """Why, and by which day it will have stopped."""

    stopping_on: date = Field(description="Today or a later day.")


@router.route(f"POST {USE}/stop", UseFacts)
def stop_use(request: ApiRequest, *, use_id: UUID, stopping: Stopping) -> object:
    """Begin to stop a use, with the day by which it will have stopped."""
    use = the_use(request, use_id)
    actions.stop_use(**deciding(request), use=use, **stopping.model_dump())
    return the_use(request, use_id)


@router.route(f"POST {USE}/stopped", UseFacts)
def finish_stopping(request: ApiRequest, *, use_id: UUID) -> object:
    """Say that a use has stopped."""
    actions.finish_stopping(**deciding(request), use=the_use(request, use_id))
    return the_use(request, use_id)


@router.route(f"POST {USE}/retire", UseFacts)
def retire_use(request: ApiRequest, *, use_id: UUID, ended: Ended) -> object:
    """Retire a use at once; its file and its promises stay."""
    actions.retire_use(**deciding(request), use=the_use(request, use_id), reason=ended.reason)
    return the_use(request, use_id)
