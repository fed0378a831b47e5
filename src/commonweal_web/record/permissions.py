"""The rights of the record."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission

EVERYONE = (
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
)
READ_RECORD = Permission("record.read_record", _("Read the record and check it"), EVERYONE)
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
ERASE_PERSON = Permission(
    "record.erase_person",
    _("Erase a person’s data"),
    ("people_lead", "administrator", "operator"),
)

PERMISSIONS = (READ_RECORD, ADD_WITNESS, SIGN_CHECKPOINT, ERASE_PERSON)
