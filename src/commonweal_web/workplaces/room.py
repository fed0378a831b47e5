from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Room

ROOM = Room(
    name="workplaces",
    title=_("Workplaces"),
    practices=("RPU2", "RPU6"),
    may_use=("organisations", "record", "people"),
    doc="reference/rooms.md",
)
