"""What the pages of an assessment show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from commonweal.job_impact.closing import closing_gaps
from commonweal.job_impact.runs import (
    Comparison,
    Run,
    compare_runs,
    leads_to,
    not_yet_assessed,
)
from commonweal.practices import Practice, Signal, StageGroup, catalogue
from commonweal_web.job_impact.models import Assessment, Contributor, Reopening
from commonweal_web.job_impact.queries.files import UseFile, file_of, files_of
from commonweal_web.job_impact.queries.gap_words import GapLine, gap_lines
from commonweal_web.job_impact.queries.groups import Column
from commonweal_web.job_impact.queries.likely import likely_of
from commonweal_web.job_impact.queries.table import (
    SideColumn,
    SignalRow,
    side_columns,
    signal_rows,
)
from commonweal_web.organisations.models import Organisation

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use


@dataclass(frozen=True)
class AssessmentPage:
    """One run as its page shows it."""

    file: UseFile
    assessment: Assessment
    run: Run
    sides: tuple[SideColumn, ...]
    rows: Sequence[SignalRow]
    gaps: Sequence[GapLine]
    silent: int
    asked_again: int
    contributors: Sequence[Contributor]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The affected groups."""
        return self.file.columns

    @property
    def differing(self) -> list[SignalRow]:
        """The signals about which the sides differ."""
        return [row for row in self.rows if row.differs]

    @property
    def agreeing(self) -> list[SignalRow]:
        """The signals about which those who spoke say the same."""
        return [row for row in self.rows if not (row.differs or row.is_silent or row.is_closed)]

    @property
    def only_closed(self) -> list[SignalRow]:
        """The signals that a side called present or uncertain until it was closed."""
        return [row for row in self.rows if row.is_closed and not row.differs]

    @property
    def nobody_spoke(self) -> bool:
        """Whether no side has said anything about any signal."""
        return all(row.is_silent for row in self.rows)

    @property
    def asked_again_words(self) -> str:
        """How many old answers stand that are asked again; empty where there are none."""
        said = ngettext(
            "The answers to %(count)s signal are from before. They stand, and are asked again.",
            "The answers to %(count)s signals are from before. They stand, and are asked again.",
            self.asked_again,
        )
        return said % {"count": self.asked_again} if self.asked_again else ""

    @property
    def unheard(self) -> list[SignalRow]:
        """The signals about which no side has spoken."""
        return [row for row in self.rows if row.is_silent]

    @property
    def present(self) -> list[SignalRow]:
        """The signals that any side calls present."""
        return [row for row in self.rows if row.is_present]


def assessment_page(use: Use, *, on: date, number: int | None = None) -> AssessmentPage | None:
    """The run with this number, else the newest; None where there is none."""
    file = file_of(use)
    of = file.numbered(number) if number else file.latest
    return page_of_run(file, assessment=of, on=on) if of else None


def page_of_run(file: UseFile, *, assessment: Assessment, on: date) -> AssessmentPage:
    """One run of a file that was read already."""
    run = file.run(on=on, assessment=assessment)
    gaps = closing_gaps(run) if assessment.is_open else ()
    unanswered = not_yet_assessed(run)
    old = {place for place in unanswered if run.cells[place].is_assessed}
    return AssessmentPage(
        file=file,
        assessment=assessment,
        run=run,
        sides=side_columns(run),
        rows=signal_rows(file, run, likely=likely_of(file.use, on=on)),
        gaps=gap_lines(gaps, file=file),
        silent=len({signal for signal, _group in {*unanswered} - old}),
        asked_again=len({signal for signal, _group in old}),
        contributors=[each for each in file.contributors if each.assessment_id == assessment.pk],
    )


@dataclass(frozen=True, slots=True)
class RunOfSignal:
    """What stood about one signal at the end of one run."""

    assessment: Assessment
    row: SignalRow


def history_of_signal(file: UseFile, *, signal: str, on: date) -> list[RunOfSignal]:
    """What stood about a signal in each run, newest first; nothing of it ever changes."""
    found = []
    for assessment in reversed(file.assessments):
        run = file.run(on=on, assessment=assessment, signals=(signal,))
        found.append(RunOfSignal(assessment, signal_rows(file, run, likely={})[0]))
    return found


@dataclass(frozen=True, slots=True)
class PracticeAhead:
    """A practice that present or uncertain signals lead to, and which signals those are."""

    practice: Practice
    signals: tuple[Signal, ...]


def practices_ahead(run: Run) -> list[tuple[StageGroup, list[PracticeAhead]]]:
    """What a run leads to, grouped by the earliest stage at which each practice can start."""
    known = catalogue()
    found = leads_to(
        run,
        practices_of={signal.id: signal.practices for signal in known.signals},
        stage_of={practice.id: practice.stage_group for practice in known.practices},
        stages=[group.value for group in StageGroup],
    )
    return [
        (
            StageGroup(stage.stage),
            [
                PracticeAhead(known.practice(id), tuple(known.signal(one) for one in signals))
                for id, signals in stage.practices
            ],
        )
        for stage in found
    ]


def comparison(file: UseFile, *, before: Assessment, after: Assessment, on: date) -> Comparison:
    """What changed from one run to another; nothing is summed."""
    return compare_runs(file.run(on=on, assessment=before), file.run(on=on, assessment=after))


def open_assessments(organisation: Organisation, *, limit: int = 200) -> list[Assessment]:
    """The runs that people can answer in now, those due first."""
    rows = Assessment.objects.of(organisation).filter(closed_at__isnull=True)
    return list(rows.select_related("use__system").order_by("due_on", "use__name")[:limit])


def closed_assessments(organisation: Organisation, *, limit: int = 200) -> list[Assessment]:
    """The closed runs, latest first."""
    rows = Assessment.objects.of(organisation).filter(closed_at__isnull=False)
    return list(rows.select_related("use").order_by("-closed_at")[:limit])


def open_tasks(organisation: Organisation, *, limit: int = 200) -> list[Reopening]:
    """The tasks that no closed run has answered, those due first."""
    rows = Reopening.objects.of(organisation).filter(answered_by__isnull=True)
    return list(rows.select_related("use").order_by("due_on", "id")[:limit])


__all__ = [
    "AssessmentPage",
    "PracticeAhead",
    "RunOfSignal",
    "assessment_page",
    "closed_assessments",
    "comparison",
    "file_of",
    "files_of",
    "history_of_signal",
    "open_assessments",
    "open_tasks",
    "page_of_run",
    "practices_ahead",
]
