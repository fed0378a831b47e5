"""The tasks of a job, as the people who hold it rate them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned


class JobTask(Owned):
    """One task of a worker group's job that a use may touch."""

    use = models.ForeignKey("systems.Use", on_delete=models.PROTECT, related_name="job_tasks")
    group = models.ForeignKey(
        "workplaces.WorkerGroup",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("whose job"),
    )
    name = models.CharField(max_length=200, verbose_name=_("task"))

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=("use", "group", "name"), name="one_task_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class TaskRating(Owned):
    """What one holder of the job says of a task; `author` is a mark as in `View`."""

    task = models.ForeignKey(JobTask, on_delete=models.PROTECT, related_name="ratings")
    author = models.CharField(max_length=32, editable=False)
    is_core = models.BooleanField(verbose_name=_("part of the core of the job"))
    is_liked = models.BooleanField(null=True, blank=True, verbose_name=_("liked"))
    share_percent = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        verbose_name=_("share of working time, in per cent"),
    )
    at = models.DateTimeField(verbose_name=_("given"))

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(fields=("task", "author"), name="one_rating_per_holder")
        ]

    def __str__(self) -> str:
        return f"{self.task_id}"
