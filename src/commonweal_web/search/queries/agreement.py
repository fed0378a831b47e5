"""Whether the index says what the rows say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Finding
from commonweal_web.house.searching import SearchSource
from commonweal_web.search.folding import as_heading, marks_of_groups, pairs_in, stored
from commonweal_web.search.full_text import COLUMNS
from commonweal_web.search.models import Entry
from commonweal_web.search.queries.offered import model_of, name_of, place_of, sources

PART = 500
CHECK = "INSERT INTO search_words(search_words, rank) VALUES ('integrity-check', 1)"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many rows are indexed, and how many are missing, differ, or should not be there."""

    source: str
    indexed: int
    missing: int
    differing: int
    superfluous: int

    @property
    def holds(self) -> bool:
        """Whether the index says what the rows say."""
        return not (self.missing or self.differing or self.superfluous)


def entry_of(source: SearchSource, row: models.Model) -> Entry:
    """The entry that a row must have."""
    words = source.text_of(row)
    owner: UUID = row.organisation_id  # type: ignore[attr-defined]
    return Entry(
        organisation_id=owner,
        source=name_of(source),
        subject=row.pk,
        place=place_of(source, organisation=owner),
        heading=as_heading(words.title),
        title=stored([words.title]),
        text=stored(words.text),
        more=stored(words.more),
        pairs=pairs_in([words.title, *words.text]),
        more_pairs=pairs_in(words.more),
        groups=marks_of_groups(words.groups),
    )


def words_of_entry(entry: Entry) -> tuple[str, ...]:
    """What an entry keeps of its row."""
    return tuple(getattr(entry, column) for column in COLUMNS)


def rows_of(source: SearchSource) -> models.QuerySet[models.Model]:
    """The rows of a source with all that their entries are made of."""
    rows = model_of(source)._default_manager.select_related(*source.read_with)
    return rows.prefetch_related(*source.lists)


def rows_in_parts(source: SearchSource) -> Iterator[list[models.Model]]:
    """All rows of a source, part by part."""
    rows = rows_of(source).order_by("pk")
    last = None
    while part := list((rows.filter(pk__gt=last) if last else rows)[:PART]):
        yield part
        last = part[-1].pk


def agreements() -> list[Agreement]:
    """Each source compared with its rows, whole. On SQLite the full-text index is checked too."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # writes no row: FTS5 takes its commands in the shape of an INSERT
            cursor.execute(CHECK)
    return [_agreement(source) for source in sources()]


def _agreement(source: SearchSource) -> Agreement:
    entries = Entry.objects.filter(source=name_of(source))
    rows = missing = differing = 0
    for part in rows_in_parts(source):
        kept = {
            each.subject: each for each in entries.filter(subject__in=[row.pk for row in part])
        }
        rows += len(part)
        missing += len(part) - len(kept)
        differing += sum(
            words_of_entry(kept[row.pk]) != words_of_entry(entry_of(source, row))
            for row in part
            if row.pk in kept
        )
    total = entries.count()
    return Agreement(name_of(source), total, missing, differing, total - (rows - missing))


def index_findings(*, at: datetime) -> list[Finding]:
    """For `commonweal check`: whether as many rows are indexed as there are."""
    short = [
        name_of(source)
        for source in sources()
        if Entry.objects.filter(source=name_of(source)).count()
        != model_of(source)._default_manager.count()
    ]
    if not short:
        return []
    return [
        Finding(
            code="search_index_differs",
            level="advice",
            said=_("The search does not know all of: %(sources)s.")
            % {"sources": ", ".join(short)},
            do=_("Run `commonweal manage search rebuild`."),
            where="search",
        )
    ]
