"""What this room adds to the line of a use: where sides differ, and days of runs and payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as now_translated
from django.utils.translation import gettext_lazy as _

from commonweal.job_impact.runs import divergence
from commonweal_web.house.declaration import SetupStep, Text, UseLine
from commonweal_web.job_impact.models import Assessment
from commonweal_web.job_impact.queries.files import UseFile, files_of

if TYPE_CHECKING:
    from commonweal_web.organisations.models import Organisation
    from commonweal_web.systems.models import Use

WORDS: dict[str, Text] = {
    "answers": _("The assessment is to be answered"),
    "again": _("It is to be assessed again"),
    "payment": _("Somebody who took part is to be paid"),
}


def views_in_line(uses: Sequence[Use], *, at: datetime) -> dict[UUID, UseLine]:
    """The questions of the newest run on which sides differ, and what is due."""
    found = {}
    for pk, file in files_of(uses).items():
        if file.assessments or file.reopenings:
            found[pk] = UseLine(
                dates=tuple(_dates(file)), sides_differ=_differing(file, on=at.date())
            )
    return found


def _differing(file: UseFile, *, on: date) -> int:
    if file.latest is None:
        return 0
    return len({cell.signal for cell in divergence(file.run(on=on))})


def _dates(file: UseFile) -> list[tuple[date, str]]:
    run = [(file.open_run.due_on, "answers")] if file.open_run else []
    again = [(task.due_on, "again") for task in file.open_tasks]
    owed = [each for each in file.contributors if each.accepted_on and not each.paid_on]
    return [*run, *again, *((each.payment_due, "payment") for each in owed)]


def setup_steps(organisation: Organisation, *, at: datetime) -> list[SetupStep]:
    """The first assessment: workers and management answer the same questions, apart."""
    return [
        SetupStep(
            80,
            "assessment",
            now_translated("Open the first assessment"),
            now_translated(
                "Workers and management answer the same questions about one use, apart, in paid "
                "time. Where they differ, you see it side by side."
            ),
            is_done=Assessment.objects.of(organisation).exists(),
            url=reverse("desk:job_impact:assessments"),
        )
    ]
