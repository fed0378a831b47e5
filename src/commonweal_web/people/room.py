from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Room, Unrecorded
from commonweal_web.people.permissions import PERMISSIONS

_SIGN_IN = "who is signed in, and by which second step, is nobody’s decision and is not history"

ROOM = Room(
    name="people",
    title=_("People"),
    may_use=("organisations", "record"),
    permissions=PERMISSIONS,
    unrecorded=(
        Unrecorded("django_session", _SIGN_IN),
        Unrecorded("account_emailaddress", "kept by the sign-in library; never filled by us"),
        Unrecorded("mfa_authenticator", _SIGN_IN),
        Unrecorded("socialaccount_socialaccount", _SIGN_IN),
        Unrecorded("socialaccount_socialtoken", _SIGN_IN),
        Unrecorded("django_content_type", "a list of tables that the framework keeps"),
        Unrecorded("auth_permission", "kept by the framework; rights come from the rooms"),
        Unrecorded("django_migrations", "which migrations ran"),
        Unrecorded("django_tasks_db_dbtaskresult", "work waiting to be done, deleted when done"),
    ),
    doc="reference/roles.md",
)
