"""Where a use stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a use stands. The rules are in `commonweal.systems.stages`."""

    IDENTIFIED = "identified", _("Identified")
    SELECTING = "selecting", _("Selecting")
    PROCURING = "procuring", _("Procuring")
    PILOTING = "piloting", _("Piloting")
    IN_USE = "in_use", _("In use")
    RETIRED = "retired", _("Retired")
    STOPPING = "stopping", _("Stopping")
    STOPPED = "stopped", _("Stopped")
