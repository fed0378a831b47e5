from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Room, Unrecorded
from commonweal_web.record.events import RowsWritten
from commonweal_web.search.actions import follow_rows
from commonweal_web.search.permissions import PERMISSIONS
from commonweal_web.search.queries import index_findings

WHY = "derived from recorded rows; `search rebuild` makes it anew"

ROOM = Room(
    name="search",
    title=_("Search"),
    may_use=(
        "organisations",
        "record",
        "people",
        "practices",
        "workplaces",
        "systems",
        "job_impact",
        "mitigations",
    ),
    permissions=PERMISSIONS,
    api="commonweal_web.search.api:router",
    reacts_to={RowsWritten: follow_rows},
    checks=(index_findings,),
    unrecorded=(Unrecorded("search_entry", WHY), Unrecorded("search_words", WHY)),
    doc="how-to/find-something.md",
)
