"""Sites, worker groups and the bodies that represent workers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.shared.money import Money
from commonweal_web.house.addresses import safe_address
from commonweal_web.organisations.models import CURRENCY, Owned

if TYPE_CHECKING:
    from datetime import date, datetime

ONE_OPEN_LINE = "one_open_line_per_number"


def validate_time_zone(name: str) -> None:
    """Accept the names of the time zone database only."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone. Use a name such as Europe/Madrid."),
            params={"name": name},
        )


class Site(Owned):
    """A workplace with its country, time and languages."""

    name = models.CharField(max_length=150, verbose_name=_("name"))
    country = models.CharField(max_length=2, verbose_name=_("country (two letters)"))
    region = models.CharField(max_length=100, blank=True, verbose_name=_("region"))
    time_zone = models.CharField(
        max_length=60, default="UTC", validators=[validate_time_zone], verbose_name=_("time zone")
    )
    working_days = models.JSONField(default=list, blank=True, verbose_name=_("working days"))
    holidays = models.JSONField(default=list, blank=True, verbose_name=_("holidays"))
    languages = models.JSONField(default=list, blank=True, verbose_name=_("languages"))

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="one_site_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Representation(Owned):
    """A body that speaks for workers: at one site, or in the whole organisation."""

    class Kind(models.TextChoices):
        UNION = "union", _("union")
        WORKS_COUNCIL = "works_council", _("works council")
        ELECTED = "elected", _("elected spokespersons")

    name = models.CharField(max_length=150, verbose_name=_("name"))
    kind = models.CharField(max_length=20, choices=Kind.choices, verbose_name=_("kind"))
    site = models.ForeignKey(
        Site,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="representations",
        verbose_name=_("site"),
    )
    contact = models.CharField(max_length=200, blank=True, verbose_name=_("contact"))
    seats = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], verbose_name=_("seats")
    )

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class WorkerGroup(Owned):
    """People who share a role, a site and a contract."""

    class Contract(models.TextChoices):
        PERMANENT = "permanent", _("permanent")
        FIXED_TERM = "fixed_term", _("fixed term")
        AGENCY = "agency", _("through an agency")
        CONTRACTOR = "contractor", _("contractor")
        PLATFORM = "platform", _("platform work")
        APPRENTICE = "apprentice", _("apprentice")

    name = models.CharField(max_length=150, verbose_name=_("name"))
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="groups", verbose_name=_("site")
    )
    contract = models.CharField(
        max_length=20, choices=Contract.choices, verbose_name=_("contract")
    )
    headcount = models.PositiveIntegerField(verbose_name=_("how many people"))
    cost_per_fte_minor = models.BigIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        verbose_name=_("yearly cost per full-time post"),
    )
    currency = models.CharField(
        max_length=3, validators=[CURRENCY], default="EUR", verbose_name=_("currency")
    )
    representation = models.ForeignKey(
        Representation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="groups",
        verbose_name=_("represented by"),
    )
    vulnerable_because = models.CharField(
        max_length=500, blank=True, verbose_name=_("especially vulnerable because")
    )
    marked_vulnerable_by = models.CharField(
        max_length=40, blank=True, verbose_name=_("marked by (side)")
    )
    unmarked_because = models.CharField(
        max_length=500, blank=True, verbose_name=_("no longer vulnerable because")
    )

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "site", "name", "contract"), name="one_group_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_vulnerable(self) -> bool:
        """Whether somebody marked this group as vulnerable, with a reason."""
        return bool(self.vulnerable_because)

    @property
    def cost_per_fte(self) -> Money | None:
        """What one full-time post costs a year, on-costs included; None when not known."""
        if self.cost_per_fte_minor is None:
            return None
        return Money(self.currency, self.cost_per_fte_minor)


class Membership(Owned):
    """A line of the roster: that a person belongs to a worker group, from a day until another.

    `number` is what the employer calls the person by; a line entered by hand has none. Most lines
    have no account: the line says who works here, and an account is made for whoever takes part.
    A line whose end lies before its start never held.
    """

    account = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("account"),
    )
    group = models.ForeignKey(
        WorkerGroup,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("worker group"),
    )
    number = models.CharField(max_length=64, blank=True, verbose_name=_("personnel number"))
    name = models.CharField(max_length=150, blank=True, verbose_name=_("name"))
    email = models.EmailField(blank=True, validators=[safe_address], verbose_name=_("e-mail"))
    language = models.CharField(max_length=10, blank=True, verbose_name=_("language"))
    since = models.DateField(verbose_name=_("since"))
    until = models.DateField(null=True, blank=True, verbose_name=_("until"))

    class Meta:
        ordering = ("since", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "number"),
                condition=models.Q(until__isnull=True) & ~models.Q(number=""),
                name=ONE_OPEN_LINE,
            )
        ]
        indexes = [
            models.Index(fields=("organisation", "name", "id"), name="roster_by_name"),
            models.Index(fields=("organisation", "number"), name="roster_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.account_id} in {self.group_id}"

    @property
    def person_name(self) -> str:
        """The name people know them by, from the roster or from the account."""
        return self.name or self.number

    def holds_on(self, day: date) -> bool:
        """Whether the person belongs to the group on this day."""
        return self.since <= day and not self.has_ended(day)

    def has_ended(self, day: date) -> bool:
        """Whether the last day lies before this day."""
        return self.until is not None and self.until < day


class RosterImport(Owned):
    """That a roster came in: which file, how it was read, and how many lines it changed."""

    file_name = models.CharField(max_length=300, verbose_name=_("file"))
    file_sha256 = models.CharField(max_length=64, verbose_name=_("SHA-256 of the file"))
    columns = models.JSONField(default=dict, blank=True, verbose_name=_("columns"))
    lists = models.CharField(max_length=20, verbose_name=_("whom the file lists"))
    counts = models.JSONField(default=dict, blank=True, verbose_name=_("counts"))
    imported_at = models.DateTimeField(verbose_name=_("brought in"))

    class Meta:
        ordering = ("-imported_at", "id")

    def __str__(self) -> str:
        return self.file_name


class RepresentativeInvitation(Owned):
    """Asks a body to name its person. The body names them by accepting; management cannot."""

    representation = models.ForeignKey(
        Representation, on_delete=models.PROTECT, related_name="invitations"
    )
    digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(verbose_name=_("invited"))
    expires_at = models.DateTimeField(verbose_name=_("valid until"))
    accepted_at = models.DateTimeField(null=True, blank=True, verbose_name=_("accepted"))
    revoked_at = models.DateTimeField(null=True, blank=True, verbose_name=_("withdrawn"))
    account = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-invited_at", "id")

    def __str__(self) -> str:
        return f"invitation to {self.representation_id}"

    def state(self, at: datetime) -> str:
        """One of open, accepted, withdrawn and expired, as it stands at a moment."""
        if self.accepted_at is not None:
            return "accepted"
        if self.revoked_at is not None:
            return "withdrawn"
        return "open" if at < self.expires_at else "expired"
