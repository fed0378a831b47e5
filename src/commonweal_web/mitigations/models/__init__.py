"""Risks, how grave people judge them, what is done about them, and who accepted that."""

from commonweal_web.mitigations.models.answers import (
    Acceptance,
    EffectCheck,
    Mitigation,
    MitigationGroup,
)
from commonweal_web.mitigations.models.decisions import ChangeOrStop
from commonweal_web.mitigations.models.judgements import (
    ClassChange,
    ClassSignOff,
    Judgement,
    LikelihoodView,
)
from commonweal_web.mitigations.models.risks import Comment, Risk, RiskGroup, StandingPresent
from commonweal_web.mitigations.models.rules import RuleFile, RuleSignature

__all__ = [
    "Acceptance",
    "ChangeOrStop",
    "ClassChange",
    "ClassSignOff",
    "Comment",
    "EffectCheck",
    "Judgement",
    "LikelihoodView",
    "Mitigation",
    "MitigationGroup",
    "Risk",
    "RiskGroup",
    "RuleFile",
    "RuleSignature",
    "StandingPresent",
]
