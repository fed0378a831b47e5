from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Room

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
    doc="how-to/try-the-sample.md",
)
