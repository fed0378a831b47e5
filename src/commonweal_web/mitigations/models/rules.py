"""An organisation's own versions of the severity rules, each as the text it was given."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.mitigations.models.words import Side
from commonweal_web.organisations.models import Owned


class RuleFile(Owned):
    """One version. It counts from when management and the workers' side have both signed it."""

    version = models.CharField(max_length=40, verbose_name=_("version"))
    text = models.TextField(max_length=100_000, verbose_name=_("the rules, as TOML"))
    reason = models.TextField(max_length=1000, verbose_name=_("why they change"))
    proposed_at = models.DateTimeField(verbose_name=_("proposed"))
    in_force_since = models.DateTimeField(null=True, blank=True, verbose_name=_("in force since"))

    class Meta:
        ordering = ("-proposed_at", "id")
        verbose_name = _("version of the severity rules")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "version"), name="one_rule_file_per_version"
            )
        ]

    def __str__(self) -> str:
        return self.version


class RuleSignature(Owned):
    """That a side agrees to a version of the rules."""

    rules = models.ForeignKey(RuleFile, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=20, choices=Side.choices, verbose_name=_("side"))
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(verbose_name=_("signed"))

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(fields=("rules", "side"), name="one_rule_signature_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.side} agrees"
