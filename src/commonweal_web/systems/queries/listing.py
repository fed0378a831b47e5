"""The list of uses: lean rows for a page of fifty, and for a file of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from commonweal_web.house.paging import Page
from commonweal_web.organisations.models import Organisation
from commonweal_web.systems.models import AffectedGroup, Stage, Use
from commonweal_web.systems.queries.uses import PAGE, uses_found

MOST_IN_A_FILE = 10_000
CHUNK = 500
COLUMNS = (
    "pk",
    "name",
    "system__name",
    "unit",
    "stage",
    "stage_since",
    "entered_without_gate",
    "review_on",
)


@dataclass(frozen=True, slots=True)
class ListedUse:
    """One use as the list shows it; `touches` names each group with its number of people."""

    pk: UUID
    name: str
    system: str
    unit: str
    stage: str
    since: date
    without_gate: bool
    review_on: date | None
    touches: tuple[str, ...]


def uses_listed(
    organisation: Organisation, *, number: int = 1, size: int = PAGE, **asked: Any
) -> Page[ListedUse]:
    """One page of the list, in three statements; `asked` as for `uses_found`."""
    rows = uses_found(organisation, **asked)
    total = rows.count()
    number = max(1, min(number, -(-total // size)))
    start = (number - 1) * size
    return Page(_listed(organisation, rows[start : start + size]), number, size, total)


def uses_for_file(organisation: Organisation, **asked: Any) -> Iterator[ListedUse]:
    """The same rows for a file, at most `MOST_IN_A_FILE`, read piece by piece."""
    rows = uses_found(organisation, **asked)
    for start in range(0, MOST_IN_A_FILE, CHUNK):
        chunk = _listed(organisation, rows[start : start + CHUNK])
        yield from chunk
        if len(chunk) < CHUNK:
            return


def _listed(organisation: Organisation, rows: QuerySet[Use]) -> list[ListedUse]:
    found = list(rows.values_list(*COLUMNS))
    touched = _touched(organisation, uses=[row[0] for row in found])
    titles = {stage.value: str(stage.label) for stage in Stage}
    return [
        ListedUse(pk, name, system, unit, titles[stage], since, without, review, touched(pk))
        for pk, name, system, unit, stage, since, without, review in found
    ]


def _touched(organisation: Organisation, *, uses: list[UUID]) -> Any:
    """Gives the words for whom a use touches."""
    rows = AffectedGroup.objects.of(organisation).filter(use__in=uses).order_by("id")
    columns = ("use_id", "group__name", "group__headcount", "outside_name", "outside_count")
    words: dict[UUID, list[str]] = {}
    for use, group, headcount, outside, count in rows.values_list(*columns):
        words.setdefault(use, []).append(people_in_words(group or outside, headcount or count))
    return lambda use: tuple(islice(sorted(words.get(use, ())), 20))


def people_in_words(name: str, people: int | None) -> str:
    """A group with its number of people, or without where nobody knows it."""
    return (
        name if people is None else _("%(name)s (%(people)s)") % {"name": name, "people": people}
    )
