"""What a use needs before its next stage, and whose move it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.systems.gates import (
    GATES,
    YEARLY_REVIEW,
    Gate,
    GateDecision,
    Override,
    Signature,
    decide_gate,
    enter_without_gate,
    gates_before,
)
from commonweal.systems.requirements import Requirement, Role
from commonweal.systems.stages import Stage
from commonweal_web.house.rooms import rooms
from commonweal_web.systems.models import GateSignature, StageChange, Use
from commonweal_web.systems.models import Override as OverrideRow


def gate_of(use: Use) -> Gate | None:
    """The gate before the use's next stage, or None once it is over or being stopped."""
    stage = Stage(use.stage)
    return next((gate for gate in GATES if gate.leaving is stage), None)


def gate_by_code(code: str) -> Gate | None:
    """The gate with this code, or None."""
    return next((gate for gate in GATES if gate.code == code), None)


def requirements_of(
    uses: Sequence[Use], *, gate: Gate, at: datetime
) -> Mapping[UUID, list[Requirement]]:
    """What every room asks of these uses at a gate, in the order of the rooms."""
    found: dict[UUID, list[Requirement]] = {use.pk: [] for use in uses}
    for room in rooms():
        for asked in room.gate_requirements:
            for pk, requirements in asked(uses, gate=gate, at=at).items():
                found[pk].extend(requirements)
    return found


def visit_of(use: Use, *, gate: Gate) -> int:
    """How often this gate has been passed already, plus one."""
    passed = StageChange.objects.of(use.organisation_id).filter(
        use=use,
        from_stage=gate.leaving,
        to_stage=gate.entering,
        way__in=(StageChange.Way.PASSED, StageChange.Way.OVERRIDDEN, StageChange.Way.RENEWED),
    )
    return passed.count() + 1


def override_open(use: Use, *, gate: Gate) -> OverrideRow | None:
    """The latest override of this gate that was neither withdrawn nor already used."""
    return (
        OverrideRow.objects.of(use.organisation_id)
        .select_related("asked_by", "agreed_by")
        .filter(
            use=use,
            from_stage=gate.leaving,
            to_stage=gate.entering,
            visit=visit_of(use, gate=gate),
            withdrawn_at__isnull=True,
        )
        .first()
    )


def signatures_of(use: Use, *, gate: Gate) -> list[GateSignature]:
    """Who has signed at this visit to the gate."""
    return list(
        GateSignature.objects.of(use.organisation_id)
        .select_related("account")
        .filter(
            use=use,
            from_stage=gate.leaving,
            to_stage=gate.entering,
            visit=visit_of(use, gate=gate),
        )[:20]
    )


def decide(use: Use, *, gate: Gate, at: datetime) -> GateDecision:
    """Where the use stands before a gate: what is missing, and whether it may pass."""
    override = override_open(use, gate=gate)
    return decide_gate(
        gate,
        requirements=requirements_of([use], gate=gate, at=at)[use.pk],
        signatures=[
            Signature(person=str(row.account_id), role=Role(row.role))
            for row in signatures_of(use, gate=gate)
        ],
        override=_as_value(override) if override and override.agreed_by_id else None,
    )


def _as_value(row: OverrideRow) -> Override:
    people = (row.asked_by_id, row.agreed_by_id)
    return Override(
        executives=tuple(
            Signature(person=str(each), role=Role.EXECUTIVE) for each in people if each
        ),
        reason=row.reason,
    )


@dataclass(frozen=True, slots=True)
class GateView:
    """A gate as a page shows it."""

    gate: Gate
    decision: GateDecision
    requirements: Sequence[Requirement]
    signatures: Sequence[GateSignature]
    override: OverrideRow | None


def gate_view(use: Use, *, at: datetime) -> GateView | None:
    """The gate before the next stage with everything around it, or None when there is none."""
    gate = gate_of(use)
    if gate is None:
        return None
    return GateView(
        gate=gate,
        decision=decide(use, gate=gate, at=at),
        requirements=requirements_of([use], gate=gate, at=at)[use.pk],
        signatures=signatures_of(use, gate=gate),
        override=override_open(use, gate=gate),
    )


def ungated_gaps(use: Use, *, at: datetime) -> tuple[Requirement, ...]:
    """For a use that was already running: every gap of the gates it never passed.

    What is met by now is left out; at registration nothing counts as met.
    """
    if not use.entered_without_gate:
        return ()
    entered = _stage_at_registration(use)
    asked = {
        gate.code: [
            each for each in requirements_of([use], gate=gate, at=at)[use.pk] if each.is_open
        ]
        for gate in gates_before(entered)
    }
    return _once(
        enter_without_gate(entered, registered_on=use.created_at.date(), requirements=asked).gaps
    )


def _stage_at_registration(use: Use) -> Stage:
    first = (
        StageChange.objects.of(use.organisation_id)
        .filter(use=use, way=StageChange.Way.WITHOUT_GATE)
        .order_by("changed_at")
        .first()
    )
    return Stage(first.to_stage if first else use.stage)


def _once(requirements: Sequence[Requirement]) -> tuple[Requirement, ...]:
    return tuple({each.code: each for each in requirements}.values())


__all__ = [
    "YEARLY_REVIEW",
    "GateView",
    "decide",
    "gate_by_code",
    "gate_of",
    "gate_view",
    "override_open",
    "requirements_of",
    "signatures_of",
    "ungated_gaps",
    "visit_of",
]
