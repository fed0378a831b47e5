"""The rights of the record."""

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
READ_RECORD = Permission(
    "record.read_record", _("Read the record and check it"), ("worker", *_STAFF)
)
READ_HISTORY = Permission("record.read_history", _("Read who did what to one thing"), _STAFF)
ADD_WITNESS = Permission(
    "record.add_witness",
    _("Name a witness of the record"),
    ("worker_representative", "registrar", "people_lead", "operator"),
)
SIGN_CHECKPOINT = Permission(
    "record.sign_checkpoint",
    _("Sign the record as it stands"),
    ("worker_representative", "people_lead", "administrator", "operator"),
)
ASK_TO_ERASE = Permission(
    "record.ask_to_erase",
    _("Ask that a person’s data is erased"),
    ("people_lead", "administrator", "worker_representative"),
)
ERASE_PERSON = Permission(
    "record.erase_person",
    _("Approve that a person’s data is erased"),
    ("people_lead", "administrator", "operator"),
)
ERASE_WORKER = Permission(
    "record.erase_worker",
    _("Approve that a worker’s data is erased"),
    ("worker_representative",),
)

PERMISSIONS = (
    READ_RECORD,
    READ_HISTORY,
    ADD_WITNESS,
    SIGN_CHECKPOINT,
    ASK_TO_ERASE,
    ERASE_PERSON,
    ERASE_WORKER,
)
