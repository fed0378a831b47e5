"""Vendors, AI systems, uses, and whom and where they touch."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.shared.money import Money
from commonweal_web.organisations.models import CURRENCY, Owned
from commonweal_web.systems.models.stages import Stage


class Vendor(Owned):
    """Who sells or makes a system."""

    name = models.CharField(max_length=300, verbose_name=_("name"))

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="one_vendor_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class AiSystem(Owned):
    """A product or model, bought or built."""

    name = models.CharField(max_length=500, verbose_name=_("name"))
    vendor = models.ForeignKey(
        Vendor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="systems",
        verbose_name=_("vendor"),
    )
    description = models.TextField(blank=True, verbose_name=_("what it is"))
    import_key = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("AI system")

    def __str__(self) -> str:
        return self.name


def _money(minor: int | None, *, currency: str) -> Money | None:
    return None if minor is None else Money(currency, minor)


class Use(Owned):
    """One system, for one purpose, at given sites, touching given worker groups."""

    system = models.ForeignKey(
        AiSystem, on_delete=models.PROTECT, related_name="uses", verbose_name=_("system")
    )
    name = models.CharField(max_length=500, verbose_name=_("name"))
    purpose = models.TextField(blank=True, verbose_name=_("what it is for"))
    outputs = models.TextField(blank=True, verbose_name=_("what it gives out"))
    unit = models.CharField(max_length=500, blank=True, verbose_name=_("part of the organisation"))
    topic = models.CharField(max_length=300, blank=True, verbose_name=_("topic"))
    owner = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("use owner"),
    )
    stage = models.CharField(
        max_length=20, choices=Stage.choices, default=Stage.IDENTIFIED, verbose_name=_("stage")
    )
    stage_since = models.DateField(verbose_name=_("in this stage since"))
    entered_without_gate = models.BooleanField(
        default=False, verbose_name=_("was already running when registered")
    )
    review_on = models.DateField(null=True, blank=True, verbose_name=_("next review"))
    purpose_changed_on = models.DateField(
        null=True, blank=True, verbose_name=_("purpose changed while people worked with it")
    )
    stopping_on = models.DateField(null=True, blank=True, verbose_name=_("will have stopped by"))
    classification = models.JSONField(default=list, blank=True, verbose_name=_("classification"))
    facts_yes = models.JSONField(default=list, blank=True, verbose_name=_("declared: yes"))
    facts_no = models.JSONField(default=list, blank=True, verbose_name=_("declared: no"))
    suggested = models.JSONField(
        default=list, blank=True, verbose_name=_("suggested by words in a register")
    )
    catalogue_version = models.CharField(
        max_length=20, blank=True, verbose_name=_("version of the catalogue")
    )
    return_multiple_hundredths = models.BigIntegerField(
        null=True, blank=True, verbose_name=_("expected return, in hundredths")
    )
    currency = models.CharField(
        max_length=3, validators=[CURRENCY], default="EUR", verbose_name=_("currency")
    )
    cost_change_minor = models.BigIntegerField(
        null=True, blank=True, verbose_name=_("change in yearly costs")
    )
    revenue_change_minor = models.BigIntegerField(
        null=True, blank=True, verbose_name=_("change in yearly revenue")
    )
    change_since = models.DateField(
        null=True, blank=True, verbose_name=_("these changes count from")
    )
    created_at = models.DateTimeField(verbose_name=_("registered"))

    class Meta:
        ordering = ("name", "id")
        indexes = [
            models.Index(fields=("organisation", "name", "id"), name="uses_by_name"),
            models.Index(fields=("organisation", "stage"), name="uses_by_stage"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def cost_change(self) -> Money | None:
        """The change in yearly costs (a decrease is negative), or None when not stated."""
        return _money(self.cost_change_minor, currency=self.currency)

    @property
    def revenue_change(self) -> Money | None:
        """The change in yearly revenue, or None when not stated."""
        return _money(self.revenue_change_minor, currency=self.currency)


class UseSite(Owned):
    """That a use runs, or will run, at a site."""

    use = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="use_sites")
    site = models.ForeignKey("workplaces.Site", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("use", "site"), name="one_row_per_use_site")
        ]

    def __str__(self) -> str:
        return f"{self.use_id} at {self.site_id}"


class AffectedGroup(Owned):
    """Whom a use touches: a worker group, or people outside it, counted with a source."""

    use = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="affected_groups")
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
    outside_source = models.CharField(
        max_length=300, blank=True, verbose_name=_("where the number is from")
    )

    class Meta:
        ordering = ("outside_name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("use", "group"),
                condition=models.Q(group__isnull=False),
                name="one_row_per_use_group",
            )
        ]

    def __str__(self) -> str:
        return self.outside_name or str(self.group)

    @property
    def people(self) -> int | None:
        """How many people, or None when nobody knows."""
        return self.group.headcount if self.group else self.outside_count
