"""Keeps the index in step with the rows, in the transaction that changes them.

The index is derived, so no step of the record is its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from commonweal_web.house.searching import SearchSource
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.record.events import RowsWritten
from commonweal_web.search.full_text import COLUMNS
from commonweal_web.search.models import Entry
from commonweal_web.search.queries.agreement import (
    PART,
    entry_of,
    rows_in_parts,
    rows_of,
    words_of_entry,
)
from commonweal_web.search.queries.offered import model_of, name_of, sources

Changed = dict[str, set[UUID]]


def follow_rows(
    event: RowsWritten, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """Bring the entries of an action's rows up to date, and of rows that use their words."""
    changed = _changed(event.rows)
    if not changed:
        return
    for source in sources():
        ids = changed.get(source.model, set()) | _following(source, changed=changed)
        # Whoever follows these rows need look only where their words are new.
        changed[source.model] = set(index_rows(source, ids=ids)) if ids else set()


def _changed(rows: Iterable[models.Model]) -> Changed:
    changed: Changed = {}
    for row in rows:
        if type(row) in _watched():
            changed.setdefault(row._meta.label, set()).add(row.pk)
        for model, attribute in _parts_of_rows().get(type(row), ()):
            changed.setdefault(model, set()).add(getattr(row, attribute))
    return changed


@cache
def _parts_of_rows() -> dict[type[models.Model], list[tuple[str, str]]]:
    """The models whose rows name a row of the index, which they are a part of."""
    found: dict[type[models.Model], list[tuple[str, str]]] = {}
    for source in sources():
        for name, attribute in source.parts.items():
            found.setdefault(apps.get_model(name), []).append((source.model, attribute))
    return found


@cache
def _watched() -> frozenset[type[models.Model]]:
    """The models whose rows are in the index, or whose words are in that of others."""
    names = {name for source in sources() for name in (source.model, *source.follows)}
    return frozenset(apps.get_model(name) for name in names)


def _following(source: SearchSource, *, changed: Changed) -> set[UUID]:
    rows = model_of(source)._default_manager.order_by()
    return {
        pk
        for name, path in source.follows.items()
        for part in _parts(changed.get(name, ()))
        for pk in rows.filter(**{f"{path}__in": part}).values_list("pk", flat=True)
    }


def index_rows(source: SearchSource, *, ids: Collection[UUID]) -> list[UUID]:
    """Make the entries of these rows say what the rows say; gives the rows whose entry changed."""
    return [pk for part in _parts(ids) for pk in _index_part(source, ids=part)]


def _index_part(source: SearchSource, *, ids: list[UUID]) -> list[UUID]:
    wanted = {row.pk: entry_of(source, row) for row in rows_of(source).filter(pk__in=ids)}
    here = Entry.objects.filter(source=name_of(source), subject__in=ids)
    kept = {entry.subject: entry for entry in here}
    gone = [pk for pk in kept if pk not in wanted]
    new = [entry for pk, entry in wanted.items() if pk not in kept]
    differing = [
        _renewed(kept[pk], entry=entry)
        for pk, entry in wanted.items()
        if pk in kept and words_of_entry(kept[pk]) != words_of_entry(entry)
    ]
    if gone:
        here.filter(subject__in=gone).delete()
    Entry.objects.bulk_create(new)
    if differing:
        Entry.objects.bulk_update(differing, COLUMNS)
    return [*gone, *(entry.subject for entry in (*new, *differing))]


def _renewed(kept: Entry, *, entry: Entry) -> Entry:
    entry.pk = kept.pk
    return entry


def _parts(ids: Iterable[UUID]) -> list[list[UUID]]:
    found = sorted(ids)
    return [found[start : start + PART] for start in range(0, len(found), PART)]


def rebuild() -> int:
    """Make the whole index anew from the rows; says how many can be found.

    One part after the other, so that people can go on working: what they change meanwhile is
    brought up to date by their own actions.
    """
    for source in sources():
        for part in rows_in_parts(source):
            with transaction.atomic():
                index_rows(source, ids=[row.pk for row in part])
        _forget_what_is_gone(source)
    Entry.objects.exclude(source__in=[name_of(source) for source in sources()]).delete()
    return Entry.objects.count()


def _forget_what_is_gone(source: SearchSource) -> None:
    there = model_of(source)._default_manager.values("pk")
    Entry.objects.filter(source=name_of(source)).exclude(subject__in=there).delete()
