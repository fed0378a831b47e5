"""The tasks of a job, named and rated by the people who hold it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from commonweal_web.house.refusals import NotAllowed, Refused
from commonweal_web.job_impact.models import JobTask, TaskRating
from commonweal_web.job_impact.models.views import Side
from commonweal_web.job_impact.permissions import RATE_TASKS
from commonweal_web.job_impact.queries.authors import author_mark
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import account_of
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.workplaces.queries import groups_of_account

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use
    from commonweal_web.workplaces.models import WorkerGroup


def add_task(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    group: WorkerGroup,
    name: str,
) -> JobTask:
    """Name a task of one's own job. Only people who hold the job say what it consists of."""
    with action("job_impact.add_task", organisation=organisation, by=by, at=at) as act:
        act.may(RATE_TASKS)
        _must_hold(act, group=group)
        wanted = name.strip()
        if not wanted:
            raise Refused("name_missing", _("Name the task in a few words."), where="name")
        rows = JobTask.objects.of(organisation).filter(use=use, group=group)
        found = rows.filter(name__iexact=wanted).first()
        return found or act.create(
            JobTask(organisation=organisation, use=use, group=group, name=wanted)
        )


def rate_task(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    task: JobTask,
    is_core: bool,
    is_liked: bool | None = None,
    share_percent: int | None = None,
) -> TaskRating:
    """Say whether a task is the core of one's job, whether one likes it, and its share of time."""
    with action("job_impact.rate_task", organisation=organisation, by=by, at=at) as act:
        act.may(RATE_TASKS)
        _must_hold(act, group=task.group)
        author = author_mark(by, use=task.use, side=Side.WORKERS)
        said = {"is_core": is_core, "is_liked": is_liked, "share_percent": share_percent}
        given = TaskRating.objects.of(organisation).filter(task=task, author=author)
        mine: TaskRating | None = given.first()
        if mine is not None:
            return act.change(mine, at=act.at, **said)
        return act.create(
            TaskRating(organisation=organisation, task=task, author=author, at=act.at, **said)
        )


def _must_hold(act: Act, *, group: WorkerGroup) -> None:
    account = act.by.account_id and account_of(act.organisation, pk=act.by.account_id)
    held = groups_of_account(account, act.at.date()) if account else []
    if group.pk not in {each.pk for each in held}:
        raise NotAllowed(
            "not_own_job", _("Only people who hold this job say what it consists of.")
        )
