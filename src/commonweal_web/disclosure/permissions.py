"""The rights of the disclosure room."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission

SEE_DISCLOSURE = Permission(
    "disclosure.see_disclosure",
    _("See what must be disclosed, and why"),
    (
        "use_owner",
        "people_lead",
        "executive",
        "worker_representative",
        "registrar",
        "expert",
        "head_of_oversight",
    ),
)
ADOPT_COMMITMENT = Permission(
    "disclosure.adopt_commitment", _("Write the public commitment"), ("people_lead",)
)
SIGN_COMMITMENT = Permission(
    "disclosure.sign_commitment",
    _("Sign or decline a commitment that becomes looser"),
    ("worker_representative", "registrar"),
)
CONSULT_PARTY = Permission(
    "disclosure.consult_party",
    _("Note whom the organisation asked outside"),
    ("people_lead", "worker_representative"),
)
PUBLISH = Permission("disclosure.publish", _("Publish a page for the public"), ("people_lead",))
FOLLOW_DUTIES = Permission(
    "disclosure.follow_duties", _("Keep track of what must be disclosed"), ("operator",)
)

PERMISSIONS = (
    SEE_DISCLOSURE,
    ADOPT_COMMITMENT,
    SIGN_COMMITMENT,
    CONSULT_PARTY,
    PUBLISH,
    FOLLOW_DUTIES,
)
