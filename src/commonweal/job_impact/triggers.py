"""What makes an assessment run again, by when, and which answers it asks anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum


class Trigger(Enum):
    OBJECTIVES_SET = "objectives_set"
    SYSTEM_PROCURED = "system_procured"
    IMPLEMENTATION_COMPLETED = "implementation_completed"
    NEW_USE = "new_use"
    MODEL_CHANGED = "model_changed"
    PURPOSE_CHANGED = "purpose_changed"
    GRIEVANCE_UPHELD = "grievance_upheld"
    INCIDENT_UPHELD = "incident_upheld"
    REVIEW_DATE_PASSED = "review_date_passed"
    DATA_CAME = "data_came"


DAYS_TO_ANSWER: dict[Trigger, int] = dict.fromkeys(Trigger, 30) | {
    Trigger.GRIEVANCE_UPHELD: 14,
    Trigger.INCIDENT_UPHELD: 14,
}
"""Days from the trigger to the due date of its task; harm that has happened is looked at first."""


@dataclass(frozen=True)
class Event:
    """A trigger at a time, and what it touches.

    `signals` and `groups` limit it; None means all. `data` names data that came or changed: every
    answer that rests on such data is touched as well. To touch only those, give no signals, that
    is an empty set.
    """

    trigger: Trigger
    at: datetime
    signals: frozenset[str] | None = None
    groups: frozenset[str] | None = None
    data: frozenset[str] = frozenset()

    def touches(
        self, signal: str, *, group: str | None, evidence: frozenset[str] = frozenset()
    ) -> bool:
        """Whether it asks this signal anew for this group, whose answers rest on `evidence`."""
        named = self.signals is None or signal in self.signals
        concerns = self.groups is None or group is None or group in self.groups
        return (named and concerns) or bool(self.data & evidence)


@dataclass(frozen=True)
class ReassessmentTask:
    """A dated task to assess again."""

    trigger: Trigger
    opened: date
    due: date


def task_for(event: Event) -> ReassessmentTask:
    """The task that an event opens on its day."""
    opened = event.at.date()
    due = opened + timedelta(days=DAYS_TO_ANSWER[event.trigger])
    return ReassessmentTask(event.trigger, opened, due)


def review_passed(review_date: date, *, zone: tzinfo) -> Event:
    """The event of a review date that passes: the first moment of the day after, at the site."""
    day_after = datetime.combine(review_date + timedelta(days=1), time.min, tzinfo=zone)
    return Event(Trigger.REVIEW_DATE_PASSED, day_after)
