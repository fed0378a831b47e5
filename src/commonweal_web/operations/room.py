from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Operation, Room
from commonweal_web.operations.backup_findings import backup_findings
from commonweal_web.operations.permissions import PERMISSIONS
from commonweal_web.operations.queries import deletion_waiting, sample_findings
from commonweal_web.operations.setup import setup_steps

_TWO_PEOPLE = "Two people decide it on pages, one after the other; no program does."

ROOM = Room(
    name="operations",
    title=_("Operations"),
    may_use=(
        "organisations",
        "record",
        "people",
        "practices",
        "evidence",
        "notices",
        "languages",
        "workplaces",
        "systems",
        "job_impact",
        "mitigations",
        "disclosure",
    ),
    permissions=PERMISSIONS,
    setup_steps=(setup_steps,),
    waiting=(deletion_waiting,),
    checks=(sample_findings, backup_findings),
    operations=(
        Operation(
            "accept_older_backup",
            cli="restore",
            except_because="A backup is restored while no server runs, by whoever has a shell.",
        ),
        Operation(
            "note_export",
            cli="export organisation",
            except_because="It follows the file, which is written on the server.",
        ),
        *(
            Operation(name, page=f"desk:operations:{page}", except_because=_TWO_PEOPLE)
            for name, page in (
                ("ask_deletion", "ending"),
                ("agree_to_deletion", "agree_to_deletion"),
                ("withdraw_deletion", "withdraw_deletion"),
            )
        ),
        Operation(
            "begin_deletion",
            cli="delete-organisation",
            except_because="It ends the pages too; whoever runs the server carries it out.",
        ),
    ),
    doc="how-to/try-the-sample.md",
)
