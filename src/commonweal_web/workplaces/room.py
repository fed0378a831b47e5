from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Room
from commonweal_web.workplaces.permissions import PERMISSIONS

ROOM = Room(
    name="workplaces",
    title=_("Workplaces"),
    practices=("RPU2", "RPU6"),
    may_use=("organisations", "record", "people"),
    permissions=PERMISSIONS,
    doc="reference/rooms.md",
)
