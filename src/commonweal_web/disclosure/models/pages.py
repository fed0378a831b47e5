"""What the public reads, version by version."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned


class PublishedPage(Owned):
    """One version of a public page: of a use, or of the organisation when `use` is empty.

    It is never changed. Its id is made from its content (`queries.pages.page_id`), so that the
    public name of its step on the record says what was published.
    """

    use = models.ForeignKey(
        "systems.Use",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("use"),
    )
    number = models.PositiveIntegerField(
        validators=[MinValueValidator(1)], verbose_name=_("version")
    )
    payload = models.JSONField(default=dict, blank=True, verbose_name=_("what it says"))
    published_at = models.DateTimeField(verbose_name=_("published"))

    class Meta:
        ordering = ("-published_at", "-number", "id")
        verbose_name = _("published page")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "use", "number"),
                condition=models.Q(use__isnull=False),
                name="one_page_of_use_per_number",
            ),
            models.UniqueConstraint(
                fields=("organisation", "number"),
                condition=models.Q(use__isnull=True),
                name="one_page_of_organisation_per_number",
            ),
        ]

    def __str__(self) -> str:
        return f"page {self.number}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether this version says that the page was withdrawn, and why."""
        return bool(self.payload.get("withdrawn"))
