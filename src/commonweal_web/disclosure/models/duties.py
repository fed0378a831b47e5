"""Duties to disclose as they came into being, and since when a fact behind them is known."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned


class DutyMet(Owned):
    """That a present risk of a use met a threshold: since when, why, and when it was disclosed.

    While the duty stands, `since` moves to an earlier day only. It ends when no threshold is met
    any more; a duty that returns is a new row.
    """

    use = models.ForeignKey(
        "systems.Use", on_delete=models.PROTECT, related_name="+", verbose_name=_("use")
    )
    risk = models.CharField(max_length=60, verbose_name=_("risk"))
    title = models.CharField(max_length=500, verbose_name=_("what the risk is"))
    reasons = models.JSONField(default=list, blank=True, verbose_name=_("thresholds met"))
    commitment = models.PositiveIntegerField(verbose_name=_("version of the commitment"))
    since = models.DateField(verbose_name=_("must be disclosed since"))
    noted_at = models.DateTimeField(verbose_name=_("noted"))
    disclosed_on = models.DateField(null=True, blank=True, verbose_name=_("disclosed on"))
    ended_on = models.DateField(null=True, blank=True, verbose_name=_("no longer met since"))

    class Meta:
        ordering = ("since", "noted_at", "id")
        verbose_name = _("duty to disclose")
        constraints = [
            models.UniqueConstraint(
                fields=("use", "risk"),
                condition=models.Q(ended_on__isnull=True),
                name="one_standing_duty_per_risk",
            )
        ]
        indexes = [
            models.Index(fields=("organisation", "ended_on", "use"), name="duties_standing")
        ]

    def __str__(self) -> str:
        return f"{self.title} since {self.since}"


class KnownSince(Owned):
    """The day on which a vendor’s claim, or an expected return, became known here."""

    use = models.ForeignKey(
        "systems.Use", on_delete=models.PROTECT, related_name="+", verbose_name=_("use")
    )
    fact = models.CharField(max_length=60, verbose_name=_("fact"))
    value = models.CharField(max_length=40, blank=True, verbose_name=_("value"))
    since = models.DateField(verbose_name=_("known since"))

    class Meta:
        ordering = ("since", "id")
        constraints = [
            models.UniqueConstraint(fields=("use", "fact"), name="one_first_day_per_fact")
        ]

    def __str__(self) -> str:
        return f"{self.fact} since {self.since}"
