from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Room

ROOM = Room(
    name="organisations",
    title=_("Organisations"),
    doc="reference/rooms.md",
)
