"""The rights of the systems room."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission

DESK = (
    "use_owner",
    "people_lead",
    "executive",
    "worker_representative",
    "registrar",
    "expert",
    "head_of_oversight",
)
STAFF = (*DESK, "case_handler", "appeal_handler", "administrator")
WORKERS_SIDE = ("worker", "worker_representative", "registrar")
SEE_DESK = Permission("systems.see_desk", _("See what waits at one’s own desk"), STAFF)
SEE_USES = Permission("systems.see_uses", _("See the uses of AI and their whole file"), DESK)
SEE_OWN_USES = Permission(
    "systems.see_own_uses", _("See the uses of AI that touch one’s own work"), WORKERS_SIDE
)
REGISTER_USE = Permission(
    "systems.register_use", _("Register a use of AI"), ("use_owner", "people_lead", "operator")
)
DESCRIBE_USE = Permission(
    "systems.describe_use", _("Describe a use of AI"), ("use_owner", "people_lead")
)
APPOINT_OWNER = Permission(
    "systems.appoint_owner", _("Say who answers for a use"), ("people_lead",)
)
REPORT_INCIDENT = Permission(
    "systems.report_incident",
    _("Report an incident"),
    ("use_owner", "people_lead", "worker_representative", "expert", "worker"),
)
FOLLOW_UP_INCIDENT = Permission(
    "systems.follow_up_incident",
    _("Say what was done about an incident"),
    ("use_owner", "people_lead"),
)
SIGN_GATE = Permission(
    "systems.sign_gate",
    _("Let a use pass a gate"),
    ("use_owner", "people_lead", "executive", "worker_representative"),
)
OVERRIDE_GATE = Permission(
    "systems.override_gate", _("Override missing evidence at a gate"), ("executive",)
)
STOP_USE = Permission(
    "systems.stop_use",
    _("Stop or retire a use"),
    ("use_owner", "people_lead", "executive"),
)
RECORD_VOTE = Permission(
    "systems.record_vote",
    _("Enter the result of a vote held on paper"),
    ("registrar", "worker_representative"),
)
IMPORT_USES = Permission(
    "systems.import_uses", _("Bring in a register of uses"), ("people_lead", "operator")
)
EXPORT_USES = Permission(
    "systems.export_uses",
    _("Take the register of uses away"),
    ("people_lead", "use_owner", "executive", "worker_representative", "operator"),
)
ASK_VENDOR = Permission(
    "systems.ask_vendor",
    _("Ask a vendor by a link, and end the link"),
    ("use_owner", "people_lead", "worker_representative"),
)
SPEAK_AS_VENDOR = Permission(
    "systems.speak_as_vendor", _("Say what is right about one’s own product"), ("vendor",)
)

PERMISSIONS = (
    SEE_DESK,
    SEE_USES,
    SEE_OWN_USES,
    REGISTER_USE,
    DESCRIBE_USE,
    APPOINT_OWNER,
    REPORT_INCIDENT,
    FOLLOW_UP_INCIDENT,
    SIGN_GATE,
    OVERRIDE_GATE,
    STOP_USE,
    RECORD_VOTE,
    IMPORT_USES,
    EXPORT_USES,
    ASK_VENDOR,
    SPEAK_AS_VENDOR,
)
