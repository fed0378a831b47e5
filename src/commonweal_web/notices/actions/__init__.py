"""The writes of this room. None is on the record: see the declaration for why."""

from commonweal_web.notices.actions.delivering import forget_old_mail, send_mail
from commonweal_web.notices.actions.telling import tell, tell_people

__all__ = ["forget_old_mail", "send_mail", "tell", "tell_people"]
