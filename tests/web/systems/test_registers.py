"""A real register comes in whole: every row, every cell, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from commonweal.systems.inventory.mapping_file import shipped_format
from commonweal.systems.inventory.reading import read_register
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.systems.actions import (
    ImportResult,
    RegisterFile,
    describe_use,
    import_register,
)
from commonweal_web.systems.models import ImportedRow, Use

DATA = Path(__file__).parents[2] / "domain" / "systems" / "inventory" / "data"
CSV = DATA / "us_federal_ai_use_cases_2024.csv"
ActorOf = Callable[..., Actor]
FORMAT = shipped_format("us-federal-2024")


def register(data: bytes, folder: Path) -> RegisterFile:
    path = folder / "register.csv"
    path.write_bytes(data)
    return RegisterFile.of(path.name, data=data, table=read_register(path), format=FORMAT)


@pytest.fixture
def bring_in(
    organisation: Organisation, actor: ActorOf, now: datetime, tmp_path: Path
) -> Callable[[bytes], ImportResult]:
    by = actor("people_lead")

    def one(data: bytes) -> ImportResult:
        return import_register(
            organisation=organisation, by=by, at=now, register=register(data, tmp_path)
        )

    return one


def test_the_whole_register_comes_in_once_and_the_second_time_changes_nothing(
    bring_in: Callable[[bytes], ImportResult],
) -> None:
    data = CSV.read_bytes()
    first = bring_in(data)
    assert (first.rows, first.created, first.updated, first.unchanged) == (2133, 2133, 0, 0)
    again = bring_in(data)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2133)
    assert Use.objects.count() == 2133


def small(*, purpose: str = "Sorts mail") -> bytes:
    header = CSV.read_bytes().split(b'"Use Case Name"')[0]
    table = read_register(CSV)
    rows = [list(row) for row in table.rows[:3]]
    rows[1][7] = purpose
    import csv
    import io

    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([column.name for column in table.columns])
    writer.writerows(rows)
    return header[:0] + file.getvalue().encode("cp1252")


def test_a_changed_row_is_a_new_version_and_the_old_one_stays(
    bring_in: Callable[[bytes], ImportResult],
) -> None:
    bring_in(small())
    result = bring_in(small(purpose="Sorts parcels"))
    assert (result.created, result.updated, result.unchanged) == (0, 1, 2)
    versions = ImportedRow.objects.filter(version=2)
    assert [row.cells[7] for row in versions] == ["Sorts parcels"]
    assert Use.objects.filter(purpose="Sorts parcels").count() == 1
    assert ImportedRow.objects.filter(is_current=False, cells__icontains="Sorts mail").exists()


def test_an_edit_by_a_person_is_not_overwritten(
    bring_in: Callable[[bytes], ImportResult],
    organisation: Organisation,
    actor: ActorOf,
    now: datetime,
) -> None:
    bring_in(small())
    use = Use.objects.get(purpose="Sorts mail")
    describe_use(
        organisation=organisation,
        by=actor("people_lead"),
        at=now,
        use=use,
        name=use.name,
        purpose="Reads addresses and sorts mail",
        outputs="A sorting lane",
    )
    bring_in(small(purpose="Sorts parcels"))
    assert Use.objects.get(pk=use.pk).purpose == "Reads addresses and sorts mail"
