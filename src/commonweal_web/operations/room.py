from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Operation, Room
from commonweal_web.operations.permissions import PERMISSIONS

ROOM = Room(
    name="operations",
    title=_("Operations"),
    may_use=(
        "organisations",
        "record",
        "people",
        "practices",
        "workplaces",
        "systems",
        "job_impact",
        "mitigations",
        "disclosure",
    ),
    permissions=PERMISSIONS,
    operations=(
        Operation(
            "accept_older_backup",
            cli="restore",
            except_because="A backup is restored while no server runs, by whoever has a shell.",
        ),
    ),
    doc="how-to/try-the-sample.md",
)
