"""Reads of risks, their answers, and what they ask of a use."""

from commonweal_web.mitigations.queries.as_domain import risk_value, with_everything
from commonweal_web.mitigations.queries.disclosure import (
    DisclosedAnswer,
    DisclosedGroup,
    RiskForDisclosure,
    risks_for_disclosure,
)
from commonweal_web.mitigations.queries.risks import (
    class_change_of,
    comments_of,
    decision_of,
    groups_of_risk,
    judgements_of,
    likelihoods_of,
    mitigation_of,
    present_risks_of,
    presents_of,
    queue,
    queue_page,
    risk_of,
)
from commonweal_web.mitigations.queries.rules import (
    RulesInForce,
    rule_file_of,
    rule_files_of,
    rules_in_force,
    rules_of,
    shipped_text,
)
from commonweal_web.mitigations.queries.states import gaps_of, mitigation_tag, state_tag
from commonweal_web.mitigations.queries.voices import (
    author_mark,
    representatives_of,
    risks_touching,
    speakers,
    touches,
)

__all__ = [
    "DisclosedAnswer",
    "DisclosedGroup",
    "RiskForDisclosure",
    "RulesInForce",
    "author_mark",
    "class_change_of",
    "comments_of",
    "decision_of",
    "gaps_of",
    "groups_of_risk",
    "judgements_of",
    "likelihoods_of",
    "mitigation_of",
    "mitigation_tag",
    "present_risks_of",
    "presents_of",
    "queue",
    "queue_page",
    "representatives_of",
    "risk_of",
    "risk_value",
    "risks_for_disclosure",
    "risks_touching",
    "rule_file_of",
    "rule_files_of",
    "rules_in_force",
    "rules_of",
    "shipped_text",
    "speakers",
    "state_tag",
    "touches",
    "with_everything",
]
