"""Writes about uses: registering and describing them, what is declared, and their gates."""

from commonweal_web.systems.actions.bulk import (
    MOST_USES,
    BulkPreview,
    Change,
    Outcome,
    change_many,
    preview_change,
)
from commonweal_web.systems.actions.copies import copy_use
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
from commonweal_web.systems.actions.packs import ask_pack, finish_pack, path_of
from commonweal_web.systems.actions.registers import import_register
from commonweal_web.systems.actions.saved_views import (
    forget_view,
    open_with,
    save_view,
    set_steps_aside,
)
from commonweal_web.systems.actions.standings import bring_up_to_date, counted
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
from commonweal_web.systems.actions.vendor_links import (
    ask_vendor,
    end_vendor_link,
    state_as_vendor,
)
from commonweal_web.systems.actions.votes import enter_paper_vote
from commonweal_web.systems.queries.register_plan import ImportResult, RegisterFile

__all__ = [
    "MOST_USES",
    "BulkPreview",
    "Change",
    "ImportResult",
    "Outcome",
    "RegisterFile",
    "add_alternative",
    "add_choice",
    "agree_override",
    "appoint_owner",
    "ask_override",
    "ask_pack",
    "ask_vendor",
    "bring_up_to_date",
    "change_many",
    "choose_alternative",
    "classify_use",
    "close_incident",
    "copy_use",
    "counted",
    "declare_facts",
    "describe_use",
    "end_vendor_link",
    "enter_paper_vote",
    "finish_pack",
    "finish_stopping",
    "follow_up_incident",
    "forget_view",
    "import_register",
    "open_with",
    "path_of",
    "preview_change",
    "register_use",
    "remove_claim",
    "report_incident",
    "retire_use",
    "save_view",
    "set_review_day",
    "set_steps_aside",
    "sign_gate",
    "state_as_vendor",
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
