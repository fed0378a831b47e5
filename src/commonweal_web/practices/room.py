from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import NavigationEntry, Room
from commonweal_web.practices.permissions import PERMISSIONS
from commonweal_web.practices.searching import SEARCH

ROOM = Room(
    name="practices",
    title=_("Practices"),
    may_use=("organisations", "record"),
    navigation=(
        NavigationEntry(
            "desk", _("Practices"), "desk:practices:practices", 20, "practices.see_practices"
        ),
    ),
    permissions=PERMISSIONS,
    search=SEARCH,
    api="commonweal_web.practices.api:router",
    doc="reference/practices.md",
)
