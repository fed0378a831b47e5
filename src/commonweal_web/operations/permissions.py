"""The rights of whoever runs the installation."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission

ACCEPT_OLDER_BACKUP = Permission(
    "operations.accept_older_backup",
    _("Go on from a backup older than the record"),
    ("operator",),
)

NOTE_EXPORT = Permission(
    "operations.note_export", _("Take everything kept of the organisation away"), ("operator",)
)
SEE_ENDING = Permission(
    "operations.see_ending",
    _("See whether everything is going to be deleted"),
    ("people_lead", "executive", "worker_representative", "registrar"),
)
ASK_DELETION = Permission(
    "operations.ask_deletion",
    _("Ask to delete everything kept of the organisation, or take that back"),
    ("people_lead", "executive"),
)
AGREE_TO_DELETION = Permission(
    "operations.agree_to_deletion",
    _("Agree, as the second person, to delete everything"),
    ("executive",),
)
DELETE_ORGANISATION = Permission(
    "operations.delete_organisation",
    _("Delete an organisation after two people agreed and everybody had time"),
    ("operator",),
)

PERMISSIONS = (
    ACCEPT_OLDER_BACKUP,
    NOTE_EXPORT,
    SEE_ENDING,
    ASK_DELETION,
    AGREE_TO_DELETION,
    DELETE_ORGANISATION,
)
