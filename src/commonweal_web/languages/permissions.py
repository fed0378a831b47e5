"""The rights of the languages room: each side gives its own words in another language."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission

SEE_TEXTS = Permission(
    "languages.see_texts",
    _("See which texts are not yet in every language"),
    ("people_lead", "use_owner", "worker_representative", "registrar"),
)
TRANSLATE_FOR_MANAGEMENT = Permission(
    "languages.translate_for_management",
    _("Give what management wrote in another language"),
    ("people_lead",),
)
TRANSLATE_FOR_WORKERS = Permission(
    "languages.translate_for_workers",
    _("Give what the workers’ side wrote in another language"),
    ("worker_representative",),
)

PERMISSIONS = (SEE_TEXTS, TRANSLATE_FOR_MANAGEMENT, TRANSLATE_FOR_WORKERS)
