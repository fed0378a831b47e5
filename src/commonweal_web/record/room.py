from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Room, Unrecorded
from commonweal_web.record.permissions import PERMISSIONS

ROOM = Room(
    name="record",
    title=_("Record"),
    may_use=("organisations",),
    permissions=PERMISSIONS,
    unrecorded=(
        Unrecorded("record_loghead", "the log itself, checked by verify"),
        Unrecorded("record_logleaf", "the log itself, checked by verify"),
        Unrecorded("record_lognode", "the log itself, checked by verify"),
        Unrecorded("record_opening", "the log itself, checked by verify"),
    ),
    doc="reference/record.md",
)
