"""What a use needs before its next stage, and whose move it is."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.record.canonical import canonical_json
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
from commonweal_web.house.declaration import Room
from commonweal_web.house.refusals import Conflict, NotHere
from commonweal_web.house.rooms import rooms
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import accounts_named_for
from commonweal_web.record.fields import canonical_value
from commonweal_web.systems.models import GateSignature, StageChange, Use
from commonweal_web.systems.models import Override as OverrideRow
from commonweal_web.systems.models import Stage as StageChoice
from commonweal_web.systems.queries.uses import affected_groups_of, sites_of_use


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
    found = requirements_by_room(uses, gate=gate, at=at)
    return {pk: [requirement for _room, requirement in asked] for pk, asked in found.items()}


def requirements_by_room(
    uses: Sequence[Use], *, gate: Gate, at: datetime
) -> Mapping[UUID, list[tuple[Room, Requirement]]]:
    """The same, each requirement beside the room that asks it."""
    found: dict[UUID, list[tuple[Room, Requirement]]] = {use.pk: [] for use in uses}
    for room in rooms():
        for asked in room.gate_requirements:
            for pk, requirements in asked(uses, gate=gate, at=at).items():
                found[pk].extend((room, each) for each in requirements)
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


def no_such_step(use: Use, *, entering: str) -> Conflict:
    """Why a use cannot go to a stage from where it stands, in words, for the asker to raise."""
    known = {stage.value: str(stage.label) for stage in StageChoice}
    if entering not in known:
        return Conflict(
            "stage_unknown",
            _("There is no stage “%(stage)s”.") % {"stage": entering},
            where="stage",
        )
    gate = gate_of(use)
    words = {"now": known[use.stage], "asked": known[entering]}
    if gate is None or gate.leaving is gate.entering:
        message = _("No gate leads from “%(now)s” to “%(asked)s”.") % words
    else:
        message = _(
            "No gate leads from “%(now)s” to “%(asked)s”. The next one leads to “%(next)s”: each "
            "stage is entered through its own gate."
        ) % (words | {"next": known[gate.entering.value]})
    return Conflict("stage_jump", message, where="stage")


def override_open(use: Use, *, gate: Gate, visit: int | None = None) -> OverrideRow | None:
    """The latest override of this gate that was neither withdrawn nor already used."""
    return (
        OverrideRow.objects.of(use.organisation_id)
        .select_related("asked_by", "agreed_by")
        .filter(
            use=use,
            from_stage=gate.leaving,
            to_stage=gate.entering,
            visit=visit or visit_of(use, gate=gate),
            withdrawn_at__isnull=True,
        )
        .first()
    )


def override_of(use: Use, *, pk: UUID | str) -> OverrideRow:
    """One override of a use. Raises `NotHere`."""
    rows = OverrideRow.objects.of(use.organisation_id).select_related("use", "asked_by")
    found: OverrideRow | None = rows.filter(use=use, pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such override here.")
    return found


def signature_of(use: Use, *, pk: UUID | str) -> GateSignature:
    """One signature at a gate of a use. Raises `NotHere`."""
    rows = GateSignature.objects.of(use.organisation_id).filter(use=use, pk=pk)
    found: GateSignature | None = rows.first()
    if found is None:
        raise NotHere("not_found", "There is no such signature here.")
    return found


def overrides_counted(
    organisation: Organisation, *, uses: Collection[UUID] | None = None, limit: int = 100
) -> list[StageChange]:
    """Gates that were passed by override, latest first: the executives and their reasons."""
    rows = StageChange.objects.of(organisation).filter(way=StageChange.Way.OVERRIDDEN)
    if uses is not None:
        rows = rows.filter(use__in=uses)
    return list(rows.select_related("use", "first_executive", "second_executive")[:limit])


def overrides_asked(use: Use, *, limit: int = 20) -> list[OverrideRow]:
    """Every override that was asked for a use, latest first, withdrawn ones too."""
    rows = OverrideRow.objects.of(use.organisation_id).filter(use=use)
    return list(rows.select_related("asked_by", "agreed_by")[:limit])


def file_signed(use: Use, *, requirements: Sequence[Requirement]) -> str:
    """The hash of what a signature stands for: the use as declared, and what its gate asks.

    When any of it changes, whoever signed must look again.
    """
    stated = {
        "use": {name: canonical_value(getattr(use, name)) for name in _SIGNED},
        "groups": sorted(str(row.group_id or row.pk) for row in affected_groups_of(use)),
        "sites": sorted(str(row.site_id) for row in sites_of_use(use)),
        "asked": sorted([each.code, each.state.value] for each in requirements),
    }
    return hashlib.sha256(canonical_json(stated)).hexdigest()


def gate_file(use: Use, *, gate: Gate, at: datetime) -> str:
    """The hash that a signature at this gate stands for now."""
    return file_signed(use, requirements=requirements_of([use], gate=gate, at=at)[use.pk])


_SIGNED = (
    "name",
    "purpose",
    "outputs",
    "system_id",
    "owner_id",
    "stage",
    "classification",
    "facts_yes",
    "facts_no",
)


def signatures_of(use: Use, *, gate: Gate, visit: int | None = None) -> list[GateSignature]:
    """Who has signed at this visit to the gate."""
    return list(
        GateSignature.objects.of(use.organisation_id)
        .select_related("account")
        .filter(
            use=use,
            from_stage=gate.leaving,
            to_stage=gate.entering,
            visit=visit or visit_of(use, gate=gate),
            withdrawn_at__isnull=True,
        )[:50]
    )


def _still_in_role(
    use: Use, *, role: str, accounts: Collection[UUID], on: date
) -> frozenset[UUID]:
    """Those of these accounts who hold the role on this day, or stand by as its deputy."""
    holding = accounts_named_for(use.organisation_id, role=role, on=on).filter(pk__in=accounts)
    return frozenset(holding.values_list("pk", flat=True))


def decide(use: Use, *, gate: Gate, at: datetime) -> GateDecision:
    """Where the use stands before a gate: what is missing, and whether it may pass."""
    return _view(use, gate=gate, at=at).decision


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
    """A gate as a page shows it; `asked_by_room` names the room of each requirement.

    `lapsed` are signatures that count no more: what was signed has changed, or whoever signed
    no longer holds the role.
    """

    gate: Gate
    decision: GateDecision
    requirements: Sequence[Requirement]
    signatures: Sequence[GateSignature]
    override: OverrideRow | None
    asked_by_room: Sequence[tuple[Room, Requirement]] = ()
    lapsed: Sequence[GateSignature] = ()
    signed_file: str = ""


def gate_view(use: Use, *, at: datetime) -> GateView | None:
    """The gate before the next stage with everything around it, or None when there is none."""
    gate = gate_of(use)
    return None if gate is None else _view(use, gate=gate, at=at)


def _view(use: Use, *, gate: Gate, at: datetime) -> GateView:
    visit = visit_of(use, gate=gate)
    asked = requirements_by_room([use], gate=gate, at=at)[use.pk]
    requirements = [requirement for _room, requirement in asked]
    file = file_signed(use, requirements=requirements)
    override = override_open(use, gate=gate, visit=visit)
    signed = signatures_of(use, gate=gate, visit=visit)
    counting = [row for row in signed if _counts(row, use=use, file=file, on=at.date())]
    decision = decide_gate(
        gate,
        requirements=requirements,
        signatures=[
            Signature(person=str(row.account_id), role=Role(row.role)) for row in counting
        ],
        override=_counting_override(override, use=use, file=file, on=at.date()),
    )
    lapsed = [row for row in signed if row not in counting]
    return GateView(gate, decision, requirements, counting, override, asked, lapsed, file)


def _counts(row: GateSignature, *, use: Use, file: str, on: date) -> bool:
    """Whether a signature is for the file as it now is, by somebody who still may."""
    if row.signed_file != file:
        return False
    return bool(_still_in_role(use, role=row.role, accounts=[row.account_id], on=on))


def _counting_override(
    row: OverrideRow | None, *, use: Use, file: str, on: date
) -> Override | None:
    """An override that two executives, still in office, gave for the file as it now is."""
    if row is None or row.agreed_by_id is None or row.signed_file != file:
        return None
    people = {row.asked_by_id, row.agreed_by_id}
    holding = _still_in_role(use, role=Role.EXECUTIVE.value, accounts=people, on=on)
    return _as_value(row) if holding == people else None


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
    told = {each.code: each.detail for open_ones in asked.values() for each in open_ones}
    gaps = enter_without_gate(
        entered, registered_on=use.created_at.date(), requirements=asked
    ).gaps
    # Where it came from is said once for all of them; each keeps only what to do.
    return _once([replace(each, detail=told[each.code]) for each in gaps])


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
    "no_such_step",
    "override_of",
    "override_open",
    "overrides_asked",
    "overrides_counted",
    "requirements_by_room",
    "requirements_of",
    "signatures_of",
    "ungated_gaps",
    "visit_of",
]
