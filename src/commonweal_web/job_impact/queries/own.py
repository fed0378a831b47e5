"""A worker's or contributor's own way through the questions; nobody else can ask for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.job_impact.runs import not_yet_assessed
from commonweal.practices import Signal
from commonweal_web.job_impact.models import Assessment, View
from commonweal_web.job_impact.models.views import Side
from commonweal_web.job_impact.queries.authors import author_mark, own_group
from commonweal_web.job_impact.queries.files import UseFile, domain_view, file_of
from commonweal_web.job_impact.queries.groups import Column, columns_of
from commonweal_web.job_impact.queries.likely import likely_first, likely_of

if TYPE_CHECKING:
    from commonweal_web.job_impact.models import Contributor
    from commonweal_web.people.models import Account
    from commonweal_web.record.actor import Actor

SECONDS_A_QUESTION = 30


@dataclass(frozen=True)
class OwnWay:
    """The questions in the order they are asked, with one's own latest answers."""

    file: UseFile
    assessment: Assessment
    side: str
    group: Column | None
    signals: tuple[Signal, ...]
    answers: dict[str, View]
    unanswered: tuple[str, ...]

    @property
    def answered(self) -> int:
        """How many questions need nothing more from this person."""
        return len(self.signals) - len(self.unanswered)

    @property
    def is_done(self) -> bool:
        """Whether every question was answered since it was last asked."""
        return not self.unanswered

    @property
    def progress(self) -> str:
        """How far one is, in words."""
        return _("%(done)s of %(all)s") % {"done": self.answered, "all": len(self.signals)}

    @property
    def time_left(self) -> str:
        """About how long the rest takes, in words."""
        minutes = max(1, -(-len(self.unanswered) * SECONDS_A_QUESTION // 60))
        said = ngettext("about %(count)s minute left", "about %(count)s minutes left", minutes)
        return said % {"count": minutes}

    def next_after(self, signal: str | None = None) -> str | None:
        """The next unanswered question after this one, starting over at the end."""
        order = [one.id for one in self.signals]
        at = order.index(signal) + 1 if signal in order else 0
        return next((one for one in [*order[at:], *order[:at]] if one in self.unanswered), None)

    def place(self, signal: str) -> int:
        """The number of a question, from one."""
        return [one.id for one in self.signals].index(signal) + 1


def worker_way(
    account: Account, *, by: Actor, assessment: Assessment, at: datetime
) -> OwnWay | None:
    """The way of a worker with an account; None when the use does not touch their group."""
    group = own_group(account, use=assessment.use, on=at.date())
    return (
        _way(by, assessment=assessment, side=Side.WORKERS, group=group, at=at) if group else None
    )


def contributor_way(contributor: Contributor, *, by: Actor, at: datetime) -> OwnWay:
    """The way of somebody with a link."""
    assessment = contributor.assessment
    columns = columns_of(assessment.use)
    own = next((one for one in columns if one.key == contributor.group), None)
    return _way(by, assessment=assessment, side=contributor.side, group=own, at=at)


def _way(
    by: Actor, *, assessment: Assessment, side: str, group: Column | None, at: datetime
) -> OwnWay:
    file = file_of(assessment.use)
    mark = author_mark(by, use=assessment.use, side=side)
    mine = [view for view in file.views if view.side == side and view.author == mark]
    run = file.run(on=at.date(), assessment=assessment)
    own = replace(
        run,
        views=tuple(domain_view(view) for view in mine),
        groups=(_key(group),) if group else (),
    )
    silent = {signal for signal, _group in not_yet_assessed(own)}
    signals = likely_first(assessment.signals, likely=likely_of(assessment.use, on=at.date()))
    return OwnWay(
        file=file,
        assessment=assessment,
        side=side,
        group=group,
        signals=tuple(signals),
        answers={view.signal: view for view in mine},
        unanswered=tuple(signal.id for signal in signals if signal.id in silent),
    )


def _key(group: Column) -> str:
    return str(group.key)


def desk_answer(
    file: UseFile, *, by: Actor, side: str, signal: str, group: UUID | None
) -> View | None:
    """One's own latest answer about a signal and a group, to begin a form with."""
    mark = author_mark(by, use=file.use, side=side)
    mine = [row for row in file.said_of(signal) if row.side == side and row.author == mark]
    return next((row for row in reversed(mine) if row.group == group), None)
