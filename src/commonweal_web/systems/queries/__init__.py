"""Reads of uses: lists, one use, its gate, and which uses to look at first."""

from commonweal_web.systems.queries.attention import AttentionPage, attention_page, facts_of
from commonweal_web.systems.queries.exports import exported
from commonweal_web.systems.queries.gates import (
    GateView,
    decide,
    gate_of,
    gate_view,
    override_open,
    requirements_of,
    ungated_gaps,
)
from commonweal_web.systems.queries.uses import (
    affected_groups_of,
    choices_of,
    claims_of,
    incident_of,
    incidents_of,
    sites_of_use,
    stage_changes_of,
    systems_of,
    use_of,
    uses_of,
    uses_page,
    uses_touching,
    vendors_of,
)

__all__ = [
    "AttentionPage",
    "GateView",
    "affected_groups_of",
    "attention_page",
    "choices_of",
    "claims_of",
    "decide",
    "exported",
    "facts_of",
    "gate_of",
    "gate_view",
    "incident_of",
    "incidents_of",
    "override_open",
    "requirements_of",
    "sites_of_use",
    "stage_changes_of",
    "systems_of",
    "ungated_gaps",
    "use_of",
    "uses_of",
    "uses_page",
    "uses_touching",
    "vendors_of",
]
