"""Links by which vendors see what is kept about their product, and what they say to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned
from commonweal_web.systems.models.uses import AiSystem, Vendor

if TYPE_CHECKING:
    from datetime import datetime


class VendorLink(Owned):
    """A link that opens one page about one system to its vendor, until a day."""

    vendor = models.ForeignKey(
        Vendor, on_delete=models.PROTECT, related_name="links", verbose_name=_("vendor")
    )
    system = models.ForeignKey(
        AiSystem, on_delete=models.PROTECT, related_name="vendor_links", verbose_name=_("system")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by_side = models.CharField(max_length=20, verbose_name=_("made by (side)"))
    made_at = models.DateTimeField(verbose_name=_("made"))
    expires_on = models.DateField(verbose_name=_("link works until"))
    revoked_at = models.DateTimeField(null=True, blank=True, verbose_name=_("link ended"))

    class Meta:
        ordering = ("-made_at", "id")

    def __str__(self) -> str:
        return f"link for {self.vendor_id}"

    def works_at(self, at: datetime) -> bool:
        """Whether it still opens its page."""
        return self.revoked_at is None and at.date() <= self.expires_on


class VendorStatement(Owned):
    """What a vendor says to a claim, or about its system: its own words, beside ours.

    The words of the claim are kept with it, since a claim may be taken off later.
    """

    class Kind(models.TextChoices):
        CONFIRMS = "confirms", _("confirms it")
        CORRECTS = "corrects", _("corrects it")
        ADDS = "adds", _("adds")

    link = models.ForeignKey(VendorLink, on_delete=models.PROTECT, related_name="statements")
    system = models.ForeignKey(
        AiSystem, on_delete=models.PROTECT, related_name="vendor_statements"
    )
    claim_id = models.UUIDField(null=True, blank=True, verbose_name=_("claim"))
    claim_quote = models.TextField(blank=True, verbose_name=_("the claim, word for word"))
    kind = models.CharField(max_length=10, choices=Kind.choices, verbose_name=_("what it does"))
    text = models.TextField(blank=True, max_length=5000, verbose_name=_("the vendor’s words"))
    stated_at = models.DateTimeField(verbose_name=_("stated"))

    class Meta:
        ordering = ("-stated_at", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.text[:60]}"
