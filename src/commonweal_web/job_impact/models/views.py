"""What one person said about one signal; how it was followed up or closed."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.job_impact.views import Side as DomainSide
from commonweal_web.job_impact.models.contributors import Contributor
from commonweal_web.job_impact.models.runs import Assessment
from commonweal_web.organisations.models import Owned


class Side(models.TextChoices):
    """Who speaks."""

    WORKERS = "workers", _("Workers")
    REPRESENTATIVES = "representatives", _("Representatives")
    MANAGEMENT = "management", _("Management")
    EXPERTS = "experts", _("Experts")
    CONTRIBUTORS = "contributors", _("Other people")


class Answer(models.TextChoices):
    """What can be said of a signal."""

    PRESENT = "present", _("present")
    NOT_PRESENT = "not_present", _("not present")
    UNCERTAIN = "uncertain", _("uncertain")
    NOT_APPLICABLE = "not_applicable", _("does not apply")


class View(Owned):
    """One answer, never changed: a new one stands beside it.

    `author` tells one person's answers apart and can be read back by nobody but that person:
    it is a keyed mark, different in each use. `named_author` is kept for those who answer for
    their office, never for a worker or a contributor.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="views")
    use = models.ForeignKey("systems.Use", on_delete=models.PROTECT, related_name="views")
    signal = models.CharField(max_length=10, verbose_name=_("signal"))
    catalogue_version = models.CharField(max_length=20, verbose_name=_("version of the catalogue"))
    stage = models.CharField(max_length=20, verbose_name=_("stage"))
    side = models.CharField(max_length=20, choices=Side.choices, verbose_name=_("side"))
    group = models.UUIDField(null=True, blank=True, verbose_name=_("for whom"))
    author = models.CharField(max_length=32, editable=False)
    author_group = models.UUIDField(null=True, blank=True, editable=False)
    named_author = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contributor_kind = models.CharField(
        max_length=30,
        choices=Contributor.Kind.choices,
        blank=True,
        verbose_name=_("takes part as"),
    )
    answer = models.CharField(max_length=20, choices=Answer.choices, verbose_name=_("answer"))
    words = models.TextField(blank=True, verbose_name=_("what makes you say so"))
    link = models.URLField(
        blank=True,
        max_length=500,
        validators=[URLValidator(schemes=["http", "https"])],
        verbose_name=_("where to read it"),
    )
    rests_on = models.JSONField(default=list, blank=True, verbose_name=_("facts it rests on"))
    reason = models.TextField(blank=True, verbose_name=_("why it changed"))
    person = models.CharField(max_length=150, blank=True, verbose_name=_("who finds out"))
    until = models.DateField(null=True, blank=True, verbose_name=_("by when"))
    helped_by = models.CharField(
        max_length=150, blank=True, verbose_name=_("filled in with the help of")
    )
    at = models.DateTimeField(verbose_name=_("given"))

    class Meta:
        ordering = ("at", "id")
        indexes = [models.Index(fields=("use", "signal"), name="views_of_a_signal")]

    def __str__(self) -> str:
        return f"{self.side}: {self.signal} {self.answer}"


class ViewClosing(Owned):
    """The end of somebody's "present" or "uncertain", with a reason the worker side reads."""

    view = models.ForeignKey(View, on_delete=models.PROTECT, related_name="closings")
    by_side = models.CharField(max_length=20, choices=Side.choices, verbose_name=_("closed by"))
    reason = models.TextField(verbose_name=_("reason, for the workers’ side to read"))
    at = models.DateTimeField(verbose_name=_("when"))

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.reason[:80]


class FollowUp(Owned):
    """Who finds out what is uncertain, by which day; set once for an answer that named none."""

    view = models.ForeignKey(View, on_delete=models.PROTECT, related_name="follow_ups")
    person = models.CharField(max_length=150, verbose_name=_("who finds out"))
    until = models.DateField(verbose_name=_("by when"))
    at = models.DateTimeField(verbose_name=_("set"))

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.person}, {self.until}"


SIDE_OF_DOMAIN = {Side(side.value): side for side in DomainSide}
