"""The writes of the workplaces room."""

from commonweal_web.workplaces.actions.bodies import (
    USUAL_DAYS,
    NewInvitation,
    accept_invitation,
    add_representation,
    change_representation,
    invite_representative,
    refuse_closed,
    refuse_management,
    withdraw_invitation,
)
from commonweal_web.workplaces.actions.groups import (
    add_group,
    add_member,
    change_group,
    end_membership,
    mark_vulnerable,
    unmark_vulnerable,
)
from commonweal_web.workplaces.actions.organisation import (
    FirstLead,
    change_organisation,
    create_organisation,
    state_year,
)
from commonweal_web.workplaces.actions.roster import (
    RosterChange,
    RosterRefused,
    apply_roster_change,
    end_access_of_leavers,
    import_roster,
)
from commonweal_web.workplaces.actions.sheets import SheetOfLine, print_sheets
from commonweal_web.workplaces.actions.sites import MONDAY_TO_FRIDAY, add_site, change_site

__all__ = [
    "MONDAY_TO_FRIDAY",
    "USUAL_DAYS",
    "FirstLead",
    "NewInvitation",
    "RosterChange",
    "RosterRefused",
    "SheetOfLine",
    "accept_invitation",
    "add_group",
    "add_member",
    "add_representation",
    "add_site",
    "apply_roster_change",
    "change_group",
    "change_organisation",
    "change_representation",
    "change_site",
    "create_organisation",
    "end_access_of_leavers",
    "end_membership",
    "import_roster",
    "invite_representative",
    "mark_vulnerable",
    "print_sheets",
    "refuse_closed",
    "refuse_management",
    "state_year",
    "unmark_vulnerable",
    "withdraw_invitation",
]
