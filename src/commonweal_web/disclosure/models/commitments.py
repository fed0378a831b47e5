"""The public commitment in versions, and the outside parties that were asked."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned


class CommitmentVersion(Owned):
    """One version of the promise. It is in force once published and its day has come.

    A version that loosens a threshold waits as a proposal until the worker side signs it.
    `consulted` and `loosens` are kept as they stood when it was written.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for the workers’ side")
        PUBLISHED = "published", _("published")
        DECLINED = "declined", _("declined by the workers’ side")
        WITHDRAWN = "withdrawn", _("taken back before it was signed")

    number = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], verbose_name=_("version")
    )
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.PROPOSED, verbose_name=_("state")
    )
    text = models.TextField(verbose_name=_("what we promise"))
    thresholds = models.JSONField(default=list, blank=True, verbose_name=_("thresholds"))
    why = models.TextField(verbose_name=_("why the mark was set there"))
    readers = models.JSONField(default=list, blank=True, verbose_name=_("readers"))
    consulted = models.JSONField(default=list, blank=True, verbose_name=_("who was asked"))
    loosens = models.JSONField(default=list, blank=True, verbose_name=_("what becomes looser"))
    source_of_share = models.TextField(blank=True, verbose_name=_("where the share comes from"))
    next_review = models.DateField(verbose_name=_("next review"))
    in_force_from = models.DateField(verbose_name=_("in force from"))
    proposed_at = models.DateTimeField(verbose_name=_("written"))
    published_at = models.DateTimeField(null=True, blank=True, verbose_name=_("published"))
    answered_by_role = models.CharField(max_length=40, blank=True, verbose_name=_("answered by"))
    answer = models.TextField(blank=True, verbose_name=_("answer"))

    class Meta:
        ordering = ("-proposed_at", "id")
        verbose_name = _("version of the commitment")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "number"), name="one_commitment_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"commitment {self.number or self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for the worker side."""
        return self.state == self.State.PROPOSED


class ConsultedParty(Owned):
    """Somebody outside the organisation who was asked about the commitment, and what they said."""

    name = models.CharField(max_length=200, verbose_name=_("who"))
    consulted_on = models.DateField(verbose_name=_("when"))
    said = models.TextField(verbose_name=_("what they said"))

    class Meta:
        ordering = ("consulted_on", "name", "id")

    def __str__(self) -> str:
        return self.name
