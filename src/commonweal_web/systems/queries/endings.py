"""What is told before a use ends: what stays, and which promises remain open."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from commonweal_web.house.declaration import Text
from commonweal_web.house.rooms import rooms
from commonweal_web.house.texts import day_text
from commonweal_web.systems.models import (
    AffectedGroup,
    Choice,
    Claim,
    ImportedRow,
    Incident,
    StageChange,
    Use,
)

COUNTED = (
    (
        StageChange,
        ngettext_lazy("%(count)s stage it entered", "%(count)s stages it entered", "count"),
    ),
    (AffectedGroup, ngettext_lazy("%(count)s group it touches", "%(count)s groups", "count")),
    (Choice, ngettext_lazy("%(count)s choice", "%(count)s choices", "count")),
    (Claim, ngettext_lazy("%(count)s claim", "%(count)s claims of vendors", "count")),
    (Incident, ngettext_lazy("%(count)s incident", "%(count)s incidents", "count")),
    (ImportedRow, ngettext_lazy("%(count)s register row", "%(count)s register rows", "count")),
)


def kept_after(use: Use, *, at: datetime) -> list[str]:
    """What stays in the file of a use that ended, in words."""
    found = [_("Its description, classification and declared facts")]
    for model, words in COUNTED:
        count = model.objects.of(use.organisation_id).filter(use=use).count()
        if count:
            found.append(str(words % {"count": count}))
    return [*found, _("Every step on the record, with its proof")]


def promises_open(use: Use, *, at: datetime) -> list[Text]:
    """What was promised about a use and is not done yet, as the rooms that keep promises know."""
    found: list[Text] = list(_incidents_open(use))
    for room in rooms():
        for promised in room.promises:
            found.extend(promised(use, at=at))
    return found


def _incidents_open(use: Use) -> list[str]:
    rows = Incident.objects.of(use.organisation_id).filter(use=use, closed_on__isnull=True)
    return [
        _("An incident of %(day)s is not closed.") % {"day": day_text(day)}
        for day in rows.values_list("occurred_on", flat=True)[:100]
    ]
