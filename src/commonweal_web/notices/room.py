from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import NoticeKind, Room, Unrecorded
from commonweal_web.notices.actions import (
    forget_old_mail,
    forget_told,
    forget_who_is_gone,
    remind,
    send_mail,
    tell_people,
)
from commonweal_web.notices.permissions import PERMISSIONS
from commonweal_web.notices.queries import mail_measures
from commonweal_web.notices.queries.setup import setup_steps
from commonweal_web.people.events import PeopleToTell
from commonweal_web.record.events import SubjectErased

_TOLD = "who was told of what, and who opened it, is nobody's decision and would show who is slow"

ROOM = Room(
    name="notices",
    title=_("Notices"),
    may_use=("organisations", "record", "people"),
    permissions=PERMISSIONS,
    setup_steps=(setup_steps,),
    notice_kinds=(
        NoticeKind("notices.due_soon", _("a day comes near")),
        NoticeKind("notices.overdue", _("a day has passed")),
    ),
    ticks=(remind, send_mail, forget_old_mail, forget_who_is_gone),
    reacts_to={PeopleToTell: tell_people, SubjectErased: forget_told},
    measures=(mail_measures,),
    unrecorded=(
        Unrecorded("notices_notice", _TOLD),
        Unrecorded("notices_mail", "mail on its way; delivery is nobody's decision"),
        Unrecorded("notices_preference", "how somebody wants to be told concerns them alone"),
        Unrecorded("notices_feed", "a calendar address somebody made for themselves"),
        Unrecorded("notices_reminded", "digests, so that a reminder is given once"),
        Unrecorded("notices_reminderround", "how far the day's reminders have come"),
    ),
    doc="how-to/get-told.md",
)
