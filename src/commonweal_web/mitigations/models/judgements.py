"""How grave and how likely each side judges a risk, and changes of its class."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.shared.severity import Severity
from commonweal_web.mitigations.models.risks import Risk, facet
from commonweal_web.mitigations.models.words import Harm, Likelihood, Phase, SeverityClass, Side
from commonweal_web.organisations.models import Owned


class Judgement(Owned):
    """One side's judgement of one kind of harm. The latest of a side and harm counts.

    Judgements of several sides and harms stand beside each other; the risk takes the worst of
    them, facet by facet, so that no side can soften what another found.
    """

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="judgements")
    phase = models.CharField(max_length=10, choices=Phase.choices, verbose_name=_("about"))
    harm = models.CharField(max_length=20, choices=Harm.choices, verbose_name=_("kind of harm"))
    side = models.CharField(max_length=20, choices=Side.choices, verbose_name=_("side"))
    scale = facet(_("how bad it is for one person"))
    scale_because = models.TextField(blank=True, max_length=1000, verbose_name=_("why"))
    scope = facet(_("how many people"))
    scope_because = models.TextField(blank=True, max_length=1000, verbose_name=_("why"))
    irremediability = facet(_("how hard it is to undo"))
    irremediability_because = models.TextField(blank=True, max_length=1000, verbose_name=_("why"))
    named_author = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    rules = models.ForeignKey(
        "mitigations.RuleFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rules_version = models.CharField(max_length=40, verbose_name=_("version of the rules"))
    at = models.DateTimeField(verbose_name=_("when"))
    is_current = models.BooleanField(default=True, verbose_name=_("counts"))

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.side}: {self.harm}"

    @property
    def severity(self) -> Severity:
        """The three facets."""
        return Severity(scale=self.scale, scope=self.scope, irremediability=self.irremediability)


class LikelihoodView(Owned):
    """How likely one side finds the harm; the latest of each side counts, the likeliest orders."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="likelihoods")
    side = models.CharField(max_length=20, choices=Side.choices, verbose_name=_("side"))
    likelihood = models.CharField(
        max_length=20, choices=Likelihood.choices, verbose_name=_("how likely")
    )
    reason = models.TextField(max_length=1000, verbose_name=_("why"))
    named_author = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(verbose_name=_("when"))
    is_current = models.BooleanField(default=True, verbose_name=_("counts"))

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.side}: {self.likelihood}"


class ClassChange(Owned):
    """A class raised or lowered by people; a lowering waits until enough have signed."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="class_changes")
    changed_from = models.PositiveSmallIntegerField(
        choices=SeverityClass.choices, verbose_name=_("from")
    )
    changed_to = models.PositiveSmallIntegerField(
        choices=SeverityClass.choices, verbose_name=_("to")
    )
    reason = models.TextField(max_length=1000, verbose_name=_("why"))
    asked_at = models.DateTimeField(verbose_name=_("asked"))
    counts_since = models.DateTimeField(null=True, blank=True, verbose_name=_("counts since"))

    class Meta:
        ordering = ("asked_at", "id")

    def __str__(self) -> str:
        return f"{self.get_changed_from_display()} → {self.get_changed_to_display()}"


class ClassSignOff(Owned):
    """A person's signature under a change of class."""

    change = models.ForeignKey(ClassChange, on_delete=models.PROTECT, related_name="sign_offs")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, verbose_name=_("as"))
    at = models.DateTimeField(verbose_name=_("signed"))

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(fields=("change", "account"), name="one_sign_off_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.role} signs {self.change_id}"
