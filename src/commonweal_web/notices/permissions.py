"""The rights of the notices room."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission
from commonweal_web.people.roles import ROLES

BE_TOLD = Permission(
    "notices.be_told",
    _("Be told what is new, and choose how"),
    tuple(role.name for role in ROLES),
)
PERMISSIONS = (BE_TOLD,)
