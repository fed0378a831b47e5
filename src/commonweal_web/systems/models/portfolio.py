"""What the list of all uses keeps beside the record: derived lines, and views people saved."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned
from commonweal_web.systems.models.uses import Use


class Standing(Owned):
    """Where one use stands in a few columns, worked out from what the rooms answer.

    Nothing is decided here and nothing is recorded: a row can be thrown away and worked out again
    at any time. `is_stale` says that something changed since; `counted_on` is the day it was
    worked out for, since gaps also come by time alone.
    """

    use = models.OneToOneField(
        Use, on_delete=models.PROTECT, related_name="standing", verbose_name=_("use")
    )
    is_stale = models.BooleanField(default=True)
    counted_on = models.DateField(null=True, blank=True)
    gate = models.CharField(max_length=20, blank=True)
    gaps = models.PositiveIntegerField(default=0, verbose_name=_("gaps before the next gate"))
    first_move = models.CharField(max_length=40, blank=True)
    moves = models.CharField(max_length=400, blank=True)
    next_on = models.DateField(null=True, blank=True, verbose_name=_("next date"))
    next_what = models.CharField(max_length=60, blank=True)
    sides_differ = models.PositiveIntegerField(default=0)
    open_risks = models.PositiveIntegerField(default=0)
    unjudged_risks = models.PositiveIntegerField(default=0)
    gravest = models.SmallIntegerField(null=True, blank=True)
    touches = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=("organisation", "is_stale", "counted_on"), name="lines_to_count"),
        ]

    def __str__(self) -> str:
        return f"line of {self.use_id}"


class SavedView(Owned):
    """Filters of the list of uses under a name; its account's own, unless shared with its side."""

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80, verbose_name=_("name"))
    filters = models.CharField(max_length=2000, blank=True, verbose_name=_("filters"))
    side = models.CharField(max_length=20, blank=True, verbose_name=_("shared with"))
    is_default = models.BooleanField(default=False, verbose_name=_("opens first"))

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=("account", "name"), name="one_view_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class SetupDismissed(Owned):
    """That an account no longer wants the list of first steps on its first page."""

    account = models.OneToOneField("people.Account", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.account_id} set aside the first steps"


class UseCopy(Owned):
    """That a use was begun as a copy of another."""

    use = models.OneToOneField(Use, on_delete=models.PROTECT, related_name="copied_from")
    original = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="copies")

    def __str__(self) -> str:
        return f"{self.use_id} is a copy of {self.original_id}"


class Pack(Owned):
    """A pack that is being made as a PDF, or was; the file is kept for a week."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be made")
        DONE = "done", _("ready")
        FAILED = "failed", _("could not be made")

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    use = models.ForeignKey(Use, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    filters = models.CharField(max_length=2000, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    said = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-asked_at", "id")

    def __str__(self) -> str:
        return f"pack of {self.asked_at}"
