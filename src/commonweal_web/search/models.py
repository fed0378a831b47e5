"""The index of what can be found, derived from rows: `search rebuild` makes it anew."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """The folded words of one row, and whose row it is.

    `title` and `text` are words that every page of the row shows, `more` those of its page at the
    desk alone. `place` is one word that names the organisation and the kind of row, so that the
    database need not look at those of others; `heading` holds the words of the title once more,
    each with a sign before it, so that titles are looked through apart. `pairs` and `more_pairs`
    hold marks of words side by side, `groups` marks of the worker groups that the row touches.
    Nothing is shown from here: what is found is read anew from its own table.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    source = models.CharField(max_length=60)
    subject = models.UUIDField()
    place = models.CharField(max_length=100)
    heading = models.TextField(default="")
    title = models.TextField()
    text = models.TextField()
    more = models.TextField()
    pairs = models.TextField(default="")
    more_pairs = models.TextField(default="")
    groups = models.TextField(default="")

    class Meta:
        # The ids of rows are drawn by chance, so the first of a place are a fair sample of it.
        indexes = [models.Index(fields=("place", "subject"), name="entries_of_a_place")]
        constraints = [
            models.UniqueConstraint(fields=("source", "subject"), name="one_entry_per_row")
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.subject}"
