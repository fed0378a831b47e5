"""Bringing in a register of uses: every row with its uses, nothing lost, nothing half-written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from commonweal.practices import catalogue
from commonweal.systems.inventory.interpret import ImportedUse, MappedUse
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.actions.uses import first_review
from commonweal_web.systems.events import UsesImported
from commonweal_web.systems.models import (
    AiSystem,
    ImportBatch,
    ImportedRow,
    Stage,
    StageChange,
    Use,
    Vendor,
)
from commonweal_web.systems.permissions import IMPORT_USES
from commonweal_web.systems.queries.register_plan import ImportResult, RegisterFile, plan_import

PROBLEMS_KEPT = 5_000
FIELDS = ("name", "purpose", "outputs", "unit", "topic")


def import_register(
    *, organisation: Organisation, by: Actor, at: datetime, register: RegisterFile
) -> ImportResult:
    """Bring in a register. The same file again changes nothing; a changed row is a new version.

    A use that somebody has edited since keeps the edit; the row's new cells are kept beside it.
    """
    with action("systems.import_register", organisation=organisation, by=by, at=at) as act:
        act.may(IMPORT_USES)
        act.lock(Organisation, organisation.pk)  # one import at a time
        plan = plan_import(organisation, register=register)
        result = plan.result
        if plan.new or plan.changed:
            batch = act.create(_batch(act, register=register, result=result))
            _create(act, rows=plan.new, batch=batch)
            _update(act, rows=plan.changed, batch=batch)
        return result


def _batch(act: Act, *, register: RegisterFile, result: ImportResult) -> ImportBatch:
    counts = result.as_json()
    del counts["problems"]
    return ImportBatch(
        organisation=act.organisation,
        format=register.format.name,
        format_version=register.format.version,
        file_name=register.name,
        file_sha256=register.sha256,
        encoding=register.table.encoding or register.table.kind,
        columns=[column.name for column in register.table.columns],
        counts=counts,
        problems=[each.as_kept() for each in result.problems[:PROBLEMS_KEPT]],
        imported_at=act.at,
    )


def _create(act: Act, *, rows: list[ImportedUse], batch: ImportBatch) -> None:
    if not rows:
        return
    systems = _systems(act, rows=rows)
    uses = [_use(act, row=row, system=system) for row, system in zip(rows, systems, strict=True)]
    act.create_many(uses)
    act.create_many(_entry(act, use=use) for use in uses)
    free = _free_ordinals(act.organisation, format=batch.format)
    act.create_many(
        _row(row, use=use, batch=batch, ordinal=free(row))
        for row, use in zip(rows, uses, strict=True)
    )
    act.emit(UsesImported(uses=tuple(use.pk for use in uses)))


def _free_ordinals(organisation: Organisation, *, format: str) -> Any:
    """Gives each new row an ordinal among equals that no row had before."""
    taken: dict[str, int] = {}
    rows = ImportedRow.objects.of(organisation).filter(format=format)
    for key, ordinal in rows.values_list("key", "ordinal"):
        taken[key] = max(taken.get(key, 0), ordinal)

    def next_of(row: ImportedUse) -> int:
        taken[row.key] = taken.get(row.key, 0) + 1
        return taken[row.key]

    return next_of


def _systems(act: Act, *, rows: list[ImportedUse]) -> list[AiSystem]:
    """For each row its system: shared by name and vendor, or its own where none is named."""
    vendors = _vendors(act, names={row.mapped.vendor for row in rows if row.mapped.vendor})
    shared = {
        (each.name, each.vendor_id): each
        for each in AiSystem.objects.of(act.organisation).filter(import_key="")
    }
    made: list[AiSystem] = []
    found = []
    for row in rows:
        vendor = vendors.get(row.mapped.vendor)
        place = (row.mapped.system_name or "", vendor.pk if vendor else None)
        system = shared.get(place) if row.mapped.system_name else None
        if system is None:
            system = _new_system(act, row=row, vendor=vendor)
            made.append(system)
            if row.mapped.system_name:
                shared[place] = system
        found.append(system)
    act.create_many(made)
    return found


def _new_system(act: Act, *, row: ImportedUse, vendor: Vendor | None) -> AiSystem:
    named = row.mapped.system_name
    return AiSystem(
        organisation=act.organisation,
        name=(named or row.mapped.name or f"row {row.row_number}")[:500],
        vendor=vendor,
        import_key="" if named else row.key,
    )


def _vendors(act: Act, *, names: set[str]) -> dict[str, Vendor]:
    known = {each.name: each for each in Vendor.objects.of(act.organisation)}
    new = [
        Vendor(organisation=act.organisation, name=name[:300])
        for name in sorted(names)
        if name[:300] not in known
    ]
    act.create_many(new)
    known.update({each.name: each for each in new})
    return {name: known[name[:300]] for name in names}


def _use(act: Act, *, row: ImportedUse, system: AiSystem) -> Use:
    yes, no = _declared(row.mapped)
    stage = str(row.mapped.stage.value)
    day = act.at.date()
    running = stage != Stage.IDENTIFIED
    return Use(
        organisation=act.organisation,
        system=system,
        **_fields(row),
        stage=stage,
        stage_since=_since(row.mapped, day=day),
        entered_without_gate=running,
        review_on=first_review(stage, day=day, wanted=None) if running else None,
        facts_yes=sorted(yes),
        facts_no=sorted(no),
        suggested=sorted({hint.code for hint in row.mapped.hints}),
        catalogue_version=catalogue().version,
        currency=act.organisation.currency,
        created_at=act.at,
    )


def _declared(mapped: MappedUse) -> tuple[set[str], set[str]]:
    """What the register declares true and untrue; what it contradicts stays unanswered."""
    yes = {fact for each in mapped.declared_facts for fact in each.catalogue_yes}
    no = {fact for each in mapped.declared_facts for fact in each.catalogue_no}
    return yes - no, no - yes


def _since(mapped: MappedUse, *, day: date) -> date:
    """The day the register gives for the stage, when it is whole and past; otherwise today."""
    said = mapped.date_in_use if mapped.stage.value == Stage.IN_USE else None
    if said is None or len(said) != len("2026-01-31"):
        return day
    return min(date.fromisoformat(said), day)


def _fields(row: ImportedUse) -> dict[str, str]:
    mapped: MappedUse = row.mapped
    return {
        "name": (mapped.name or f"row {row.row_number}")[:500],
        "purpose": mapped.purpose,
        "outputs": mapped.outputs,
        "unit": mapped.organisation_unit[:500],
        "topic": mapped.topic[:300],
    }


def _entry(act: Act, *, use: Use) -> StageChange:
    without = StageChange.Way.WITHOUT_GATE
    return StageChange(
        organisation=act.organisation,
        use=use,
        to_stage=use.stage,
        way=without if use.entered_without_gate else StageChange.Way.REGISTERED,
        changed_at=act.at,
    )


def _row(
    row: ImportedUse, *, use: Use, batch: ImportBatch, ordinal: int, version: int = 1
) -> ImportedRow:
    return ImportedRow(
        organisation_id=batch.organisation_id,
        batch=batch,
        use=use,
        format=batch.format,
        key=row.key,
        ordinal=ordinal,
        version=version,
        row_number=row.row_number,
        content_hash=row.content_hash,
        cells=list(row.cells),
        mapped=_fields(row),
    )


def _update(act: Act, *, rows: list[tuple[ImportedUse, ImportedRow]], batch: ImportBatch) -> None:
    if not rows:
        return
    older = []
    newer = []
    uses = []
    held = act.lock_many(Use, [known.use_id for _, known in rows])
    for row, known in rows:
        known.use = held[known.use_id]
        known.is_current = False
        older.append(known)
        newer.append(
            _row(
                row,
                use=known.use,
                batch=batch,
                ordinal=known.ordinal,
                version=known.version + 1,
            )
        )
        if _take_over(known.use, before=known.mapped, after=_fields(row)):
            uses.append(known.use)
    act.change_many(older, fields=("is_current",))
    act.create_many(newer)
    act.change_many(uses, fields=FIELDS)


def _take_over(use: Use, *, before: dict[str, str], after: dict[str, str]) -> bool:
    """Give the use the row's new words wherever nobody has edited the old ones."""
    changed = False
    for name in FIELDS:
        if getattr(use, name) == before.get(name) and before.get(name) != after[name]:
            setattr(use, name, after[name])
            changed = True
    return changed
