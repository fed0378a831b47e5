"""Sheets of printed sign-in codes, which of their codes are left, and tries at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned
from commonweal_web.people.models.accounts import Account

if TYPE_CHECKING:
    from datetime import date


class CodeSheet(Owned):
    """That somebody printed twelve sign-in codes for a person; each of them works once.

    The row keeps keyed digests only: the codes were shown to whoever printed them, once. Which of
    them are left is not history, and nothing says when one was used.
    """

    class Ending(models.TextChoices):
        REPLACED = "replaced", _("a new sheet took its place")
        CANCELLED = "cancelled", _("its holder cancelled it")
        CLOSED = "closed", _("the account was closed")

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="code_sheets", verbose_name=_("person")
    )
    digests = models.JSONField(default=list, blank=True, verbose_name=_("digests of the codes"))
    issued_by_role = models.CharField(max_length=40, verbose_name=_("printed by"))
    issued_by_side = models.CharField(max_length=20, verbose_name=_("printed by (side)"))
    issued_at = models.DateTimeField(verbose_name=_("printed"))
    expires_on = models.DateField(verbose_name=_("works until"))
    ended_at = models.DateTimeField(null=True, blank=True, verbose_name=_("ended"))
    ended_because = models.CharField(
        max_length=20, blank=True, choices=Ending.choices, verbose_name=_("ended because")
    )

    class Meta:
        ordering = ("-issued_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("account",),
                condition=models.Q(ended_at__isnull=True),
                name="one_sheet_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"codes of {self.account_id}"

    def works_on(self, day: date) -> bool:
        """Whether its codes that are left let their holder in on this day."""
        return self.ended_at is None and day <= self.expires_on


class CodeLeft(models.Model):
    """A code that was not used yet, found by its digest. Using it deletes the row.

    A row lets nobody in unless the sheet on the record lists the same digest. It has no time.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    sheet = models.ForeignKey(CodeSheet, on_delete=models.CASCADE, related_name="codes_left")

    def __str__(self) -> str:
        return self.digest[:8]


class WrongTries(models.Model):
    """How many wrong codes came from a network, or from anywhere, in a few minutes.

    The network is a hash that nobody can turn back after the day; the row goes within the hour.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key[:8]
