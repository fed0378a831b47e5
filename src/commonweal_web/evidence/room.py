from django.utils.translation import gettext_lazy as _

from commonweal_web.evidence.permissions import PERMISSIONS
from commonweal_web.house.declaration import Room

ROOM = Room(
    name="evidence",
    title=_("Evidence"),
    may_use=("organisations", "record", "people"),
    permissions=PERMISSIONS,
    doc="how-to/keep-evidence.md",
)
