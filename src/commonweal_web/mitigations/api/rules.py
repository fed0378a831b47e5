"""The severity rules: an editable file in versions, signed by both sides."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import CREATED, ApiRequest, Given, Schema, deciding
from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.api.routes import router
from commonweal_web.mitigations.permissions import SEE_RISKS


class RuleFileFacts(Schema):
    """One version of an organisation’s own severity rules."""

    id: UUID
    version: str
    text: str = Field(description="The rules, as TOML.")
    reason: str
    proposed_at: datetime
    in_force_since: datetime | None = Field(description="Null: waits for a signature.")


class NewRules(Given):
    """A version of the rules, and why they change."""

    text: str = Field(max_length=100_000)
    reason: str = Field(max_length=1000)


@router.route("GET /severity-rules", PageOf[RuleFileFacts], right=SEE_RISKS)
def severity_rules(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The organisation’s own versions, latest first."""
    return page_of_known(request, queries.rule_files_of(request.organisation), paging=paging)


@router.route("POST /severity-rules", RuleFileFacts, status=CREATED)
def adopt_severity_rules(request: ApiRequest, *, rules: NewRules) -> object:
    """Propose a version; it counts once management and the workers’ side have both signed."""
    return actions.adopt_severity_rules(**deciding(request), **rules.model_dump())


@router.route("POST /severity-rules/{uuid:rules_id}/sign", RuleFileFacts)
def sign_severity_rules(request: ApiRequest, *, rules_id: UUID) -> object:
    """Agree to a version, for one’s side."""
    found = queries.rule_file_of(request.organisation, pk=rules_id)
    return actions.sign_severity_rules(**deciding(request), file=found)
