"""For whom a signal is asked: the worker groups a use touches, and people outside the roster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from commonweal.job_impact.views import SMALLEST_NAMED_GROUP

if TYPE_CHECKING:
    from commonweal_web.systems.models import AffectedGroup, Use


@dataclass(frozen=True, slots=True)
class Column:
    """One affected group: a worker group by its id, other people by the row that names them."""

    key: UUID
    name: str
    people: int | None
    is_worker_group: bool
    is_vulnerable: bool

    @property
    def may_be_named(self) -> bool:
        """Whether it is large enough to stand beside what its people said."""
        return self.people is not None and self.people >= SMALLEST_NAMED_GROUP


def columns_of(use: Use) -> tuple[Column, ...]:
    """Whom a use touches: worker groups by name, then people outside the roster."""
    return columns_of_many([use])[use.pk]


def columns_of_many(uses: Sequence[Use]) -> dict[UUID, tuple[Column, ...]]:
    """Whom each of these uses touches, in two statements."""
    asked = list(uses)
    if asked:
        prefetch_related_objects(asked, "affected_groups__group")
    return {use.pk: _columns(use.affected_groups.all()) for use in asked}


def _columns(rows: Iterable[AffectedGroup]) -> tuple[Column, ...]:
    found = [_column(row) for row in rows]
    return tuple(sorted(found, key=lambda one: (not one.is_worker_group, one.name, str(one.key))))


def _column(row: AffectedGroup) -> Column:
    return Column(
        key=row.group_id or row.pk,
        name=str(row),
        people=row.people,
        is_worker_group=row.group_id is not None,
        is_vulnerable=bool(row.group and row.group.is_vulnerable),
    )


def group_name(columns: Iterable[Column], *, key: UUID | str | None) -> str:
    """The name of a group as a page shows it; None means everybody affected."""
    if key is None:
        return _("everybody affected")
    found = (column.name for column in columns if str(column.key) == str(key))
    return next(found, _("a group that is no longer affected"))
