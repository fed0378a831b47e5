"""What stands on a given day, for one signal and one group, side by side.

Three rules keep a "present" from being lost. One person's later answer takes back their own
"present", or sets back the date of an "uncertain", only with a written reason. Inside a side, one
"present" is enough for the side to say it. And no side's answer ever touches another's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from commonweal.job_impact.views import Answer, Side, View


@dataclass(frozen=True)
class Standing:
    """One author's view that stands; `present_since` is None unless it counts as present.

    An "uncertain" past its date counts as present from the day after.
    """

    view: View
    present_since: date | None


@dataclass(frozen=True)
class SideAnswer:
    """What one side says; `answers` are all the different answers inside it, without counts.

    `closed` are the views that were closed; they read "not present", their reasons beside them.
    """

    side: Side
    answer: Answer
    answers: frozenset[Answer]
    present_since: date | None
    closed: tuple[View, ...] = ()

    @property
    def counts_as_present(self) -> bool:
        return self.present_since is not None

    @property
    def differs_inside(self) -> bool:
        return len(self.answers) > 1


@dataclass(frozen=True)
class Cell:
    """One signal for one group: what each side that spoke says, and since when it is present."""

    signal: str
    group: str | None
    sides: Mapping[Side, SideAnswer]

    @property
    def present_since(self) -> date | None:
        """The first day of any side's "present" that still stands; None when none does."""
        days = [one.present_since for one in self.sides.values() if one.present_since is not None]
        return min(days, default=None)

    @property
    def is_present(self) -> bool:
        """Whether any side's "present" stands, which is what a commitment discloses."""
        return self.present_since is not None

    @property
    def is_assessed(self) -> bool:
        return bool(self.sides)

    @property
    def is_uncertain(self) -> bool:
        return any(Answer.UNCERTAIN in one.answers for one in self.sides.values())

    @property
    def differs(self) -> bool:
        """Whether the sides that spoke say different things, or people inside one side do."""
        said = {answer for one in self.sides.values() for answer in one.answers}
        return len(said) > 1

    def answer_of(self, side: Side) -> Answer:
        found = self.sides.get(side)
        return Answer.NOT_YET_ASSESSED if found is None else found.answer


def cell(views: Iterable[View], *, signal: str, group: str | None, on: date) -> Cell:
    """What stands on that day about one signal for one group (None: for all affected groups)."""
    concerning = [view for view in views if view.signal == signal]
    by_side = {
        side: side_answer([view for view in concerning if view.side is side], group=group, on=on)
        for side in Side
    }
    return Cell(signal, group, {side: one for side, one in by_side.items() if one is not None})


def side_answer(views: Iterable[View], *, group: str | None, on: date) -> SideAnswer | None:
    """What one side says about one signal; None while nobody of it has spoken.

    One standing "present" makes the side say present; then one "uncertain"; else the latest view.
    """
    standing = standing_views(views, group=group, on=on)
    if not standing:
        return None
    days = [one.present_since for one in standing if one.present_since is not None]
    answers = frozenset(_spoken(one, on=on) for one in standing)
    latest = max(standing, key=lambda one: (one.view.at, one.view.id))
    loudest = [one for one in (Answer.PRESENT, Answer.UNCERTAIN) if one in answers]
    return SideAnswer(
        side=latest.view.side,
        answer=loudest[0] if loudest else _spoken(latest, on=on),
        answers=answers,
        present_since=min(days, default=None),
        closed=tuple(one.view for one in standing if one.view.is_closed(on)),
    )


def standing_views(views: Iterable[View], *, group: str | None, on: date) -> tuple[Standing, ...]:
    """Each author's standing view on that day, kept apart, about one signal and one group."""
    known = sorted(
        (view for view in views if view.speaks_about(group) and view.at.date() <= on),
        key=lambda view: (view.side.value, view.author, view.at, view.group is not None),
    )
    by_author = groupby(known, key=lambda view: (view.side, view.author))
    return tuple(_standing_of_author(list(mine), on=on) for _, mine in by_author)


def _standing_of_author(mine: list[View], *, on: date) -> Standing:
    """Follow one person's answers in time; given at once, the one for the group is meant."""
    given = [list(at_once)[-1] for _, at_once in groupby(mine, key=lambda view: view.at)]
    current = Standing(given[0], _present_since(given[0], on=on))
    for view in given[1:]:
        current = _after(current, view, on=on)
    return current


def _after(current: Standing, view: View, *, on: date) -> Standing:
    own = _present_since(view, on=on)
    day = view.at.date()
    held = current.present_since is not None and current.present_since <= day
    if current.view.is_closed(day):
        return Standing(view, own)
    if held and view.answer is Answer.PRESENT:
        return Standing(view, own and current.present_since)
    if (held or _postpones(view, current.view)) and not view.reason.strip():
        return current
    return Standing(view, own)


def _postpones(view: View, earlier: View) -> bool:
    """Whether one "uncertain" sets back the date of an earlier one."""
    if view.answer is not Answer.UNCERTAIN or earlier.answer is not Answer.UNCERTAIN:
        return False
    return earlier.until is not None and (view.until is None or view.until > earlier.until)


def _present_since(view: View, *, on: date) -> date | None:
    """Since when the view counts as present; None when it does not on that day."""
    if view.is_closed(on):
        return None
    if view.answer is Answer.PRESENT:
        return view.at.date()
    if view.answer is Answer.UNCERTAIN and view.until is not None and on > view.until:
        return max(view.at.date(), view.until + timedelta(days=1))
    return None


def _spoken(standing: Standing, *, on: date) -> Answer:
    """The answer as it reads: a closed view reads "not present", its reason beside it."""
    return Answer.NOT_PRESENT if standing.view.is_closed(on) else standing.view.answer
