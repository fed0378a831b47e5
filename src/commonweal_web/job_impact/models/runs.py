"""Runs of the assessment, what asks answers anew, and which signals count as present."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.job_impact.triggers import Event
from commonweal.job_impact.triggers import Trigger as DomainTrigger
from commonweal_web.organisations.models import Owned


class Trigger(models.TextChoices):
    """What makes an assessment run again. The rules are in `commonweal.job_impact.triggers`."""

    OBJECTIVES_SET = "objectives_set", _("The goals were set")
    SYSTEM_PROCURED = "system_procured", _("The system was bought")
    IMPLEMENTATION_COMPLETED = "implementation_completed", _("It was put to work")
    NEW_USE = "new_use", _("A new use of the system began")
    MODEL_CHANGED = "model_changed", _("The model changed")
    PURPOSE_CHANGED = "purpose_changed", _("Its purpose changed")
    GRIEVANCE_UPHELD = "grievance_upheld", _("A complaint was found right")
    INCIDENT_UPHELD = "incident_upheld", _("An incident was confirmed")
    REVIEW_DATE_PASSED = "review_date_passed", _("The review date passed")
    DATA_CAME = "data_came", _("New facts came in")


class Assessment(Owned):
    """One run: all signals it goes through, and which data there were at its stage."""

    class Scope(models.TextChoices):
        LIKELY = "likely", _("the likely signals")
        WHOLE = "whole", _("the whole list")

    use = models.ForeignKey(
        "systems.Use", on_delete=models.PROTECT, related_name="assessments", verbose_name=_("use")
    )
    number = models.PositiveIntegerField(verbose_name=_("run"))
    stage = models.CharField(max_length=20, verbose_name=_("stage"))
    trigger = models.CharField(
        max_length=40, choices=Trigger.choices, verbose_name=_("why it runs")
    )
    scope = models.CharField(
        max_length=10, choices=Scope.choices, verbose_name=_("what it goes through")
    )
    signals = models.JSONField(default=list, blank=True, verbose_name=_("signals"))
    groups = models.JSONField(default=list, blank=True, verbose_name=_("groups when it opened"))
    purpose = models.TextField(blank=True, verbose_name=_("purpose when it opened"))
    catalogue_version = models.CharField(max_length=20, verbose_name=_("version of the catalogue"))
    paid_minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(5), MaxValueValidator(480)],
        verbose_name=_("paid minutes for each worker"),
    )
    opened_at = models.DateTimeField(verbose_name=_("opened"))
    due_on = models.DateField(verbose_name=_("to be answered by"))
    data_available = models.JSONField(null=True, blank=True, verbose_name=_("facts we have"))
    data_missing = models.JSONField(null=True, blank=True, verbose_name=_("facts we lack"))
    closed_at = models.DateTimeField(null=True, blank=True, verbose_name=_("closed"))
    closing_reason = models.TextField(blank=True, verbose_name=_("what came of it"))

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("use", "number"), name="one_run_per_number"),
            models.UniqueConstraint(
                fields=("use",),
                condition=models.Q(closed_at__isnull=True),
                name="one_open_run_per_use",
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether people can still answer."""
        return self.closed_at is None


class Reopening(Owned):
    """A dated task to assess again, and exactly which answers it asks anew (null: all)."""

    use = models.ForeignKey("systems.Use", on_delete=models.PROTECT, related_name="reopenings")
    trigger = models.CharField(max_length=40, choices=Trigger.choices, verbose_name=_("because"))
    at = models.DateTimeField(verbose_name=_("when"))
    due_on = models.DateField(verbose_name=_("to be answered by"))
    signals = models.JSONField(null=True, blank=True, verbose_name=_("signals"))
    groups = models.JSONField(null=True, blank=True, verbose_name=_("groups"))
    data = models.JSONField(default=list, blank=True, verbose_name=_("facts that came"))
    detail = models.TextField(blank=True, verbose_name=_("what happened"))
    answered_by = models.ForeignKey(
        Assessment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reopenings",
        verbose_name=_("answered by run"),
    )

    class Meta:
        ordering = ("at", "id")
        indexes = [models.Index(fields=("organisation", "due_on"), name="reopenings_by_due_day")]

    def __str__(self) -> str:
        return self.trigger

    def as_event(self) -> Event:
        """The event as the rules read it."""
        return Event(
            trigger=DomainTrigger(self.trigger),
            at=self.at,
            signals=None if self.signals is None else frozenset(self.signals),
            groups=None if self.groups is None else frozenset(self.groups),
            data=frozenset(self.data),
        )


class PresentSignal(Owned):
    """That a side's "present" stands for a signal and a group, from a day until another.

    `group` is a worker group, or the row of affected people outside the roster; null means all.
    """

    use = models.ForeignKey("systems.Use", on_delete=models.PROTECT, related_name="+")
    signal = models.CharField(max_length=10, verbose_name=_("signal"))
    side = models.CharField(max_length=20, verbose_name=_("side"))
    group = models.UUIDField(null=True, blank=True, verbose_name=_("group"))
    since = models.DateField(verbose_name=_("since"))
    gone_on = models.DateField(null=True, blank=True, verbose_name=_("no longer since"))

    class Meta:
        ordering = ("signal", "side", "id")
        indexes = [models.Index(fields=("organisation", "gone_on"), name="signals_present_now")]

    def __str__(self) -> str:
        return f"{self.signal} ({self.side})"
