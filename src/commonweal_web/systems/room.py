from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Room
from commonweal_web.systems.permissions import PERMISSIONS
from commonweal_web.systems.queries.requirements import GATE_REQUIREMENTS

ROOM = Room(
    name="systems",
    title=_("Uses of AI"),
    practices=("RPU9", "RPU11"),
    may_use=("organisations", "record", "people", "practices", "workplaces"),
    permissions=PERMISSIONS,
    gate_requirements=GATE_REQUIREMENTS,
    doc="how-to/bring-in-your-uses.md",
)
