"""Registers that were brought in, row by row and unchanged."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned
from commonweal_web.systems.models.uses import Use


class ImportBatch(Owned):
    """One import of a register: the file, its columns by position, and what came of it."""

    format = models.CharField(max_length=100, verbose_name=_("format"))
    format_version = models.CharField(max_length=20, verbose_name=_("version of the format"))
    file_name = models.CharField(max_length=300, verbose_name=_("file"))
    file_sha256 = models.CharField(max_length=64, verbose_name=_("hash of the file"))
    encoding = models.CharField(max_length=30, verbose_name=_("encoding"))
    columns = models.JSONField(verbose_name=_("columns"))
    counts = models.JSONField(
        blank=True, verbose_name=_("rows read, created, updated and unchanged")
    )
    problems = models.JSONField(blank=True, verbose_name=_("odd values"))
    imported_at = models.DateTimeField(verbose_name=_("imported"))

    class Meta:
        ordering = ("-imported_at", "id")

    def __str__(self) -> str:
        return f"{self.file_name} {self.imported_at:%Y-%m-%d}"


class ImportedRow(Owned):
    """One row of a register exactly as it was, in each of its versions."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="imported_rows")
    use = models.ForeignKey(Use, on_delete=models.PROTECT, related_name="imported_rows")
    format = models.CharField(max_length=100)
    key = models.CharField(max_length=64)
    ordinal = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    row_number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    cells = models.JSONField(blank=True)
    mapped = models.JSONField(blank=True)

    class Meta:
        ordering = ("row_number", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "format", "key", "ordinal", "version"),
                name="one_row_per_version",
            )
        ]
        indexes = [
            models.Index(fields=("organisation", "format", "is_current"), name="current_rows")
        ]

    def __str__(self) -> str:
        return f"row {self.row_number}, version {self.version}"
