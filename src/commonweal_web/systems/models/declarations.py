"""What is declared about a use: choices, claims and incidents."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned
from commonweal_web.systems.models.uses import Use


class Choice(Owned):
    """A decision about how to bring in a use, with its alternatives side by side."""

    class Kind(models.TextChoices):
        SCOPE = "scope", _("scope")
        CONFIGURATION = "configuration", _("configuration")
        WORKFLOW = "workflow", _("workflow")
        MONITORING = "monitoring", _("how much is monitored")

    use = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="choices")
    kind = models.CharField(max_length=20, choices=Kind.choices, verbose_name=_("about"))
    question = models.CharField(max_length=300, verbose_name=_("what is to be chosen"))
    reason = models.TextField(blank=True, verbose_name=_("why this alternative"))
    chosen_on = models.DateField(null=True, blank=True, verbose_name=_("chosen on"))

    class Meta:
        ordering = ("kind", "question", "id")

    def __str__(self) -> str:
        return self.question


class Alternative(Owned):
    """One way to do it."""

    choice = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="alternatives")
    title = models.CharField(max_length=300, verbose_name=_("alternative"))
    is_chosen = models.BooleanField(default=False, verbose_name=_("chosen"))

    class Meta:
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title


class AlternativeSignal(Owned):
    """A signal that an alternative adds or takes away, for whom."""

    class Effect(models.TextChoices):
        ADDS = "adds", _("adds")
        REMOVES = "removes", _("takes away")

    alternative = models.ForeignKey(Alternative, on_delete=models.PROTECT, related_name="signals")
    signal = models.CharField(max_length=10, verbose_name=_("signal"))
    effect = models.CharField(max_length=10, choices=Effect.choices, verbose_name=_("effect"))
    group = models.ForeignKey(
        "workplaces.WorkerGroup",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("for whom"),
    )

    class Meta:
        ordering = ("signal", "id")

    def __str__(self) -> str:
        return f"{self.effect} {self.signal}"


class Claim(Owned):
    """What a vendor says a system can do, in its own words, with the source."""

    use = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="claims")
    quote = models.TextField(verbose_name=_("the claim, word for word"))
    source = models.CharField(max_length=300, verbose_name=_("where it was said"))
    source_date = models.DateField(null=True, blank=True, verbose_name=_("on"))
    measure = models.CharField(max_length=200, blank=True, verbose_name=_("what it measures"))
    value_hundredths = models.BigIntegerField(
        null=True, blank=True, verbose_name=_("value claimed, in hundredths")
    )

    class Meta:
        ordering = ("source", "id")

    def __str__(self) -> str:
        return self.quote[:80]


class Incident(Owned):
    """Something that went wrong with a use, and what was done about it."""

    class Kind(models.TextChoices):
        MALFUNCTION = "malfunction", _("it did not work as intended")
        MISUSE = "misuse", _("it was used for something else")
        HARM = "harm", _("it worked and did harm")
        NEAR_MISS = "near_miss", _("nearly")

    use = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=20, choices=Kind.choices, verbose_name=_("kind"))
    occurred_on = models.DateField(verbose_name=_("when"))
    harm = models.TextField(verbose_name=_("what happened, and to whom"))
    follow_up = models.TextField(blank=True, verbose_name=_("what was done"))
    follow_up_due = models.DateField(null=True, blank=True, verbose_name=_("to be done by"))
    closed_on = models.DateField(null=True, blank=True, verbose_name=_("closed on"))
    is_upheld = models.BooleanField(default=False, verbose_name=_("confirmed"))

    class Meta:
        ordering = ("-occurred_on", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_on}"
