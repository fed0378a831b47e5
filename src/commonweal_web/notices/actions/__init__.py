"""The writes of this room. None is on the record: the declaration says why."""

from commonweal_web.notices.actions.choosing import (
    choose_how,
    clear_notice,
    clear_notices,
    end_feed,
    forget_account,
    forget_told,
    forget_who_is_gone,
    make_feed,
)
from commonweal_web.notices.actions.delivering import LEASE, deliver, forget_old_mail, send_mail
from commonweal_web.notices.actions.reminding import remind, remind_group
from commonweal_web.notices.actions.telling import tell, tell_people

__all__ = [
    "LEASE",
    "choose_how",
    "clear_notice",
    "clear_notices",
    "deliver",
    "end_feed",
    "forget_account",
    "forget_old_mail",
    "forget_told",
    "forget_who_is_gone",
    "make_feed",
    "remind",
    "remind_group",
    "send_mail",
    "tell",
    "tell_people",
]
