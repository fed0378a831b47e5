"""Writes of the assessment: runs, views, contributors, and what events bring."""

from commonweal_web.job_impact.actions.contributors import (
    NewLink,
    accept_invitation,
    invite_contributor,
    record_payment,
    revoke_invitation,
)
from commonweal_web.job_impact.actions.present import follow_present
from commonweal_web.job_impact.actions.runs import (
    close_assessment,
    open_assessment,
    reopen_answers,
    state_data,
)
from commonweal_web.job_impact.actions.tasks import add_task, rate_task
from commonweal_web.job_impact.actions.views import close_present, give_view, name_follow_up

__all__ = [
    "NewLink",
    "accept_invitation",
    "add_task",
    "close_assessment",
    "close_present",
    "follow_present",
    "give_view",
    "invite_contributor",
    "name_follow_up",
    "open_assessment",
    "rate_task",
    "record_payment",
    "reopen_answers",
    "revoke_invitation",
    "state_data",
]
