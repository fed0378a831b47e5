"""Whom an assessment is told to: everyone whose work it asks about, and each side at a desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.urls import reverse

from commonweal_web.job_impact.models import Assessment
from commonweal_web.notices.actions import remind_group, tell
from commonweal_web.people.queries import accounts_in_role, with_deputies
from commonweal_web.systems.queries import affected_groups_of
from commonweal_web.workplaces.queries import members_of_groups

QUESTIONS, QUESTIONS_CLOSE, VIEWS = (
    "job_impact.questions",
    "job_impact.questions_close",
    "job_impact.views",
)
DESK_ROLES = ("people_lead", "worker_representative", "expert")
SOON = timedelta(days=7)
AT_A_TIME = 100


def tell_of_run(run: Assessment, *, at: datetime) -> None:
    """Tell everyone of the groups that the questions are open, and the sides that views are asked.

    The whole of the groups hears of it, whoever opened the run: a list of recipients says nothing
    about who answers.
    """
    about = f"job_impact.assessment:{run.pk}"
    tell(
        organisation=run.organisation,
        at=at,
        due=run.due_on,
        kind=QUESTIONS,
        about=about,
        accounts=_everyone_asked(run, at=at),
        url=_own_page(run),
        whole_group=True,
    )
    tell(
        organisation=run.organisation,
        at=at,
        due=run.due_on,
        kind=VIEWS,
        about=about,
        accounts=_sides(run, at=at),
        url=reverse("desk:job_impact:assessment", args=[run.use_id]),
    )


def remind_of_questions(*, at: datetime) -> int:
    """Tell everyone of the groups, once, that questions close within a week; how many runs.

    Those who have answered hear of it too: nobody learns from a mail who has not.
    """
    runs = Assessment.objects.filter(
        closed_at__isnull=True, due_on__gte=at.date(), due_on__lte=at.date() + SOON
    )
    return sum(
        remind_group(
            organisation=run.organisation,
            at=at,
            kind=QUESTIONS_CLOSE,
            about=f"job_impact.assessment:{run.pk}",
            group=partial(_everyone_asked, run, at=at),
            url=_own_page(run),
            due=run.due_on,
        )
        for run in runs.select_related("organisation", "use").order_by("due_on", "id")[:AT_A_TIME]
    )


def _own_page(run: Assessment) -> str:
    return reverse("my:job_impact:assessment", args=[run.pk])


def _everyone_asked(run: Assessment, *, at: datetime) -> list[UUID]:
    groups = [row.group for row in affected_groups_of(run.use) if row.group is not None]
    return [each.pk for each in members_of_groups(groups, at.date())]


def _sides(run: Assessment, *, at: datetime) -> set[UUID]:
    owners = [run.use.owner_id] if run.use.owner_id else []
    found = with_deputies(run.organisation, owners, role="use_owner", on=at.date())
    for role in DESK_ROLES:
        holders = accounts_in_role(run.organisation, role=role, on=at.date())
        found |= set(holders.values_list("pk", flat=True))
    return found
