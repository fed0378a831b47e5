"""Writes about risks: how they come and go, how grave they are, and what is done about them."""

from commonweal_web.mitigations.actions.answering import (
    accept_mitigation,
    assign_owner_and_due,
    carry_out,
    check_effect,
    propose_mitigation,
    refuse_mitigation,
    withdraw_mitigation,
)
from commonweal_web.mitigations.actions.deciding import decide_change_or_stop, say_nothing_helps
from commonweal_web.mitigations.actions.judging import (
    change_class,
    judge_likelihood,
    judge_severity,
    sign_class_change,
)
from commonweal_web.mitigations.actions.opening import (
    close_risk,
    follow_groups,
    follow_no_longer_present,
    follow_present,
    open_risk,
)
from commonweal_web.mitigations.actions.rules import adopt_severity_rules, sign_severity_rules
from commonweal_web.mitigations.actions.talking import comment_on_risk

__all__ = [
    "accept_mitigation",
    "adopt_severity_rules",
    "assign_owner_and_due",
    "carry_out",
    "change_class",
    "check_effect",
    "close_risk",
    "comment_on_risk",
    "decide_change_or_stop",
    "follow_groups",
    "follow_no_longer_present",
    "follow_present",
    "judge_likelihood",
    "judge_severity",
    "open_risk",
    "propose_mitigation",
    "refuse_mitigation",
    "say_nothing_helps",
    "sign_class_change",
    "sign_severity_rules",
    "withdraw_mitigation",
]
