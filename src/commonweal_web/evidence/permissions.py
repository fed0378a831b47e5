"""The rights of the evidence room. Beside them, what it is about must be open to the reader."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission

_DESK = (
    "use_owner",
    "people_lead",
    "executive",
    "worker_representative",
    "registrar",
    "expert",
    "head_of_oversight",
)
SEE_EVIDENCE = Permission("evidence.see_evidence", _("See what is attached to a file"), _DESK)
SEE_OWN_EVIDENCE = Permission(
    "evidence.see_own_evidence",
    _("See what is attached to what touches one’s own work"),
    ("worker", "worker_representative", "registrar"),
)
ATTACH = Permission("evidence.attach", _("Attach a file, a link or a note"), ("worker", *_DESK))
CLEAN_UP = Permission(
    "evidence.clean_up", _("Delete files that were taken back long ago"), ("operator",)
)

PERMISSIONS = (SEE_EVIDENCE, SEE_OWN_EVIDENCE, ATTACH, CLEAN_UP)
