"""The rights of the people room."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission
from commonweal_web.people.roles import WITH_DEPUTY

SEE_PEOPLE = Permission(
    "people.see_people",
    _("See who holds which role"),
    ("people_lead", "administrator", "worker_representative", "registrar", "executive"),
)
ADD_ACCOUNT = Permission(
    "people.add_account",
    _("Add a person"),
    ("people_lead", "operator", "worker_representative"),
)
APPOINT_MANAGEMENT = Permission(
    "people.appoint_management",
    _("Appoint somebody on management’s side"),
    ("people_lead", "operator"),
)
APPOINT_WORKER_SIDE = Permission(
    "people.appoint_worker_side",
    _("Name a representative or registrar"),
    ("worker_representative", "registrar"),
)
APPOINT_INDEPENDENT = Permission(
    "people.appoint_independent",
    _("Propose or confirm a handler, or appoint an expert"),
    ("people_lead", "worker_representative"),
)
CHANGE_OWN_ACCOUNT = Permission(
    "people.change_own_account",
    _("Change one’s own name, language or password"),
    (
        "worker",
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
    ),
)
NAME_DEPUTY = Permission(
    "people.name_deputy",
    _("Name a deputy for one’s own role, and say when one is away"),
    WITH_DEPUTY,
)
SEE_VOICES = Permission(
    "people.see_voices",
    _("See who speaks for workers, and how they were named"),
    ("worker", "worker_representative", "registrar"),
)
CLOSE_ACCOUNT = Permission(
    "people.close_account",
    _("Close a person’s account"),
    ("people_lead", "operator"),
)
MAKE_TOKEN = Permission(
    "people.make_token",
    _("Make an API token for oneself"),
    ("people_lead", "use_owner", "worker_representative", "administrator", "expert"),
)
PRINT_SHEETS = Permission(
    "people.print_sheets",
    _("Print sheets of sign-in codes"),
    ("registrar", "people_lead"),
)
SEE_LINKS = Permission(
    "people.see_links",
    _("See every link that lets somebody outside in"),
    ("people_lead", "worker_representative"),
)

PERMISSIONS = (
    SEE_PEOPLE,
    ADD_ACCOUNT,
    APPOINT_MANAGEMENT,
    APPOINT_WORKER_SIDE,
    APPOINT_INDEPENDENT,
    CHANGE_OWN_ACCOUNT,
    NAME_DEPUTY,
    SEE_VOICES,
    CLOSE_ACCOUNT,
    MAKE_TOKEN,
    PRINT_SHEETS,
    SEE_LINKS,
)
