from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Room, Unrecorded
from commonweal_web.notices.actions import forget_old_mail, send_mail, tell_people
from commonweal_web.notices.permissions import PERMISSIONS
from commonweal_web.people.events import PeopleToTell

_TOLD = "who was told of what, and who opened it, is nobody's decision and would show who is slow"

ROOM = Room(
    name="notices",
    title=_("Notices"),
    may_use=("organisations", "record", "people"),
    permissions=PERMISSIONS,
    ticks=(send_mail, forget_old_mail),
    reacts_to={PeopleToTell: tell_people},
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
