"""A risk, whom it touches, which sides call it present, and what people say about it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.practices import catalogue
from commonweal.shared.severity import HIGHEST, Severity
from commonweal_web.house.declaration import Text
from commonweal_web.mitigations.models.words import Likelihood, SeverityClass, Side, Source
from commonweal_web.organisations.models import Owned


def facet(title: Text) -> models.PositiveSmallIntegerField[int | None, int | None]:
    """A column for one facet, 0 to 5, or empty while nobody has judged it."""
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(HIGHEST)], verbose_name=title
    )


class Risk(Owned):
    """Something that may harm people a use touches, from a signal or entered by hand.

    The joined facets, the class, the place in the queue and the day until which it is answered
    are what the rules made of the judgements and answers when one of them last changed.
    """

    use = models.ForeignKey("systems.Use", on_delete=models.PROTECT, related_name="risks")
    signal = models.CharField(max_length=10, blank=True, verbose_name=_("signal"))
    own_title = models.CharField(max_length=200, blank=True, verbose_name=_("the risk"))
    description = models.TextField(
        blank=True, max_length=2000, verbose_name=_("what could happen, and to whom")
    )
    catalogue_version = models.CharField(max_length=20, verbose_name=_("version of the catalogue"))
    source = models.CharField(max_length=20, choices=Source.choices, verbose_name=_("from"))
    opened_by_side = models.CharField(max_length=20, blank=True, verbose_name=_("entered by"))
    for_everyone = models.BooleanField(
        default=False, verbose_name=_("for everybody the use touches")
    )
    present_since = models.DateField(verbose_name=_("present since"))
    closed_on = models.DateField(null=True, blank=True, verbose_name=_("closed on"))
    closed_because = models.TextField(blank=True, verbose_name=_("closed because"))
    inherent_scale = facet(_("scale"))
    inherent_scope = facet(_("scope"))
    inherent_irremediability = facet(_("hard to undo"))
    residual_scale = facet(_("scale that remains"))
    residual_scope = facet(_("scope that remains"))
    residual_irremediability = facet(_("hard to undo, what remains"))
    severity_since = models.DateField(verbose_name=_("this grave since"))
    likelihood = models.CharField(
        max_length=20,
        choices=Likelihood.choices,
        default=Likelihood.NOT_JUDGED,
        verbose_name=_("likelihood"),
    )
    severity_class = models.PositiveSmallIntegerField(
        choices=SeverityClass.choices, default=SeverityClass.CRITICAL, verbose_name=_("class")
    )
    queue_place = models.CharField(max_length=6, default="", blank=True, editable=False)
    rules = models.ForeignKey(
        "mitigations.RuleFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rules_version = models.CharField(max_length=40, verbose_name=_("version of the rules"))
    nothing_helps_because = models.TextField(blank=True, verbose_name=_("why nothing helps"))
    nothing_helps_side = models.CharField(max_length=20, blank=True, verbose_name=_("said by"))
    answered_until = models.DateField(null=True, blank=True, verbose_name=_("answered until"))

    class Meta:
        ordering = ("queue_place", "present_since", "id")
        verbose_name = _("risk")
        constraints = [
            models.UniqueConstraint(
                fields=("use", "signal"),
                condition=~models.Q(signal=""),
                name="one_risk_per_use_and_signal",
            )
        ]
        indexes = [
            models.Index(
                fields=("organisation", "closed_on", "queue_place", "present_since", "id"),
                name="risks_gravest_first",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What could go wrong, in a few words."""
        return self.own_title or catalogue().signal(self.signal).title

    @property
    def inherent(self) -> Severity:
        """The three facets of the harm if nothing is done."""
        return Severity(
            scale=self.inherent_scale,
            scope=self.inherent_scope,
            irremediability=self.inherent_irremediability,
        )

    @property
    def is_judged(self) -> bool:
        """Whether anybody has judged how grave it is; until then it counts as critical."""
        return self.inherent.highest is not None

    @property
    def residual(self) -> Severity:
        """The three facets of what remains; empty where nobody judged."""
        return Severity(
            scale=self.residual_scale,
            scope=self.residual_scope,
            irremediability=self.residual_irremediability,
        )

    @property
    def has_residual(self) -> bool:
        """Whether anybody judged what remains."""
        return self.residual.highest is not None


class RiskGroup(Owned):
    """A worker group that a risk touches, or people outside the roster, by their name."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="groups")
    key = models.UUIDField(verbose_name=_("for whom"))
    group = models.ForeignKey(
        "workplaces.WorkerGroup",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("worker group"),
    )
    outside_name = models.CharField(
        max_length=200, blank=True, verbose_name=_("people outside the roster")
    )
    outside_count = models.PositiveIntegerField(
        null=True, blank=True, verbose_name=_("how many, about")
    )
    since = models.DateField(verbose_name=_("since"))

    class Meta:
        ordering = ("since", "id")
        constraints = [
            models.UniqueConstraint(fields=("risk", "key"), name="one_row_per_risk_group")
        ]

    def __str__(self) -> str:
        return self.outside_name or str(self.group)

    @property
    def people(self) -> int | None:
        """How many people, or None when nobody knows."""
        return self.group.headcount if self.group else self.outside_count

    @property
    def vulnerable_because(self) -> str:
        """Why the group is especially vulnerable; empty when it is not marked."""
        return self.group.vulnerable_because if self.group else ""


class StandingPresent(Owned):
    """A side's "present" for a risk, as the job impact assessment told it."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="presents")
    side = models.CharField(max_length=20, verbose_name=_("side"))
    group_key = models.UUIDField(null=True, blank=True, verbose_name=_("for whom"))
    since = models.DateField(verbose_name=_("since"))
    until = models.DateField(null=True, blank=True, verbose_name=_("until"))

    class Meta:
        ordering = ("since", "id")

    def __str__(self) -> str:
        return f"{self.side} since {self.since}"

    @property
    def is_of_workers(self) -> bool:
        """Whether the workers' side says so."""
        return self.side in {"workers", "representatives"}


class Comment(Owned):
    """What somebody says about a risk. A worker's own mark can be read by that worker alone."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="comments")
    side = models.CharField(max_length=20, choices=Side.choices, verbose_name=_("side"))
    group = models.ForeignKey(
        "workplaces.WorkerGroup",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("group"),
    )
    author = models.CharField(max_length=32, editable=False)
    named_author = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(max_length=2000, verbose_name=_("what you want to say"))
    at = models.DateTimeField(verbose_name=_("when"))

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.text[:80]
