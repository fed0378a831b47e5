"""Keeps track of what counts as present, and tells the rooms above when that changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from commonweal_web.job_impact.events import SignalBecamePresent, SignalNoLongerPresent
from commonweal_web.job_impact.models import PresentSignal
from commonweal_web.job_impact.permissions import FOLLOW_PRESENT
from commonweal_web.job_impact.queries.files import UseFile, all_signals, file_of
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record.action import Act, action

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use

Key: TypeAlias = tuple[str, str, UUID | None]


def follow_present(
    *, organisation: Organisation, at: datetime, use: Use, signals: Sequence[str] = ()
) -> int:
    """Store what became present and what no longer is; how much changed.

    A step of the system, so that nothing in the record ties it to the person whose answer it
    follows.
    """
    by = operator()
    with action("job_impact.follow_present", organisation=organisation, by=by, at=at) as act:
        act.may(FOLLOW_PRESENT)
        asked = tuple(signals) or all_signals()
        act.lock(type(use), use.pk)
        wanted = present_keys(file_of(use), signals=asked, on=act.at.date())
        standing = PresentSignal.objects.of(organisation).filter(use=use, gone_on__isnull=True)
        known = {
            (row.signal, row.side, row.group): row for row in standing.filter(signal__in=asked)
        }
        for key in sorted(wanted.keys() - known.keys(), key=str):
            _begin(act, use=use, key=key, since=wanted[key])
        for key in sorted(known.keys() - wanted.keys(), key=str):
            _end(act, row=known[key])
        return len(wanted.keys() ^ known.keys())


def present_keys(file: UseFile, *, signals: Sequence[str], on: date) -> dict[Key, date]:
    """Which signal counts as present for which side and group, and since when."""
    cells = file.run(on=on, signals=signals).cells.values()
    return {
        (one.signal, side.value, UUID(one.group) if one.group else None): said.present_since
        for one in cells
        for side, said in one.sides.items()
        if said.present_since is not None
    }


def _begin(act: Act, *, use: Use, key: Key, since: date) -> None:
    signal, side, group = key
    act.create(
        PresentSignal(
            organisation=act.organisation,
            use=use,
            signal=signal,
            side=side,
            group=group,
            since=since,
        )
    )
    act.emit(SignalBecamePresent(use=use.pk, signal=signal, group=group, side=side))


def _end(act: Act, *, row: PresentSignal) -> None:
    act.change(row, gone_on=act.at.date())
    act.emit(
        SignalNoLongerPresent(use=row.use_id, signal=row.signal, group=row.group, side=row.side)
    )
