"""People who take part beside their duty, what they were promised, and whether they got it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.job_impact.participants import Expert, Participation, PartKind
from commonweal.shared.money import Money
from commonweal_web.job_impact.models.runs import Assessment
from commonweal_web.organisations.models import CURRENCY, Owned

if TYPE_CHECKING:
    from datetime import datetime


class Contributor(Owned):
    """Somebody who was asked to take part in a run, by a link of their own that can be revoked."""

    class Kind(models.TextChoices):
        USER = "user", _("Uses the system")
        SUBJECT = "subject", _("Is affected by the system")
        ELSEWHERE = "elsewhere_in_the_chain", _("Works elsewhere in the chain")
        APPLICANT = "applicant", _("Looks for work")
        EXPERT = "expert", _("Independent expert")
        COMMUNITY = "community", _("Member of the community")

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="contributors"
    )
    name = models.CharField(max_length=150, verbose_name=_("name"))
    kind = models.CharField(max_length=30, choices=Kind.choices, verbose_name=_("takes part as"))
    side = models.CharField(max_length=20, verbose_name=_("side"))
    group = models.UUIDField(null=True, blank=True, verbose_name=_("group"))
    discipline = models.CharField(max_length=150, blank=True, verbose_name=_("field of expertise"))
    tie_to_employer = models.CharField(
        max_length=300, blank=True, verbose_name=_("tie to the employer")
    )
    tie_to_vendor = models.CharField(
        max_length=300, blank=True, verbose_name=_("tie to the vendor")
    )
    ties_declared_on = models.DateField(null=True, blank=True, verbose_name=_("ties declared on"))
    helped_by = models.CharField(
        max_length=150, blank=True, verbose_name=_("fills it in with the help of")
    )
    fee_minor = models.BigIntegerField(validators=[MinValueValidator(0)], verbose_name=_("fee"))
    currency = models.CharField(max_length=3, validators=[CURRENCY], verbose_name=_("currency"))
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(5), MaxValueValidator(6000)],
        verbose_name=_("minutes it takes"),
    )
    invited_by_side = models.CharField(max_length=20, verbose_name=_("invited by"))
    stated_on = models.DateField(verbose_name=_("told on"))
    accepted_on = models.DateField(null=True, blank=True, verbose_name=_("accepted on"))
    payment_due = models.DateField(verbose_name=_("to be paid by"))
    paid_on = models.DateField(null=True, blank=True, verbose_name=_("paid on"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_on = models.DateField(verbose_name=_("link works until"))
    revoked_at = models.DateTimeField(null=True, blank=True, verbose_name=_("link ended"))

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def fee(self) -> Money:
        """What they are paid; for employees the cost of the paid working time."""
        return Money(self.currency, self.fee_minor)

    @property
    def is_expert(self) -> bool:
        """Whether they must declare a discipline and ties."""
        return self.kind == self.Kind.EXPERT

    def may_answer(self, at: datetime) -> bool:
        """Whether the link still lets them answer; reading what came of it lasts longer."""
        return self.revoked_at is None and at.date() <= self.expires_on

    def as_participation(self) -> Participation:
        """Their part as the rules read it."""
        return Participation(
            id=str(self.pk),
            kind=PartKind(self.kind),
            fee=self.fee,
            minutes=self.minutes,
            stated_on=self.stated_on,
            accepted_on=self.accepted_on,
            due=self.payment_due,
            paid_on=self.paid_on,
        )

    def as_expert(self) -> Expert:
        """The expert as the rules read them; until they declare, their ties are not known."""
        declared = self.ties_declared_on is not None
        return Expert(
            id=str(self.pk),
            discipline=self.discipline,
            tie_to_employer=self.tie_to_employer if declared else None,
            tie_to_vendor=self.tie_to_vendor if declared else None,
        )
