"""The organisation, its years, and the one way in which a row belongs to an organisation."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.shared.money import Money

Row = TypeVar("Row", bound=models.Model)
CURRENCY = RegexValidator(r"^[A-Z]{3}$", _("Use the three letters of the currency, such as EUR."))


class Organisation(models.Model):
    """An employer that uses AI. Its record, people and uses are separate from all others."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        max_length=60, unique=True, verbose_name=_("short name in web addresses")
    )
    name = models.CharField(max_length=200, verbose_name=_("name"))
    currency = models.CharField(
        max_length=3, validators=[CURRENCY], default="EUR", verbose_name=_("currency")
    )
    language = models.CharField(
        max_length=10, default="en", verbose_name=_("language people write in")
    )
    help_contact = models.CharField(max_length=200, blank=True, verbose_name=_("help contact"))
    colour = models.CharField(
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("Use a colour such as #0f6b63."))],
        verbose_name=_("colour"),
    )
    is_sample = models.BooleanField(default=False, verbose_name=_("sample data"))
    created_at = models.DateTimeField(verbose_name=_("created"))

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_id(self) -> uuid.UUID:
        """An organisation belongs to itself, so that its own changes are in its own record."""
        return self.pk


class OwnedQuerySet(models.QuerySet[Row]):
    """Rows that belong to organisations."""

    def of(self, organisation: Organisation | uuid.UUID) -> OwnedQuerySet[Row]:
        """Only the rows of this organisation. Every read of a room starts here."""
        owner = organisation.pk if isinstance(organisation, Organisation) else organisation
        return self.filter(organisation_id=owner)


class OwnedManager(models.Manager[Row]):
    """The one organisation-scoped manager."""

    def get_queryset(self) -> OwnedQuerySet[Row]:
        return OwnedQuerySet(self.model, using=self._db)

    def of(self, organisation: Organisation | uuid.UUID) -> OwnedQuerySet[Row]:
        """Only the rows of this organisation."""
        return self.get_queryset().of(organisation)


class Owned(models.Model):
    """A recorded row of one organisation.

    All of its columns are covered by the record. `recorded_as_digest` names columns of which the
    record keeps only a hash.
    """

    recorded_as_digest: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )

    if TYPE_CHECKING:
        objects: ClassVar[OwnedManager[Any]]
    else:
        objects = OwnedManager()

    class Meta:
        abstract = True


class OrganisationYear(Owned):
    """What an organisation spent and earned in one year, against which thresholds are measured."""

    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1900)], verbose_name=_("year")
    )
    currency = models.CharField(max_length=3, validators=[CURRENCY], verbose_name=_("currency"))
    costs_minor = models.BigIntegerField(
        validators=[MinValueValidator(0)], verbose_name=_("annual costs")
    )
    revenue_minor = models.BigIntegerField(
        validators=[MinValueValidator(0)], verbose_name=_("annual revenue")
    )
    source = models.CharField(max_length=300, blank=True, verbose_name=_("source"))

    class Meta:
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "year"), name="one_row_per_year")
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def costs(self) -> Money:
        """Annual costs."""
        return Money(self.currency, self.costs_minor)

    @property
    def revenue(self) -> Money:
        """Annual revenue."""
        return Money(self.currency, self.revenue_minor)
