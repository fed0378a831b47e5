"""Answers to a risk: who proposed them, who accepted them, and whether they worked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.mitigations.models.risks import Risk, RiskGroup, facet
from commonweal_web.mitigations.models.words import DecidedBy, Harm, Kind, Side, State
from commonweal_web.organisations.models import Owned


class Mitigation(Owned):
    """One answer to a risk. A changed proposal is a new one, asked for anew."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="mitigations")
    kind = models.CharField(max_length=20, choices=Kind.choices, verbose_name=_("what it does"))
    text = models.TextField(max_length=2000, verbose_name=_("what will be done"))
    side = models.CharField(max_length=20, choices=Side.choices, verbose_name=_("proposed by"))
    author = models.CharField(max_length=32, editable=False)
    named_author = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who does it"),
    )
    due = models.DateField(null=True, blank=True, verbose_name=_("by when"))
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.PROPOSED, verbose_name=_("state")
    )
    state_since = models.DateField(verbose_name=_("since"))
    done_note = models.TextField(blank=True, max_length=2000, verbose_name=_("what was done"))
    ended_because = models.TextField(
        blank=True, max_length=1000, verbose_name=_("withdrawn because")
    )
    proposed_at = models.DateTimeField(verbose_name=_("proposed"))

    class Meta:
        ordering = ("proposed_at", "id")
        verbose_name = _("answer")

    def __str__(self) -> str:
        return self.text[:80]


class MitigationGroup(Owned):
    """A group that an answer is for."""

    mitigation = models.ForeignKey(Mitigation, on_delete=models.PROTECT, related_name="groups")
    risk_group = models.ForeignKey(RiskGroup, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("mitigation", "risk_group"), name="one_row_per_mitigation_group"
            )
        ]

    def __str__(self) -> str:
        return str(self.risk_group)


class Acceptance(Owned):
    """What a group decided about an answer; the reference may stand for a vote."""

    mitigation = models.ForeignKey(
        Mitigation, on_delete=models.PROTECT, related_name="acceptances"
    )
    risk_group = models.ForeignKey(RiskGroup, on_delete=models.PROTECT, related_name="+")
    decided_by = models.CharField(
        max_length=20, choices=DecidedBy.choices, verbose_name=_("decided by")
    )
    account = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
    )
    decision = models.CharField(max_length=300, verbose_name=_("where it is written down"))
    accepted = models.BooleanField(verbose_name=_("accepted"))
    reason = models.TextField(blank=True, max_length=1000, verbose_name=_("why"))
    at = models.DateTimeField(verbose_name=_("when"))
    is_current = models.BooleanField(default=True, verbose_name=_("counts"))

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.decided_by}: {'accepted' if self.accepted else 'refused'}"


class EffectCheck(Owned):
    """That somebody looked whether an answer works, with what shows it and what remains."""

    mitigation = models.ForeignKey(Mitigation, on_delete=models.PROTECT, related_name="checks")
    side = models.CharField(max_length=20, choices=Side.choices, verbose_name=_("side"))
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    is_effective = models.BooleanField(verbose_name=_("does it work?"))
    evidence = models.TextField(max_length=2000, verbose_name=_("what shows it"))
    harm = models.CharField(
        max_length=20, choices=Harm.choices, blank=True, verbose_name=_("kind of harm")
    )
    scale = facet(_("how bad what remains is for one person"))
    scope = facet(_("how many people it still touches"))
    irremediability = facet(_("how hard what remains is to undo"))
    at = models.DateTimeField(verbose_name=_("when"))

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.evidence[:80]
