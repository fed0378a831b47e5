"""The writes of the people room."""

from commonweal_web.people.actions.accounts import (
    add_account,
    change_language,
    change_password,
    close_account,
    closing_permission,
)
from commonweal_web.people.actions.answers import claim_request, forget_answers, keep_answer
from commonweal_web.people.actions.appointments import (
    appoint,
    confirm_appointment,
    end_appointment,
)
from commonweal_web.people.actions.roster import change_details, end_access, give_access_again
from commonweal_web.people.actions.sign_in import (
    connect_work_account,
    disconnect_work_account,
    forget_erased,
    forget_sign_in,
    forget_who_left,
)
from commonweal_web.people.actions.tokens import NewToken, make_token, revoke_token

__all__ = [
    "NewToken",
    "add_account",
    "appoint",
    "change_details",
    "change_language",
    "change_password",
    "claim_request",
    "close_account",
    "closing_permission",
    "confirm_appointment",
    "connect_work_account",
    "disconnect_work_account",
    "end_access",
    "end_appointment",
    "forget_answers",
    "forget_erased",
    "forget_sign_in",
    "forget_who_left",
    "give_access_again",
    "keep_answer",
    "make_token",
    "revoke_token",
]
