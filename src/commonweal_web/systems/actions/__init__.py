"""Writes about uses: registering and describing them, what is declared, and their gates."""

from commonweal_web.systems.actions.declarations import (
    add_alternative,
    add_choice,
    choose_alternative,
    close_incident,
    follow_up_incident,
    remove_claim,
    report_incident,
    state_claim,
    uphold_incident,
)
from commonweal_web.systems.actions.endings import (
    finish_stopping,
    retire_use,
    stop_use,
)
from commonweal_web.systems.actions.gates import (
    agree_override,
    ask_override,
    sign_gate,
    withdraw_override,
    withdraw_signature,
)
from commonweal_web.systems.actions.registers import import_register
from commonweal_web.systems.actions.uses import (
    appoint_owner,
    classify_use,
    declare_facts,
    describe_use,
    register_use,
    set_review_day,
    state_money,
    touch_group,
    touch_outsiders,
    untouch,
    use_at_site,
)
from commonweal_web.systems.actions.votes import enter_paper_vote
from commonweal_web.systems.queries.register_plan import ImportResult, RegisterFile

__all__ = [
    "ImportResult",
    "RegisterFile",
    "add_alternative",
    "add_choice",
    "agree_override",
    "appoint_owner",
    "ask_override",
    "choose_alternative",
    "classify_use",
    "close_incident",
    "declare_facts",
    "describe_use",
    "enter_paper_vote",
    "finish_stopping",
    "follow_up_incident",
    "import_register",
    "register_use",
    "remove_claim",
    "report_incident",
    "retire_use",
    "set_review_day",
    "sign_gate",
    "state_claim",
    "state_money",
    "stop_use",
    "touch_group",
    "touch_outsiders",
    "untouch",
    "uphold_incident",
    "use_at_site",
    "withdraw_override",
    "withdraw_signature",
]
