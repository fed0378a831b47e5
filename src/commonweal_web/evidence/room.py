from django.utils.translation import gettext_lazy as _

from commonweal_web.evidence.actions import remove_old_files, remove_unknown_files
from commonweal_web.evidence.actions.withdrawing import forget_files
from commonweal_web.evidence.panels import use_panel
from commonweal_web.evidence.permissions import PERMISSIONS
from commonweal_web.evidence.queries import for_export, public_pieces
from commonweal_web.house.declaration import Operation, Room

NO_COMMAND = "a command speaks for the server’s operator, not for a side"

ROOM = Room(
    name="evidence",
    title=_("Evidence"),
    may_use=("organisations", "record", "people"),
    permissions=PERMISSIONS,
    api="commonweal_web.evidence.api:router",
    use_panels=(use_panel,),
    public_facts=(public_pieces,),
    exports=(for_export,),
    forgets=(forget_files,),
    ticks=(remove_old_files, remove_unknown_files),
    operations=(
        *(
            Operation(name, page="desk:evidence:attach", api=api, except_because=NO_COMMAND)
            for name, api in (
                ("attach_file", "POST /evidence/files"),
                ("attach_link", "POST /evidence/links"),
                ("attach_note", "POST /evidence/notes"),
            )
        ),
        Operation(
            "withdraw",
            page="desk:evidence:withdraw",
            api="POST /evidence/{evidence_id}/withdraw",
            except_because=NO_COMMAND,
        ),
        Operation(
            "remove_file",
            cli="tick",
            except_because="time alone deletes the file of what was taken back",
        ),
    ),
    doc="how-to/keep-evidence.md",
)
