"""What an import would do, row by row, without doing it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from commonweal.systems.inventory.identity import KnownRow, pair_with_known
from commonweal.systems.inventory.interpret import ImportedUse, Problem, interpret
from commonweal.systems.inventory.mapping import RegisterFormat
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Table
from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.systems.models import ImportedRow


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A register that was read: its name, the hash of its bytes, its table and format."""

    name: str
    sha256: str
    table: Table
    format: RegisterFormat

    @classmethod
    def of(cls, name: str, *, data: bytes, table: Table, format: RegisterFormat) -> RegisterFile:
        """A register from the bytes that were read."""
        return cls(name, hashlib.sha256(data).hexdigest(), table, format)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import. Every row is created, updated or unchanged."""

    rows: int
    created: int
    updated: int
    unchanged: int
    problems: Sequence[Problem]

    def as_json(self) -> dict[str, Any]:
        """The result as the command line and the API give it."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "problems": [problem.as_record() for problem in self.problems],
        }


@dataclass(slots=True)
class ImportPlan:
    """The rows of a register, sorted by what must happen to them."""

    new: list[ImportedUse] = field(default_factory=list)
    changed: list[tuple[ImportedUse, ImportedRow]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def result(self) -> ImportResult:
        """What the import comes to, in numbers and with every odd value."""
        created, updated = len(self.new), len(self.changed)
        rows = created + updated + self.unchanged
        return ImportResult(rows, created, updated, self.unchanged, self.problems)


def plan_import(organisation: Organisation, *, register: RegisterFile) -> ImportPlan:
    """Compare a register with what is here. Raises `Refused` for one that does not fit its format.

    Showing the plan's result is the dry run; nothing is written.
    """
    try:
        imported = list(interpret(register.table, register_format=register.format))
    except RegisterRefused as refusal:
        raise Refused(refusal.code, refusal.message, where=refusal.where) from refusal
    known = _known(organisation, format=register.format.name)
    pairs = pair_with_known(
        [KnownRow(row.key, row.ordinal, row.content_hash) for row in imported],
        known=[KnownRow(row.key, row.ordinal, row.content_hash) for row in known.values()],
    )
    plan = ImportPlan(problems=[problem for row in imported for problem in row.problems])
    for row, match in zip(imported, pairs, strict=True):
        if match is None:
            plan.new.append(row)
        elif match.content_hash == row.content_hash:
            plan.unchanged += 1
        else:
            plan.changed.append((row, known[match.key, match.ordinal]))
    return plan


def _known(organisation: Organisation, *, format: str) -> dict[tuple[str, int], ImportedRow]:
    current = ImportedRow.objects.of(organisation).filter(format=format, is_current=True)
    return {(row.key, row.ordinal): row for row in current.select_related("use")}
