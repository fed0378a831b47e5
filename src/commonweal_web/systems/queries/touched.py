"""Whom uses touch, in words, and which uses a stored row is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, Model, QuerySet
from django.utils.translation import gettext as _

from commonweal_web.systems.models import AffectedGroup, Use

DEEPEST = 5
MOST_SHOWN = 20
PART = 500
GROUP = "workplaces.workergroup"
Way = tuple[str, ...]


def touched_in_words(uses: Sequence[Use]) -> dict[UUID, tuple[str, ...]]:
    """Each group and people outside that uses touch, with their number where it is known."""
    owners = {use.organisation_id for use in uses}
    rows = AffectedGroup.objects.filter(organisation_id__in=owners, use__in=[u.pk for u in uses])
    columns = ("use_id", "group__name", "group__headcount", "outside_name", "outside_count")
    words: dict[UUID, list[str]] = defaultdict(list)
    for use, group, headcount, outside, count in rows.values_list(*columns):
        words[use].append(people_in_words(group or outside, headcount or count))
    return {use: tuple(islice(sorted(each), MOST_SHOWN)) for use, each in words.items()}


def people_in_words(name: str, people: int | None) -> str:
    """A group with its number of people, or without where nobody knows it."""
    return (
        name if people is None else _("%(name)s (%(people)s)") % {"name": name, "people": people}
    )


def uses_of_rows(rows: Iterable[Model]) -> set[UUID]:
    """The uses that these rows are about: by their foreign keys, or by the groups they touch."""
    by_model: dict[type[Model], list[Model]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    found: set[UUID] = set()
    for model, members in by_model.items():
        if (way := way_to(model, towards="systems.use")) is not None:
            found |= _followed(members, way=way)
        elif (way := way_to(model, towards=GROUP)) is not None:
            found |= _touching(_followed(members, way=way))
    return found


@cache
def way_to(model: type[Model], *, towards: str) -> Way | None:
    """The shortest way by foreign keys to another model; empty for itself, None for none."""
    ways: list[tuple[type[Model], Way]] = [(model, ())]
    for _depth in range(DEEPEST):
        for at, way in ways:
            if at._meta.label_lower == towards:
                return way
        ways = [(to, (*way, name)) for at, way in ways for name, to in _keys(at)]
    return None


def _keys(model: type[Model]) -> Iterator[tuple[str, type[Model]]]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and isinstance(field.remote_field.model, type):
            yield field.name, field.remote_field.model


def _followed(rows: Sequence[Model], *, way: Way) -> set[UUID]:
    """Where a way leads; its first step is in the row itself, even in a removed one."""
    if not way:
        return {row.pk for row in rows if row.pk}
    first = type(rows[0])._meta.get_field(way[0])
    starts = {getattr(row, first.attname) for row in rows} - {None}  # type: ignore[union-attr]
    if len(way) == 1:
        return starts
    target: Any = first.remote_field.model  # type: ignore[union-attr]
    return _read(target._default_manager.all(), keys=starts, column=f"{'__'.join(way[1:])}_id")


def _read(rows: QuerySet[Any], *, keys: Iterable[UUID], column: str) -> set[UUID]:
    wanted, found = sorted(keys), set()
    for start in range(0, len(wanted), PART):
        part = rows.filter(pk__in=wanted[start : start + PART])
        found |= set(part.values_list(column, flat=True))
    return found - {None}


def _touching(groups: Iterable[UUID]) -> set[UUID]:
    wanted, found = sorted(groups), set()
    for start in range(0, len(wanted), PART):
        rows = AffectedGroup.objects.filter(group__in=wanted[start : start + PART])
        found |= set(rows.values_list("use_id", flat=True))
    return found
