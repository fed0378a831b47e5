"""The rights of the practices room."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission

SEE_PRACTICES = Permission(
    "practices.see_practices",
    _("See the map of practices"),
    (
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

PERMISSIONS = (SEE_PRACTICES,)
