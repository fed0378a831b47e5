"""Reads of assessments: what each side says, kept apart, and what it leads to."""

from commonweal_web.job_impact.queries.authors import (
    contributor_actor,
    contributor_by_secret,
    contributor_of,
    own_views,
)
from commonweal_web.job_impact.queries.files import UseFile, all_signals, file_of, files_of
from commonweal_web.job_impact.queries.groups import (
    Column,
    columns_of,
    columns_of_many,
    group_name,
)
from commonweal_web.job_impact.queries.likely import likely_of
from commonweal_web.job_impact.queries.lookups import (
    assessment_of,
    contributor_here,
    present_of,
)
from commonweal_web.job_impact.queries.own import OwnWay, contributor_way, worker_way
from commonweal_web.job_impact.queries.pages import (
    AssessmentPage,
    assessment_page,
    closed_assessments,
    comparison,
    history_of_signal,
    open_assessments,
    open_tasks,
    practices_ahead,
)
from commonweal_web.job_impact.queries.tasks import rated_tasks, task_of

__all__ = [
    "AssessmentPage",
    "Column",
    "OwnWay",
    "UseFile",
    "all_signals",
    "assessment_of",
    "assessment_page",
    "closed_assessments",
    "columns_of",
    "columns_of_many",
    "comparison",
    "contributor_actor",
    "contributor_by_secret",
    "contributor_here",
    "contributor_of",
    "contributor_way",
    "file_of",
    "files_of",
    "group_name",
    "history_of_signal",
    "likely_of",
    "open_assessments",
    "open_tasks",
    "own_views",
    "practices_ahead",
    "present_of",
    "rated_tasks",
    "task_of",
    "worker_way",
]
