"""The rights of the workplaces room."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission

_STAFF = (
    "worker_representative",
    "registrar",
    "use_owner",
    "people_lead",
    "executive",
    "case_handler",
    "appeal_handler",
    "expert",
    "head_of_oversight",
    "administrator",
)
SEE_WORKPLACES = Permission(
    "workplaces.see_workplaces", _("See sites, groups and who speaks for workers"), _STAFF
)
CREATE_ORGANISATION = Permission(
    "workplaces.create_organisation", _("Begin a new organisation"), ("operator",)
)
CHANGE_ORGANISATION = Permission(
    "workplaces.change_organisation",
    _("Change the facts of the organisation"),
    ("people_lead", "administrator", "operator"),
)
STATE_YEAR = Permission(
    "workplaces.state_year",
    _("State what the organisation spent and earned in a year"),
    ("people_lead", "executive", "operator"),
)
CHANGE_WORKPLACES = Permission(
    "workplaces.change_workplaces",
    _("Add and change sites and worker groups"),
    ("people_lead", "operator"),
)
MARK_VULNERABLE = Permission(
    "workplaces.mark_vulnerable",
    _("Mark a worker group as especially vulnerable"),
    ("worker_representative", "registrar", "people_lead", "expert"),
)
ADD_REPRESENTATION = Permission(
    "workplaces.add_representation",
    _("Write down which body speaks for workers"),
    ("worker_representative", "registrar", "people_lead", "operator"),
)
INVITE_REPRESENTATIVE = Permission(
    "workplaces.invite_representative",
    _("Ask a body to name its person"),
    ("people_lead", "worker_representative"),
)
KEEP_MEMBERS = Permission(
    "workplaces.keep_members",
    _("Say who belongs to a worker group"),
    ("people_lead", "worker_representative", "registrar", "operator"),
)
SEE_ROSTER = Permission(
    "workplaces.see_roster",
    _("See who is on the roster"),
    ("people_lead", "worker_representative", "registrar"),
)
CHANGE_ROSTER = Permission(
    "workplaces.change_roster",
    _("Bring in a roster, or change a line of it"),
    ("people_lead", "operator"),
)

PERMISSIONS = (
    SEE_WORKPLACES,
    CREATE_ORGANISATION,
    CHANGE_ORGANISATION,
    STATE_YEAR,
    CHANGE_WORKPLACES,
    MARK_VULNERABLE,
    ADD_REPRESENTATION,
    INVITE_REPRESENTATIVE,
    KEEP_MEMBERS,
    SEE_ROSTER,
    CHANGE_ROSTER,
)
