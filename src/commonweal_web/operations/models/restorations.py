"""That a record goes on from an older backup."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned


class Restoration(Owned):
    """That the record goes on from a backup that is older than what was signed already.

    `size` is where the backup stood, `known_size` the largest size that was signed or witnessed:
    the steps between them are lost here, and whoever kept a later signed text can show it.
    """

    made_at = models.DateTimeField(verbose_name=_("backup made"))
    size = models.BigIntegerField(verbose_name=_("steps in the backup"))
    known_size = models.BigIntegerField(verbose_name=_("steps signed before"))
    reason = models.TextField(verbose_name=_("reason"))
    restored_at = models.DateTimeField(verbose_name=_("restored"))

    class Meta:
        ordering = ("-restored_at", "id")

    def __str__(self) -> str:
        return f"restored at {self.size}"
