"""The writes of the people room."""

from commonweal_web.people.actions.accounts import (
    add_account,
    change_language,
    change_password,
    close_account,
    closing_permission,
    set_own_password,
)
from commonweal_web.people.actions.answers import claim_request, forget_answers, keep_answer
from commonweal_web.people.actions.appointments import (
    appoint,
    confirm_appointment,
    end_appointment,
)
from commonweal_web.people.actions.deputies import name_deputy, note_absence, note_return
from commonweal_web.people.actions.enrolling import NewWorker, enrol_workers
from commonweal_web.people.actions.entering import count_wrong_try, forget_tries, spend_code
from commonweal_web.people.actions.own_address import change_address
from commonweal_web.people.actions.roster import change_details, end_access, give_access_again
from commonweal_web.people.actions.sheets import (
    MOST_AT_ONCE,
    NewSheet,
    cancel_sheet,
    issue_sheets,
)
from commonweal_web.people.actions.sign_in import (
    connect_work_account,
    disconnect_work_account,
    end_sessions,
    forget_erased,
    forget_sign_in,
    forget_who_left,
)
from commonweal_web.people.actions.tokens import NewToken, make_token, revoke_token

__all__ = [
    "MOST_AT_ONCE",
    "NewSheet",
    "NewToken",
    "NewWorker",
    "add_account",
    "appoint",
    "cancel_sheet",
    "change_address",
    "change_details",
    "change_language",
    "change_password",
    "claim_request",
    "close_account",
    "closing_permission",
    "confirm_appointment",
    "connect_work_account",
    "count_wrong_try",
    "disconnect_work_account",
    "end_access",
    "end_appointment",
    "end_sessions",
    "enrol_workers",
    "forget_answers",
    "forget_erased",
    "forget_sign_in",
    "forget_tries",
    "forget_who_left",
    "give_access_again",
    "issue_sheets",
    "keep_answer",
    "make_token",
    "name_deputy",
    "note_absence",
    "note_return",
    "revoke_token",
    "set_own_password",
    "spend_code",
]
