"""Where each action of this room can be reached from."""

from commonweal_web.house.declaration import Operation

FOLLOWS = "a step the house takes by itself when the assessment or the use changes"
COMMAND = "a command speaks for the server’s operator, who has no say about risks"


def _both(action: str, *, page: str, api: str) -> Operation:
    return Operation(action, page=page, api=api, except_because=COMMAND)


OPERATIONS = (
    _both("open_risk", page="desk:mitigations:new", api="POST /uses/{use_id}/risks"),
    Operation("follow_present", except_because=FOLLOWS),
    Operation("follow_no_longer_present", except_because=FOLLOWS),
    Operation("follow_groups", except_because=FOLLOWS),
    _both("close_risk", page="desk:mitigations:close", api="POST /risks/{risk_id}/close"),
    _both("judge_severity", page="desk:mitigations:judge", api="POST /risks/{risk_id}/judgements"),
    _both(
        "judge_likelihood",
        page="desk:mitigations:likelihood",
        api="POST /risks/{risk_id}/likelihoods",
    ),
    _both(
        "change_class",
        page="desk:mitigations:change_class",
        api="POST /risks/{risk_id}/class-changes",
    ),
    _both(
        "sign_class_change",
        page="desk:mitigations:sign_class",
        api="POST /class-changes/{change_id}/sign",
    ),
    _both("comment_on_risk", page="my:mitigations:comment", api="POST /risks/{risk_id}/comments"),
    _both(
        "propose_mitigation",
        page="my:mitigations:propose",
        api="POST /risks/{risk_id}/mitigations",
    ),
    _both(
        "accept_mitigation",
        page="desk:mitigations:accept",
        api="POST /mitigations/{mitigation_id}/accept",
    ),
    _both(
        "refuse_mitigation",
        page="desk:mitigations:refuse",
        api="POST /mitigations/{mitigation_id}/refuse",
    ),
    _both(
        "assign_owner_and_due",
        page="desk:mitigations:assign",
        api="POST /mitigations/{mitigation_id}/assign",
    ),
    _both(
        "carry_out",
        page="desk:mitigations:carried_out",
        api="POST /mitigations/{mitigation_id}/carry-out",
    ),
    _both(
        "check_effect",
        page="desk:mitigations:check",
        api="POST /mitigations/{mitigation_id}/checks",
    ),
    _both(
        "withdraw_mitigation",
        page="desk:mitigations:withdraw",
        api="POST /mitigations/{mitigation_id}/withdraw",
    ),
    _both(
        "say_nothing_helps",
        page="desk:mitigations:nothing_helps",
        api="POST /risks/{risk_id}/nothing-helps",
    ),
    _both(
        "decide_change_or_stop",
        page="desk:mitigations:decide",
        api="POST /change-or-stop/{decision_id}/decide",
    ),
    _both("adopt_severity_rules", page="desk:mitigations:new_rules", api="POST /severity-rules"),
    _both(
        "sign_severity_rules",
        page="desk:mitigations:sign_rules",
        api="POST /severity-rules/{rules_id}/sign",
    ),
)
