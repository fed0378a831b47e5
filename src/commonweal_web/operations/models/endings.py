"""Exports of a whole organisation, and the decision of two people to delete it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned

WAIT = timedelta(days=30)
"""How long everybody has between the second name and the deletion."""


class OrganisationExport(Owned):
    """That everything kept of the organisation was written into a file."""

    written_at = models.DateTimeField(verbose_name=_("written"))
    manifest_sha256 = models.CharField(max_length=64, verbose_name=_("hash of its manifest"))

    class Meta:
        ordering = ("-written_at", "id")
        verbose_name = _("export of everything")
        verbose_name_plural = _("exports of everything")

    def __str__(self) -> str:
        return self.manifest_sha256[:12]


class Deletion(Owned):
    """The wish to delete everything kept of the organisation: asked, agreed to, waited for."""

    reason = models.TextField(max_length=2000, verbose_name=_("reason"))
    asked_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(verbose_name=_("asked"))
    agreed_by = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("agreed to by"),
    )
    agreed_at = models.DateTimeField(null=True, blank=True, verbose_name=_("agreed"))
    not_before = models.DateField(null=True, blank=True, verbose_name=_("not before"))
    withdrawn_at = models.DateTimeField(null=True, blank=True, verbose_name=_("withdrawn"))
    begun_at = models.DateTimeField(null=True, blank=True, verbose_name=_("carried out"))

    class Meta:
        ordering = ("-asked_at", "id")
        verbose_name = _("deletion of everything")
        verbose_name_plural = _("deletions of everything")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation",),
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_deletion_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"deletion asked on {self.asked_at:%Y-%m-%d}"

    def may_begin(self, day: date) -> bool:
        """Whether two people want it and everybody had the waiting time."""
        return self.not_before is not None and self.not_before <= day
