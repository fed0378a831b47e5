from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import NavigationEntry, Operation, Room, Unrecorded
from commonweal_web.record.actions import sign_where_grown
from commonweal_web.record.permissions import PERMISSIONS
from commonweal_web.record.queries import unanswered_erasures
from commonweal_web.record.setup import setup_steps
from commonweal_web.record.watching import record_findings, record_measures

TWO_PEOPLE = "Two people decide it, signed in; the server's command names them both."

ROOM = Room(
    name="record",
    title=_("Record"),
    may_use=("organisations",),
    navigation=(
        NavigationEntry("desk", _("Record"), "desk:record:check", 90, "record.read_record"),
    ),
    permissions=PERMISSIONS,
    setup_steps=(setup_steps,),
    api="commonweal_web.record.api:router",
    ticks=(sign_where_grown,),
    checks=(record_findings,),
    blocks_deletion=(unanswered_erasures,),
    measures=(record_measures,),
    operations=(
        Operation(
            "sign_checkpoint",
            page="desk:record:sign",
            cli="record checkpoint",
            except_because="Witnesses read the signed checkpoint from its public address.",
        ),
        Operation(
            "replace_key",
            cli="record replace-key",
            except_because="The key is a file on the server; who may touch it has a shell there.",
        ),
        Operation(
            "add_witness",
            page="desk:record:add_witness",
            cli="record add-witness",
            except_because="A witness is named once, by a person.",
        ),
        Operation(
            "take_cosignature",
            page="desk:record:take_cosignature",
            cli="record cosignature",
            except_because="A witness hands over a file; it has no account here.",
        ),
        Operation("request_erasure", page="desk:record:erase", except_because=TWO_PEOPLE),
        Operation("approve_erasure", page="desk:record:erasures", except_because=TWO_PEOPLE),
        Operation("decline_erasure", page="desk:record:erasures", except_because=TWO_PEOPLE),
        Operation("erase_subject", cli="record erase", except_because=TWO_PEOPLE),
    ),
    unrecorded=(
        Unrecorded("record_loghead", "the log itself, checked by verify"),
        Unrecorded("record_logleaf", "the log itself, checked by verify"),
        Unrecorded("record_lognode", "the log itself, checked by verify"),
        Unrecorded("record_opening", "the log itself, checked by verify"),
    ),
    doc="reference/record.md",
)
