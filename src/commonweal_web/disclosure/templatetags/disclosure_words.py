"""Values of a stored page as people read them."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Text

register = template.Library()

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


@register.filter
def as_day(text: str) -> date:
    """The day that a payload keeps as text."""
    return date.fromisoformat(text)


@register.filter
def stage_in_words(stage: str) -> Text:
    """A stage of a use as people call it."""
    return STAGES.get(stage, stage)
