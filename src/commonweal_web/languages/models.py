"""A text that somebody typed, in another language."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned


class Translation(Owned):
    """One field of one row in one language; the original stays where it was typed.

    `of_sha256` is the hash of the original that was translated: when the original changes, the
    translation is out of date by itself.
    """

    class Side(models.TextChoices):
        """Whose words they are, and who gave them in this language."""

        WORKERS = "workers", _("Workers")
        MANAGEMENT = "management", _("Management")

    subject = models.CharField(max_length=150, verbose_name=_("what it is about"))
    field = models.CharField(max_length=60, verbose_name=_("which text of it"))
    language = models.CharField(max_length=10, verbose_name=_("language"))
    text = models.TextField(max_length=10_000, verbose_name=_("the text in that language"))
    of_sha256 = models.CharField(max_length=64, verbose_name=_("hash of the original"))
    is_machine_made = models.BooleanField(
        default=False, verbose_name=_("made by a machine, and nobody has checked it")
    )
    side = models.CharField(max_length=20, choices=Side.choices, verbose_name=_("translated by"))
    translated_at = models.DateTimeField(verbose_name=_("when"))

    class Meta:
        ordering = ("subject", "field", "language")
        verbose_name = _("translation")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "subject", "field", "language"),
                name="one_translation_per_text_and_language",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
