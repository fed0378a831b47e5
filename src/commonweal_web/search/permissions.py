"""The rights of the search. What is found is decided by the rights of each room."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission

SEARCH_DESK = Permission(
    "search.search_desk",
    _("Search what one’s desk may see"),
    (
        "use_owner",
        "people_lead",
        "executive",
        "worker_representative",
        "registrar",
        "expert",
        "head_of_oversight",
        "case_handler",
        "appeal_handler",
        "administrator",
    ),
)
SEARCH_OWN = Permission(
    "search.search_own",
    _("Search what touches one’s own work"),
    ("worker", "worker_representative", "registrar"),
)

PERMISSIONS = (SEARCH_DESK, SEARCH_OWN)
