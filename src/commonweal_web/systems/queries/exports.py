"""Uses as files: registers as they came in, or all uses as they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from commonweal.systems.inventory.table import Column, named_columns
from commonweal.systems.inventory.writing import Profile, write_csv, write_json, write_xlsx
from commonweal_web.house.refusals import NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.systems.models import ImportBatch, ImportedRow, Use

Cells = Sequence[Sequence[str]]
COLUMNS = (
    "id",
    "name",
    "system",
    "vendor",
    "purpose",
    "outputs",
    "unit",
    "topic",
    "stage",
    "stage since",
    "entered without gate",
    "next review",
    "classification",
    "declared yes",
    "declared no",
)
LARGEST = 200_000


def exported(
    organisation: Organisation, *, kind: str, register: str | None, profile: str = "exact"
) -> tuple[bytes, int]:
    """A file of uses and how many rows it has.

    `kind` is csv, json or xlsx. With `register` the rows are those of that imported register, each
    cell exactly as it came in and by position; without it, all uses as they stand now.
    """
    columns, rows = (
        register_rows(organisation, register=register) if register else use_rows(organisation)
    )
    return _written(kind, columns=columns, rows=rows, profile=profile), len(rows)


def register_rows(
    organisation: Organisation, *, register: str
) -> tuple[tuple[Column, ...], list[list[str]]]:
    """The current rows of an imported register, in the order of the file."""
    batch = ImportBatch.objects.of(organisation).filter(format=register).first()
    if batch is None:
        raise NotHere("register_unknown", f"No register “{register}” was brought in here.")
    rows = ImportedRow.objects.of(organisation).filter(format=register, is_current=True)
    cells = rows.order_by("row_number", "id").values_list("cells", flat=True)
    return named_columns(batch.columns), list(cells[:LARGEST])


def use_rows(organisation: Organisation) -> tuple[tuple[Column, ...], list[list[str]]]:
    """All uses as they stand, one row each."""
    uses = Use.objects.of(organisation).select_related("system__vendor")[:LARGEST]
    return named_columns(COLUMNS), [_cells(use) for use in uses]


def _cells(use: Use) -> list[str]:
    return [
        str(use.pk),
        use.name,
        use.system.name,
        use.system.vendor.name if use.system.vendor else "",
        use.purpose,
        use.outputs,
        use.unit,
        use.topic,
        use.stage,
        use.stage_since.isoformat(),
        "yes" if use.entered_without_gate else "no",
        use.review_on.isoformat() if use.review_on else "",
        " ".join(use.classification),
        " ".join(use.facts_yes),
        " ".join(use.facts_no),
    ]


def _written(kind: str, *, columns: tuple[Column, ...], rows: Cells, profile: str) -> bytes:
    chosen: Profile = "spreadsheet" if profile == "spreadsheet" else "exact"
    writers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: write_csv(columns, rows, profile=chosen),
        "json": lambda: write_json(columns, rows),
        "xlsx": lambda: write_xlsx(columns, rows),
    }
    if kind not in writers:
        raise Refused(
            "kind_unknown",
            f"“{kind}” is no kind of file here. Use csv, json or xlsx.",
            where="kind",
        )
    return writers[kind]()
