"""What people attached: files, links and notes, with who may see each."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commonweal_web.evidence import storage
from commonweal_web.organisations.models import Owned


class Evidence(Owned):
    """A file, link or note about something on record, which its `subject` names.

    A worker's own mark (`author`) can be read by that worker alone. Nothing is deleted silently:
    what is taken back stays as a row with its reason, and with the hash of its file.
    """

    class Kind(models.TextChoices):
        """What was attached."""

        FILE = "file", _("File")
        LINK = "link", _("Link")
        NOTE = "note", _("Note")

    class Form(models.TextChoices):
        """In which form it can be taken in."""

        DOCUMENT = "document", _("to read or look at")
        AUDIO = "audio", _("to listen to")
        LARGE_PRINT = "large_print", _("large print")
        EASY = "easy_language", _("easy language")
        SIGNED = "sign_language", _("in sign language")

    class SeenBy(models.TextChoices):
        """Who may see it, of those who may see what it is about."""

        EVERYONE = "everyone", _("Everyone who may see what it is about")
        WORKERS = "workers_side", _("The workers’ side, and the independent people")
        OWN_SIDE = "own_side", _("The side that attached it, alone")
        PUBLIC = "public", _("Everyone, and the public once the page is published")

    class Side(models.TextChoices):
        """Who attached it."""

        WORKERS = "workers", _("Workers")
        MANAGEMENT = "management", _("Management")
        EXPERTS = "experts", _("Independent experts")

    subject = models.CharField(max_length=150, verbose_name=_("what it is about"))
    kind = models.CharField(max_length=10, choices=Kind.choices, verbose_name=_("kind"))
    title = models.CharField(max_length=200, verbose_name=_("title"))
    text = models.TextField(max_length=10_000, blank=True, verbose_name=_("what it shows"))
    address = models.CharField(max_length=2000, blank=True, verbose_name=_("web address"))
    file_name = models.CharField(max_length=150, blank=True, verbose_name=_("name of the file"))
    file_type = models.CharField(max_length=20, blank=True, verbose_name=_("kind of file"))
    size = models.PositiveBigIntegerField(default=0, verbose_name=_("bytes"))
    sha256 = models.CharField(max_length=64, blank=True, verbose_name=_("hash (SHA-256)"))
    language = models.CharField(max_length=15, blank=True, verbose_name=_("language"))
    form = models.CharField(
        max_length=20,
        choices=Form.choices,
        default=Form.DOCUMENT,
        verbose_name=pgettext_lazy("how it can be taken in", "form"),
    )
    seen_by = models.CharField(
        max_length=20,
        choices=SeenBy.choices,
        default=SeenBy.EVERYONE,
        verbose_name=_("who may see it"),
    )
    side = models.CharField(max_length=20, choices=Side.choices, verbose_name=_("attached by"))
    author = models.CharField(max_length=32, editable=False)
    added_at = models.DateTimeField(verbose_name=_("attached"))
    withdrawn_at = models.DateTimeField(null=True, blank=True, verbose_name=_("taken back"))
    withdrawn_because = models.TextField(
        max_length=2000, blank=True, verbose_name=_("why it was taken back")
    )
    file_removed_at = models.DateTimeField(null=True, blank=True, verbose_name=_("file deleted"))

    class Meta:
        ordering = ("added_at", "id")
        indexes = [
            models.Index(fields=("organisation", "subject"), name="evidence_of_subject"),
        ]

    @property
    def added_on(self) -> date:
        """The day on which it was attached. Its hour is shown to nobody: it could tell who."""
        return self.added_at.date()

    def __str__(self) -> str:
        return self.title

    @property
    def is_file(self) -> bool:
        """Whether it is a file, kept or deleted."""
        return self.kind == self.Kind.FILE

    @property
    def has_file(self) -> bool:
        """Whether its file is kept."""
        return self.is_file and self.file_removed_at is None

    @property
    def stored_as(self) -> str:
        """The name its encrypted file is stored under."""
        return storage.name_of(self.organisation_id, pk=self.pk)
