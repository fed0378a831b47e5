"""The rights of whoever runs the installation."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission

ACCEPT_OLDER_BACKUP = Permission(
    "operations.accept_older_backup",
    _("Go on from a backup older than the record"),
    ("operator",),
)

PERMISSIONS = (ACCEPT_OLDER_BACKUP,)
