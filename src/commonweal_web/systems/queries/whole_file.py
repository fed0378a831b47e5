"""The whole file of a use, as its page shows it, in a constant number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from commonweal.practices import Practice, catalogue
from commonweal.systems.classification import SignalReasons, likely_signals
from commonweal.systems.hard_blocks import HardBlock, NeutralityFlag, hard_blocks, neutrality_flags
from commonweal.systems.requirements import Requirement, RequirementState
from commonweal.systems.stages import RAIL, RailStep, Stage, rail
from commonweal_web.house.declaration import Room
from commonweal_web.systems.models import AffectedGroup, Incident, StageChange, Use, UseSite
from commonweal_web.systems.queries.attention import classification_of, declared_of
from commonweal_web.systems.queries.gates import GateView, gate_view, ungated_gaps
from commonweal_web.systems.queries.uses import (
    affected_groups_of,
    incidents_of,
    sites_of_use,
    stage_changes_of,
)

MET, GAP = RequirementState.MET, RequirementState.GAP
UNKNOWN, NOT_APPLICABLE = RequirementState.UNKNOWN, RequirementState.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class PracticeState:
    """Where a practice stands for a use, in words, with what speaks for it."""

    practice: Practice
    state: RequirementState
    words: str
    evidence: Sequence[Requirement]


@dataclass(frozen=True, slots=True)
class UseFile:
    """Everything a use's page says that this room knows."""

    use: Use
    rail: Sequence[RailStep]
    gate: GateView | None
    ungated: Sequence[Requirement]
    blocks: Sequence[HardBlock]
    flags: Sequence[NeutralityFlag]
    likely: Sequence[SignalReasons]
    practices: Sequence[PracticeState]
    affected: Sequence[AffectedGroup]
    sites: Sequence[UseSite]
    incidents: Sequence[Incident]
    history: Sequence[StageChange]


def file_of(use: Use, *, at: datetime) -> UseFile:
    """The whole file of a use."""
    gate = gate_view(use, at=at)
    likely = _likely(use)
    history = stage_changes_of(use)
    facts = declared_of(use)
    return UseFile(
        use=use,
        rail=rail_of(use, history=history),
        gate=gate,
        ungated=ungated_gaps(use, at=at),
        blocks=hard_blocks(facts),
        flags=neutrality_flags(facts, signals=[each.signal for each in likely]),
        likely=likely,
        practices=practice_states(gate.asked_by_room if gate else ()),
        affected=affected_groups_of(use),
        sites=sites_of_use(use),
        incidents=incidents_of(use),
        history=history,
    )


def _likely(use: Use) -> tuple[SignalReasons, ...]:
    return likely_signals(
        classification_of(use.classification), facts=declared_of(use), catalogue=catalogue()
    )


def rail_of(use: Use, *, history: Sequence[StageChange]) -> tuple[RailStep, ...]:
    """The rail of a use, with the stages that no gate opened shown as such."""
    first = next((row for row in reversed(history) if not row.from_stage), None)
    before_end = next((row.from_stage for row in history if row.from_stage in _ALIVE), None)
    return rail(
        Stage(use.stage),
        entered_at=Stage(first.to_stage) if first else Stage.IDENTIFIED,
        last_before_end=Stage(before_end) if before_end else None,
    )


_ALIVE = tuple(stage.value for stage in RAIL[:-1])


def practice_states(asked: Sequence[tuple[Room, Requirement]]) -> list[PracticeState]:
    """All seventeen practices, each with what the rooms that serve it found."""
    found: dict[str, list[Requirement]] = {}
    for room, requirement in asked:
        found.setdefault(_practice_of(room, requirement), []).append(requirement)
    return [_state(practice, found.get(practice.id, ())) for practice in catalogue().practices]


def _practice_of(room: Room, requirement: Requirement) -> str:
    if room.practice_of or len(room.practices) != 1:
        return room.practice_of.get(requirement.code, "")
    return room.practices[0]


def _state(practice: Practice, evidence: Sequence[Requirement]) -> PracticeState:
    states = {each.state for each in evidence}
    for state in (GAP, UNKNOWN, MET, NOT_APPLICABLE):
        if state in states:
            words = next(each.detail or each.title for each in evidence if each.state is state)
            return PracticeState(practice, state, words, evidence)
    nothing = _("nothing on file yet")
    return PracticeState(practice, UNKNOWN, nothing, ())
