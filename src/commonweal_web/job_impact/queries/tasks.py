"""The tasks of a job as its holders rate them, told only where five or more did."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING
from uuid import UUID

from commonweal.job_impact.views import SMALLEST_NAMED_GROUP
from commonweal_web.house.refusals import NotHere
from commonweal_web.job_impact.models import JobTask, TaskRating
from commonweal_web.job_impact.models.views import Side
from commonweal_web.job_impact.queries.authors import author_mark

if TYPE_CHECKING:
    from commonweal_web.record.actor import Actor
    from commonweal_web.systems.models import Use


@dataclass(frozen=True, slots=True)
class RatedTask:
    """A task with what its holders say. None: too few said something to tell."""

    task: JobTask
    is_core: bool | None
    is_liked: bool | None
    share_percent: int | None
    mine: TaskRating | None = None


def rated_tasks(
    use: Use, *, group: UUID | None = None, by: Actor | None = None, limit: int = 300
) -> list[RatedTask]:
    """The tasks of the jobs a use touches: what more than half say, once five or more spoke."""
    rows = JobTask.objects.of(use.organisation_id).filter(use=use).select_related("group")
    rows = rows.filter(group=group) if group else rows
    mark = author_mark(by, use=use, side=Side.WORKERS) if by else ""
    found = rows.order_by("group__name", "name").prefetch_related("ratings")[:limit]
    return [_rated(task, mark=mark) for task in found]


def _rated(task: JobTask, *, mark: str) -> RatedTask:
    ratings = list(task.ratings.all())
    shares = [one.share_percent for one in ratings if one.share_percent is not None]
    liked = [one.is_liked for one in ratings if one.is_liked is not None]
    return RatedTask(
        task=task,
        is_core=_most([one.is_core for one in ratings]),
        is_liked=_most(liked),
        share_percent=median_low(shares) if len(shares) >= SMALLEST_NAMED_GROUP else None,
        mine=next((one for one in ratings if one.author == mark), None),
    )


def _most(said: list[bool]) -> bool | None:
    return 2 * sum(said) > len(said) if len(said) >= SMALLEST_NAMED_GROUP else None


def task_of(use: Use, *, pk: UUID | str) -> JobTask:
    """One task of a use. Raises `NotHere`."""
    rows = JobTask.objects.of(use.organisation_id).select_related("group", "use")
    found: JobTask | None = rows.filter(use=use, pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such task here.")
    return found
