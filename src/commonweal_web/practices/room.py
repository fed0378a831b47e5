from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Room

ROOM = Room(
    name="practices",
    title=_("Practices"),
    may_use=("organisations", "record"),
    api="commonweal_web.practices.api:router",
    doc="reference/practices.md",
)
