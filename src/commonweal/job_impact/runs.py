"""One run of the assessment: its signals, groups and views, and the views of it we allow.

There is no score and no overall colour: opportunities never make up for risks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from commonweal.job_impact.participants import Expert, Participation
from commonweal.job_impact.standing import Cell, cell, standing_views
from commonweal.job_impact.triggers import Event
from commonweal.job_impact.views import Answer, Side, View

Place = tuple[str, str | None]
"""A signal and a group; the group None stands for all affected groups."""


@dataclass(frozen=True)
class Run:
    """An assessment as it stands on one day.

    `signals` are all that must be gone through, `groups` the affected ones (none listed means
    one column for all). `views` may reach back to earlier runs, since a view stands until it is
    asked anew; `events` are what asked it anew. Data texts are lists of what existed and what
    was missing; None means nobody has stated it, an empty tuple that there was none.
    """

    id: str
    stage: str
    on: date
    signals: tuple[str, ...]
    groups: tuple[str, ...] = ()
    views: tuple[View, ...] = ()
    events: tuple[Event, ...] = ()
    participations: tuple[Participation, ...] = ()
    experts: tuple[Expert, ...] = ()
    data_available: tuple[str, ...] | None = None
    data_missing: tuple[str, ...] | None = None

    @property
    def columns(self) -> tuple[str | None, ...]:
        return self.groups or (None,)

    @cached_property
    def cells(self) -> Mapping[Place, Cell]:
        """What stands for each signal and group."""
        by_signal: dict[str, list[View]] = {signal: [] for signal in self.signals}
        for view in self.views:
            by_signal.setdefault(view.signal, []).append(view)
        return {
            (signal, group): cell(by_signal[signal], signal=signal, group=group, on=self.on)
            for signal in self.signals
            for group in self.columns
        }


def matrix(run: Run) -> tuple[tuple[Cell, ...], ...]:
    """The signals as rows and the groups as columns, in the order of the run."""
    return tuple(
        tuple(run.cells[signal, group] for group in run.columns) for signal in run.signals
    )


def not_yet_assessed(run: Run) -> tuple[Place, ...]:
    """The signals and groups of which nobody has said anything since they were last asked."""
    return tuple(place for place in run.cells if not _answered_since_asked(run, place))


def divergence(run: Run) -> tuple[Cell, ...]:
    """The cells where sides, or people inside one side, say different things."""
    return tuple(one for one in run.cells.values() if one.differs)


def present(run: Run) -> tuple[Cell, ...]:
    """The cells in which any side's "present" stands."""
    return tuple(one for one in run.cells.values() if one.is_present)


def reopened(run: Run, event: Event) -> tuple[Place, ...]:
    """The signals and groups whose answers the event asks anew: exactly those it touches."""
    return tuple(place for place in run.cells if _touches(event, run, place))


@dataclass(frozen=True)
class Change:
    """One side's answer for one signal and group, before and after."""

    signal: str
    group: str | None
    side: Side
    before: Answer
    after: Answer


@dataclass(frozen=True)
class Comparison:
    """What changed from one run to the next; nothing is summed."""

    answers: tuple[Change, ...]
    newly_present: tuple[Place, ...]
    no_longer_present: tuple[Place, ...]
    signals_added: tuple[str, ...]
    signals_removed: tuple[str, ...]
    groups_added: tuple[str, ...]
    groups_removed: tuple[str, ...]
    data_gained: tuple[str, ...]
    data_still_missing: tuple[str, ...]


def compare_runs(before: Run, after: Run) -> Comparison:
    """What changed between two runs; a place that only one of them has was not assessed there."""
    places = tuple(dict.fromkeys((*before.cells, *after.cells)))
    was = {place: _cell_of(before, place) for place in places}
    now = {place: _cell_of(after, place) for place in places}
    return Comparison(
        answers=tuple(_changes(places, was=was, now=now)),
        newly_present=tuple(p for p in places if now[p].is_present and not was[p].is_present),
        no_longer_present=tuple(p for p in places if was[p].is_present and not now[p].is_present),
        signals_added=_only(after.signals, other=before.signals),
        signals_removed=_only(before.signals, other=after.signals),
        groups_added=_only(after.groups, other=before.groups),
        groups_removed=_only(before.groups, other=after.groups),
        data_gained=_only(after.data_available or (), other=before.data_available or ()),
        data_still_missing=after.data_missing or (),
    )


@dataclass(frozen=True)
class StageOfPractices:
    """The practices that can start at one stage, each with the signals that lead to it."""

    stage: str
    practices: tuple[tuple[str, tuple[str, ...]], ...]


def leads_to(
    run: Run,
    *,
    practices_of: Mapping[str, Sequence[str]],
    stage_of: Mapping[str, str],
    stages: Sequence[str],
) -> tuple[StageOfPractices, ...]:
    """The practices that present or uncertain signals lead to, by the earliest stage to start.

    `practices_of` names the practices of each signal and `stage_of` the stage of each practice;
    both come from the catalogue. `stages` gives the order of the stages.
    """
    open_signals = {c.signal for c in run.cells.values() if c.is_present or c.is_uncertain}
    signals_by_practice: dict[str, list[str]] = {}
    for signal in run.signals:
        for practice in practices_of[signal] if signal in open_signals else ():
            signals_by_practice.setdefault(practice, []).append(signal)
    grouped = {stage: _at_stage(signals_by_practice, stage, stage_of=stage_of) for stage in stages}
    return tuple(StageOfPractices(stage, found) for stage, found in grouped.items() if found)


def _at_stage(
    signals_by_practice: Mapping[str, Sequence[str]], stage: str, *, stage_of: Mapping[str, str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (practice, tuple(signals))
        for practice, signals in signals_by_practice.items()
        if stage_of[practice] == stage
    )


def _touches(event: Event, run: Run, place: Place) -> bool:
    signal, group = place
    known = [view for view in run.views if view.signal == signal and view.at <= event.at]
    standing = standing_views(known, group=group, on=event.at.date())
    evidence = frozenset(data for one in standing for data in one.view.evidence)
    return event.touches(signal, group=group, evidence=evidence)


def _answered_since_asked(run: Run, place: Place) -> bool:
    """Whether some view was given after the last event that asked this place anew."""
    signal, group = place
    asked = [one.at for one in run.events if one.at.date() <= run.on and _touches(one, run, place)]
    return any(
        view.signal == signal
        and view.speaks_about(group)
        and view.at.date() <= run.on
        and all(view.at > at for at in asked)
        for view in run.views
    )


def _cell_of(run: Run, place: Place) -> Cell:
    signal, group = place
    found = run.cells.get(place)
    return Cell(signal, group, {}) if found is None else found


def _changes(
    places: Iterable[Place], *, was: Mapping[Place, Cell], now: Mapping[Place, Cell]
) -> Iterable[Change]:
    for signal, group in places:
        for side in Side:
            before = was[signal, group].answer_of(side)
            after = now[signal, group].answer_of(side)
            if before is not after:
                yield Change(signal, group, side, before, after)


def _only(these: Sequence[str], *, other: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in these if one not in other)
