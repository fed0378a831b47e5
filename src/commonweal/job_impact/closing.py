"""What keeps an assessment from closing, and whose move it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from commonweal.job_impact.runs import Run, not_yet_assessed, reopened
from commonweal.job_impact.standing import standing_views


class ClosingGapKind(Enum):
    NOT_ASSESSED = "not_assessed"
    UNCERTAIN_WITHOUT_FOLLOW_UP = "uncertain_without_follow_up"
    NO_WORKER_SIDE = "no_worker_side"
    UNPAID = "unpaid_participation"
    NOT_STATED = "fee_and_time_not_stated_before_acceptance"
    NO_INDEPENDENT_EXPERT = "no_independent_expert"
    ONE_DISCIPLINE = "one_discipline_only"
    TIES_NOT_DECLARED = "ties_not_declared"
    DATA_AVAILABLE_NOT_STATED = "data_available_not_stated"
    DATA_MISSING_NOT_STATED = "data_missing_not_stated"


class Move(Enum):
    """Whose move it is."""

    EVERYONE = "everyone_asked"
    PEOPLE_LEAD = "people_lead"
    EXPERT = "expert"


WHOSE_MOVE: dict[ClosingGapKind, Move] = dict.fromkeys(ClosingGapKind, Move.PEOPLE_LEAD) | {
    ClosingGapKind.NOT_ASSESSED: Move.EVERYONE,
    ClosingGapKind.TIES_NOT_DECLARED: Move.EXPERT,
}


@dataclass(frozen=True)
class ClosingGap:
    """One thing missing. `subject` is the view, participation or expert it is about, if any."""

    kind: ClosingGapKind
    signal: str = ""
    group: str | None = None
    subject: str = ""

    @property
    def move(self) -> Move:
        return WHOSE_MOVE[self.kind]


def closing_gaps(run: Run) -> tuple[ClosingGap, ...]:
    """Everything that keeps the run from closing on its day; none means it may close."""
    return (
        *_unanswered(run),
        *_unfollowed(run),
        *_unpaid(run),
        *_expertise(run),
        *_data(run),
    )


def _unanswered(run: Run) -> Iterator[ClosingGap]:
    for signal, group in not_yet_assessed(run):
        yield ClosingGap(ClosingGapKind.NOT_ASSESSED, signal, group)
    if not _worker_side_spoke(run):
        yield ClosingGap(ClosingGapKind.NO_WORKER_SIDE)


def _unfollowed(run: Run) -> Iterator[ClosingGap]:
    for signal, group in run.cells:
        concerning = [view for view in run.views if view.signal == signal]
        for standing in standing_views(concerning, group=group, on=run.on):
            view = standing.view
            if view.is_uncertain_without_follow_up and not view.is_closed(run.on):
                kind = ClosingGapKind.UNCERTAIN_WITHOUT_FOLLOW_UP
                yield ClosingGap(kind, signal, group, subject=view.id)


def _unpaid(run: Run) -> Iterator[ClosingGap]:
    for part in run.participations:
        if part.is_unpaid(run.on):
            yield ClosingGap(ClosingGapKind.UNPAID, subject=part.id)
        if not part.was_stated_before_acceptance:
            yield ClosingGap(ClosingGapKind.NOT_STATED, subject=part.id)


def _expertise(run: Run) -> Iterator[ClosingGap]:
    if not any(expert.is_independent for expert in run.experts):
        yield ClosingGap(ClosingGapKind.NO_INDEPENDENT_EXPERT)
    if len({expert.discipline.strip().casefold() for expert in run.experts}) == 1:
        yield ClosingGap(ClosingGapKind.ONE_DISCIPLINE)
    for expert in run.experts:
        if not expert.has_declared:
            yield ClosingGap(ClosingGapKind.TIES_NOT_DECLARED, subject=expert.id)


def _data(run: Run) -> Iterator[ClosingGap]:
    if run.data_available is None:
        yield ClosingGap(ClosingGapKind.DATA_AVAILABLE_NOT_STATED)
    if run.data_missing is None:
        yield ClosingGap(ClosingGapKind.DATA_MISSING_NOT_STATED)


def _worker_side_spoke(run: Run) -> bool:
    """Whether the worker side gave a view since the last event that asked something anew."""
    past = [event for event in run.events if event.at.date() <= run.on]
    asked = [event.at for event in past if reopened(run, event)]
    return any(
        view.side.is_worker_side
        and view.signal in run.signals
        and view.at.date() <= run.on
        and all(view.at > at for at in asked)
        for view in run.views
    )
