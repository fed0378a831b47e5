"""What this room asks at a gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.job_impact.runs import not_yet_assessed
from commonweal.systems.gates import TO_IN_USE, TO_PROCURING, TO_SELECTING, YEARLY_REVIEW, Gate
from commonweal.systems.requirements import Requirement, RequirementState, Role
from commonweal_web.job_impact.models import Assessment
from commonweal_web.job_impact.queries.files import UseFile, all_signals, files_of
from commonweal_web.job_impact.queries.gap_words import not_assessed_words
from commonweal_web.job_impact.queries.likely import likely_of

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use

PAGE = "desk:job_impact:assessment"
A_YEAR = timedelta(days=365)


def assessed(
    uses: Sequence[Use], *, gate: Gate, at: datetime
) -> Mapping[UUID, Sequence[Requirement]]:
    """The likely signals before buying, the whole list before use, a new run every year.

    From buying on, nobody who took part may be left unpaid.
    """
    if gate == TO_SELECTING:
        return {}
    files = files_of(uses)
    return {
        pk: [*_of_gate(file, gate=gate, at=at), *_paid(file, at=at)] for pk, file in files.items()
    }


def _of_gate(file: UseFile, *, gate: Gate, at: datetime) -> list[Requirement]:
    asked = {TO_PROCURING: _likely, TO_IN_USE: _whole, YEARLY_REVIEW: _yearly}
    return [asked[gate](file, at)] if gate in asked else []


def _likely(file: UseFile, at: datetime) -> Requirement:
    code, title = "likely_signals_assessed", _("The likely signals were assessed once")
    likely = list(likely_of(file.use, on=at.date()))
    if not likely:
        return _requirement(
            file,
            code=code,
            title=title,
            lacks=_("Classify the use, so that its likely signals are known."),
            state=RequirementState.UNKNOWN,
            role=Role.USE_OWNER,
        )
    return _requirement(file, code=code, title=title, lacks=_unheard(file, likely, at))


def _unheard(file: UseFile, signals: Sequence[str], at: datetime) -> str:
    """What these signals still lack, as a sentence; empty when nothing."""
    if not file.assessments:
        return _("No assessment was opened yet.")
    run = file.run(on=at.date(), signals=signals)
    silent = {signal for signal, _group in not_yet_assessed(run)}
    if silent:
        return not_assessed_words(len(silent))
    heard = any(view.side.is_worker_side and view.signal in signals for view in run.views)
    return "" if heard else _("The workers’ side has not spoken yet.")


def _whole(file: UseFile, at: datetime) -> Requirement:
    lacks = _unheard(file, all_signals(), at)
    if not lacks and not _closed(file):
        lacks = _("The assessment is not closed yet.")
    if not lacks and file.open_tasks:
        lacks = _asked_anew()
    return _requirement(
        file, code="whole_list_assessed", title=_("The whole list was assessed"), lacks=lacks
    )


def _yearly(file: UseFile, at: datetime) -> Requirement:
    closed = _closed(file)
    latest = max((run.closed_at for run in closed if run.closed_at), default=None)
    lacks = ""
    if latest is None or at - latest > A_YEAR:
        lacks = _("No assessment was closed in the last year.")
    elif file.open_tasks:
        lacks = _asked_anew()
    return _requirement(
        file, code="assessed_again", title=_("It was assessed again this year"), lacks=lacks
    )


def _asked_anew() -> str:
    return _("Something changed since, and asks for a new run.")


def _closed(file: UseFile) -> list[Assessment]:
    return [run for run in file.assessments if not run.is_open]


def _paid(file: UseFile, *, at: datetime) -> list[Requirement]:
    """Asked once somebody took part."""
    parts = [each for each in file.contributors if each.accepted_on]
    unpaid = [each for each in parts if each.as_participation().is_unpaid(at.date())]
    if not parts:
        return []
    return [
        _requirement(
            file,
            code="contributors_paid",
            title=_("Everybody who took part was paid in time"),
            lacks=_("A payment is past its day.") if unpaid else "",
        )
    ]


def _requirement(
    file: UseFile,
    *,
    code: str,
    title: str,
    lacks: str,
    state: RequirementState = RequirementState.GAP,
    role: Role = Role.PEOPLE_LEAD,
) -> Requirement:
    return Requirement(
        code=code,
        title=title,
        state=state if lacks else RequirementState.MET,
        role=role,
        detail=lacks,
        link_name=PAGE,
        link_args={"pk": str(file.use.pk)},
    )
