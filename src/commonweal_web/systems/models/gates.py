"""How a use moved from stage to stage, and who let it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned
from commonweal_web.systems.models.stages import Stage
from commonweal_web.systems.models.uses import Use


class GateSignature(Owned):
    """That one of the people a gate asks for lets the use pass."""

    use = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="gate_signatures")
    from_stage = models.CharField(max_length=20, choices=Stage.choices, verbose_name=_("from"))
    to_stage = models.CharField(max_length=20, choices=Stage.choices, verbose_name=_("to"))
    visit = models.PositiveSmallIntegerField(default=1, verbose_name=_("visit to this gate"))
    role = models.CharField(max_length=40, verbose_name=_("as"))
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(verbose_name=_("signed"))
    signed_file = models.CharField(max_length=64, verbose_name=_("what was signed"))
    withdrawn_at = models.DateTimeField(null=True, blank=True, verbose_name=_("taken back"))

    class Meta:
        ordering = ("signed_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("use", "from_stage", "to_stage", "visit", "role", "signed_file"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_signature_per_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} lets {self.use_id} into {self.to_stage}"


class StageChange(Owned):
    """A step of a use from one stage to another, and what it rested on."""

    class Way(models.TextChoices):
        REGISTERED = "registered", _("registered")
        PASSED = "passed", _("passed the gate")
        OVERRIDDEN = "overridden", _("gate overridden")
        WITHOUT_GATE = "without_gate", _("entered without gate")
        STOPPED = "stopped", _("stopped")
        RETIRED = "retired", _("retired")
        RENEWED = "renewed", _("yearly gate passed")

    use = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="stage_changes")
    from_stage = models.CharField(
        max_length=20, choices=Stage.choices, blank=True, verbose_name=_("from")
    )
    to_stage = models.CharField(max_length=20, choices=Stage.choices, verbose_name=_("to"))
    way = models.CharField(max_length=20, choices=Way.choices, verbose_name=_("how"))
    requirements = models.JSONField(default=list, blank=True, verbose_name=_("what was asked"))
    changed_at = models.DateTimeField(verbose_name=_("when"))
    first_executive = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    second_executive = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True, verbose_name=_("reason"))

    class Meta:
        ordering = ("-changed_at", "id")

    def __str__(self) -> str:
        return f"{self.use_id}: {self.from_stage} → {self.to_stage}"


class Override(Owned):
    """An executive's wish to pass a gate with missing evidence; counts once another agrees."""

    use = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="overrides")
    from_stage = models.CharField(max_length=20, choices=Stage.choices, verbose_name=_("from"))
    to_stage = models.CharField(max_length=20, choices=Stage.choices, verbose_name=_("to"))
    visit = models.PositiveSmallIntegerField(default=1, verbose_name=_("visit to this gate"))
    reason = models.TextField(verbose_name=_("reason, for everyone to read"))
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(verbose_name=_("asked"))
    signed_file = models.CharField(max_length=64, verbose_name=_("what was signed"))
    agreed_by = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True, verbose_name=_("agreed"))
    withdrawn_at = models.DateTimeField(null=True, blank=True, verbose_name=_("withdrawn"))

    class Meta:
        ordering = ("-asked_at", "id")

    def __str__(self) -> str:
        return f"override of {self.from_stage} → {self.to_stage}"


class PaperVote(Owned):
    """The result of a vote on roll-out that was held on paper, as the worker side reports it."""

    use = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="paper_votes")
    held_on = models.DateField(verbose_name=_("held on"))
    electorate = models.PositiveIntegerField(verbose_name=_("people who could vote"))
    yes = models.PositiveIntegerField(verbose_name=_("yes"))
    no = models.PositiveIntegerField(verbose_name=_("no"))
    abstain = models.PositiveIntegerField(default=0, verbose_name=_("abstentions"))
    counted_by = models.CharField(max_length=200, verbose_name=_("counted by"))
    entered_at = models.DateTimeField(verbose_name=_("entered"))

    class Meta:
        ordering = ("-entered_at", "id")

    def __str__(self) -> str:
        return f"vote of {self.held_on}"

    @property
    def cast(self) -> int:
        """How many voted."""
        return self.yes + self.no + self.abstain

    @property
    def is_adopted(self) -> bool:
        """Half of the electorate took part, and more said yes than no."""
        return 2 * self.cast >= self.electorate and self.yes > self.no

    @property
    def counts_may_be_shown(self) -> bool:
        """Not under five votes, nor where everybody agreed among fewer than ten."""
        unanimous = self.cast in (self.yes, self.no)
        return self.cast >= 5 and not (unanimous and self.electorate < 10)
