from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import NavigationEntry, Operation, Room
from commonweal_web.workplaces.actions import end_access_of_leavers
from commonweal_web.workplaces.permissions import PERMISSIONS
from commonweal_web.workplaces.queries.links import links_to_bodies
from commonweal_web.workplaces.queries.setup import setup_steps
from commonweal_web.workplaces.uploads import ROSTERS, forget_old_rosters

ROOM = Room(
    name="workplaces",
    title=_("Workplaces"),
    practices=("RPU2", "RPU6"),
    may_use=("organisations", "record", "people", "notices"),
    navigation=(
        NavigationEntry(
            "desk",
            _("Workplaces"),
            "desk:workplaces:organisation",
            60,
            "workplaces.see_workplaces",
        ),
    ),
    permissions=PERMISSIONS,
    setup_steps=(setup_steps,),
    ticks=(end_access_of_leavers, forget_old_rosters),
    forgets=(ROSTERS.forget_of,),
    links=(links_to_bodies,),
    api="commonweal_web.workplaces.api:router",
    operations=(
        Operation(
            "create_organisation",
            cli="init",
            except_because="an organisation is begun on the server, by whoever runs it",
        ),
        Operation(
            "change_organisation",
            page="desk:workplaces:change_organisation",
            api="PATCH /organisation",
            except_because="a command speaks for the server’s operator, not for the employer",
        ),
        Operation(
            "state_year",
            page="desk:workplaces:state_year",
            api="PUT /organisation/years/{year}",
            except_because="a command speaks for the server’s operator, not for the employer",
        ),
        *(
            Operation(
                name,
                page=f"desk:workplaces:{page}",
                api=api,
                except_because="a command speaks for the server’s operator, not for a side",
            )
            for name, page, api in (
                ("add_site", "new_site", "POST /sites"),
                ("change_site", "change_site", "PATCH /sites/{site_id}"),
                ("add_group", "new_group", "POST /groups"),
                ("change_group", "change_group", "PATCH /groups/{group_id}"),
                ("mark_vulnerable", "vulnerable", "POST /groups/{group_id}/vulnerable"),
                ("unmark_vulnerable", "vulnerable", "DELETE /groups/{group_id}/vulnerable"),
                ("add_member", "new_member", "POST /groups/{group_id}/members"),
                ("end_membership", "end_membership", "POST /members/{membership_id}/end"),
                ("add_representation", "new_body", "POST /representations"),
                (
                    "change_representation",
                    "change_body",
                    "PATCH /representations/{representation_id}",
                ),
                (
                    "invite_representative",
                    "invite",
                    "POST /representations/{representation_id}/invitations",
                ),
                (
                    "withdraw_invitation",
                    "withdraw_invitation",
                    "POST /invitations/{invitation_id}/withdraw",
                ),
            )
        ),
        Operation(
            "import_roster",
            page="desk:workplaces:preview_roster",
            api="POST /roster/imports",
            cli="import people",
        ),
        Operation(
            "apply_roster_change",
            page="desk:workplaces:new_line",
            api="PUT /roster/people",
            except_because="a command brings in a whole file; one person is a file of one row",
        ),
        Operation(
            "print_sheets",
            page="desk:workplaces:sheets",
            except_because="codes are for the eyes of whoever prints them, never for a program",
        ),
        Operation(
            "accept_invitation",
            page="public:workplaces:accept_invitation",
            except_because="a body names its person by the link it holds, and by nothing else",
        ),
    ),
    doc="reference/rooms.md",
)
