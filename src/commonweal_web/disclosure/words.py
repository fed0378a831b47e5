"""Words of stored codes: the stages of a use, and how far an answer has come."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Text

STAGES: dict[str, Text] = {
    "identified": _("Identified"),
    "selecting": _("Selecting"),
    "procuring": _("Procuring"),
    "piloting": _("Piloting"),
    "in_use": _("In use"),
    "retired": _("Retired"),
    "stopping": _("Stopping"),
    "stopped": _("Stopped"),
}
STATES: dict[str, Text] = {
    "accepted": _("accepted, not yet carried out"),
    "carried_out": _("carried out, effect not yet checked"),
    "effective": _("checked: it works"),
    "not_effective": _("checked: it does not work"),
}
NO_ANSWER: Text = _("no accepted answer yet")
STATE_KINDS = {"effective": "met", "not_effective": "gap", "": "gap"}
"""Which frame a state has; every other is plain."""
