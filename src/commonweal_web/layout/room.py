from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Room

ROOM = Room(
    name="layout",
    title=_("Layout"),
    may_use=("organisations",),  # its public pages say whose they are
)
