from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import NavigationEntry, Operation, Room
from commonweal_web.languages.permissions import PERMISSIONS

ROOM = Room(
    name="languages",
    title=_("Languages"),
    may_use=("organisations", "record", "people", "notices", "workplaces", "systems"),
    navigation=(
        NavigationEntry("desk", _("Languages"), "desk:languages:texts", 75, "languages.see_texts"),
    ),
    permissions=PERMISSIONS,
    operations=(
        Operation(
            "translate_text",
            page="desk:languages:translate",
            except_because="a translation is written by a side, beside its original",
        ),
    ),
    doc="how-to/write-in-several-languages.md",
)
