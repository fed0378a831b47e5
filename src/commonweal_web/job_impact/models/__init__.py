"""Runs of the assessment, what people said in them, who took part, and what asks them anew."""

from commonweal_web.job_impact.models.contributors import Contributor
from commonweal_web.job_impact.models.runs import Assessment, PresentSignal, Reopening
from commonweal_web.job_impact.models.tasks import JobTask, TaskRating
from commonweal_web.job_impact.models.views import FollowUp, View, ViewClosing

__all__ = [
    "Assessment",
    "Contributor",
    "FollowUp",
    "JobTask",
    "PresentSignal",
    "Reopening",
    "TaskRating",
    "View",
    "ViewClosing",
]
