"""Where nothing helps: change the use or stop it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.mitigations.models.risks import Risk
from commonweal_web.mitigations.models.words import Outcome, Weight
from commonweal_web.organisations.models import Owned


class ChangeOrStop(Owned):
    """A decision that opened because nothing helps; workers see it open and decided."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="decisions")
    opened_on = models.DateField(verbose_name=_("opened"))
    because = models.TextField(verbose_name=_("why it opened"))
    weight = models.CharField(
        max_length=40, choices=Weight.choices, verbose_name=_("how heavily it weighs")
    )
    vulnerable = models.JSONField(
        default=list, blank=True, verbose_name=_("vulnerable groups that are hit")
    )
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, blank=True, verbose_name=_("decision")
    )
    reason = models.TextField(blank=True, max_length=2000, verbose_name=_("why"))
    decision = models.CharField(
        max_length=300, blank=True, verbose_name=_("where it is written down")
    )
    decided_by = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True, verbose_name=_("decided on"))
    ended_on = models.DateField(null=True, blank=True, verbose_name=_("no longer counts since"))
    ended_because = models.TextField(blank=True, verbose_name=_("no longer counts because"))

    class Meta:
        ordering = ("opened_on", "id")

    def __str__(self) -> str:
        return self.outcome or "open"

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be decided."""
        return self.decided_on is None and self.ended_on is None

    @property
    def counts(self) -> bool:
        """Whether it was decided and still answers the risk."""
        return self.decided_on is not None and self.ended_on is None
