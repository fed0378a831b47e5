from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Room

ROOM = Room(
    name="systems",
    title=_("Uses of AI"),
    may_use=("organisations", "record", "people", "practices", "workplaces"),
    doc="reference/rooms.md",
)
