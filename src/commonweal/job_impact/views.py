"""What one person, speaking for one side, said about one signal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from commonweal.shared.language import _

SMALLEST_NAMED_GROUP = 5
"""Groups with fewer people are not named beside a view; it reads "workers"."""


class ViewError(ValueError):
    """A view or closing that may not stand like this, with the reason and what to do."""


class Answer(Enum):
    """A signal is present if the system *may* do the thing when it works as intended."""

    NOT_YET_ASSESSED = "not_yet_assessed"
    PRESENT = "present"
    NOT_PRESENT = "not_present"
    UNCERTAIN = "uncertain"
    NOT_APPLICABLE = "not_applicable"


class Side(Enum):
    """Who speaks. Sides stand beside each other and are never merged."""

    WORKERS = "workers"
    REPRESENTATIVES = "representatives"
    MANAGEMENT = "management"
    EXPERTS = "experts"
    CONTRIBUTORS = "contributors"

    @property
    def is_worker_side(self) -> bool:
        return self in {Side.WORKERS, Side.REPRESENTATIVES}

    def may_close(self, side: Side) -> bool:
        """Whether somebody of this side may close a "present" of the other side, with a reason.

        Worker representatives may close any, management only management's own. Everybody else
        takes back their own view by answering anew with a reason, and closes nobody else's.
        """
        return self is Side.REPRESENTATIVES or (self is side and side is Side.MANAGEMENT)


@dataclass(frozen=True)
class Closing:
    """The end of a "present" or "uncertain", with a written reason that the worker side sees."""

    by: Side
    reason: str
    at: datetime

    def __post_init__(self) -> None:
        _check_time(self.at)
        if not self.reason.strip():
            raise ViewError(_("A view is closed only with a written reason: write why."))


@dataclass(frozen=True)
class View:
    """One answer, as it was given; it never changes, except that it may be closed.

    `group` is the worker group it speaks about, None for all affected groups. `author` is an
    opaque mark that tells one person's answers apart and is shown to nobody else; `author_group`
    is the group the author belongs to. `reason` says why, and is needed to take back an earlier
    "present". `until` is the last day by which `person` finds out what is uncertain. `evidence`
    names the data the answer rests on.
    """

    id: str
    signal: str
    side: Side
    answer: Answer
    at: datetime
    stage: str
    catalogue_version: str
    author: str = field(repr=False)
    group: str | None = None
    author_group: str | None = field(default=None, repr=False)
    evidence: frozenset[str] = frozenset()
    reason: str = ""
    person: str = ""
    until: date | None = None
    closing: Closing | None = None

    def __post_init__(self) -> None:
        _check_time(self.at)
        if self.answer is Answer.NOT_YET_ASSESSED:
            raise ViewError(
                f"'Not yet assessed' is no view of signal {self.signal!r}: leave it unanswered."
            )
        if self.side is Side.MANAGEMENT and self.is_uncertain_without_follow_up:
            raise ViewError(
                f"'Uncertain' about signal {self.signal!r} lacks a person or a date: "
                "name who finds out, and by when."
            )
        if self.closing is not None:
            _check_closing(self, self.closing)

    @property
    def is_uncertain_without_follow_up(self) -> bool:
        """Whether nobody is named, or no date is set, to find out what is uncertain."""
        return self.answer is Answer.UNCERTAIN and not (self.person.strip() and self.until)

    def is_closed(self, on: date) -> bool:
        return self.closing is not None and self.closing.at.date() <= on

    def speaks_about(self, group: str | None) -> bool:
        """Whether it covers the group: its own group, or all affected groups."""
        return self.group is None or self.group == group


@dataclass(frozen=True)
class ShownAuthor:
    """What others see of a view's author; `group` is None where it must read "workers"."""

    side: Side
    group: str | None


def shown_author(view: View, *, headcount: int | None) -> ShownAuthor:
    """Side and group of the author; a group under five, or of unknown size, is not named."""
    small = headcount is None or headcount < SMALLEST_NAMED_GROUP
    return ShownAuthor(view.side, None if small else view.author_group)


def _check_time(at: datetime) -> None:
    if at.tzinfo is None:
        raise ViewError(f"The time {at} has no time zone: give the time zone of the site.")


def _check_closing(view: View, closing: Closing) -> None:
    if view.answer not in {Answer.PRESENT, Answer.UNCERTAIN}:
        raise ViewError(
            _("Only “present” and “uncertain” can be closed. Give an answer of your own instead.")
        )
    if not closing.by.may_close(view.side):
        raise ViewError(
            _(
                "This side may not close what the other one said. "
                "Ask the worker side's representative."
            )
        )
    if closing.at < view.at:
        raise ViewError(
            f"View {view.id!r} was given at {view.at} and cannot be closed before, at "
            f"{closing.at}: check the time."
        )
