"""A whole organisation as one file that can be read without this software.

Every recorded table as CSV, as JSON and as a page; the whole record with what checks it; the files
kept as evidence; a manifest with the hash of each member, signed with the key of the record.
"""

from __future__ import annotations

import csv
import io
import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from typing import Any, BinaryIO
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.template.loader import render_to_string

from commonweal.operations.export_file import ExportWriter, writing
from commonweal_web.house.rooms import rooms
from commonweal_web.operations.export_rows import (
    ByModel,
    Cell,
    Shown,
    cells_of,
    columns_of,
    exact_fields,
    names_of,
)
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.queries import export_record, recorded_models, sign_as_log, snapshot

PAGE_ROWS = 1000
BATCH = 500


@dataclass(slots=True)
class Table:
    """One table while it is written: its model, its rows, and where its pages begin."""

    model: type[models.Model]
    rows: QuerySet[Any]
    count: int = 0
    starts: list[UUID] = field(default_factory=list)

    @property
    def name(self) -> str:
        """`room.model`, as the record names it."""
        return self.model._meta.label_lower

    @property
    def title(self) -> str:
        """What one of its rows is called."""
        name = str(self.model._meta.verbose_name)
        return name[:1].upper() + name[1:]

    @property
    def room(self) -> str:
        """The title of the room that keeps it."""
        return next(str(room.title) for room in rooms() if room.name == self.model._meta.app_label)

    def page(self, number: int) -> str:
        """The name of one of its pages."""
        return f"pages/{self.name}-{number + 1}.html"

    def address(self, key: UUID) -> str:
        """Where a row is shown, seen from another page."""
        page = self.page(max(0, bisect_right(self.starts, key) - 1))
        return f"../{page}#{key}"


@dataclass(frozen=True, slots=True)
class Written:
    """What an export holds: the rows of all tables, its members, its manifest's SHA-256."""

    rows: int
    members: int
    manifest_sha256: str


def export_organisation(organisation: Organisation, *, stream: BinaryIO, at: datetime) -> Written:
    """Write everything that is kept of an organisation. It holds personal data: keep it safe."""
    with snapshot(), writing(stream) as archive:
        tables = [_table(model, organisation=organisation) for model in recorded_models()]
        shown = {each.model: Shown(each.address, names_of(each.rows)) for each in tables}
        for table in tables:
            _write_data(archive, table=table)
            _write_pages(archive, table=table, shown=shown, organisation=organisation)
        with archive.member("record/bundle.json") as member:
            export_record(organisation, stream=member)  # type: ignore[arg-type]
        for room in rooms():
            for attached in room.exports:
                for name, parts in attached(organisation):
                    _write_parts(archive, name=f"{room.name}/{name}", parts=parts)
        _write_front(archive, tables=tables, organisation=organisation, at=at)
        manifest = archive.finish(
            says=_says(organisation, tables=tables, at=at),
            sign=lambda text: sign_as_log(organisation, text=text),
        )
        return Written(sum(table.count for table in tables), len(archive.members), manifest)


def _table(model: type[models.Model], *, organisation: Organisation) -> Table:
    """The table with the ids at which its pages begin, read without its rows."""
    own = model._default_manager.all()
    of_owner = (
        own.filter(pk=organisation.pk)
        if model is Organisation
        else own.filter(organisation_id=organisation.pk)
    )
    found = Table(model, of_owner.order_by("pk"))
    for place, key in enumerate(found.rows.values_list("pk", flat=True).iterator(BATCH)):
        if place % PAGE_ROWS == 0:
            found.starts.append(key)
        found.count = place + 1
    return found


def _write_data(archive: ExportWriter, *, table: Table) -> None:
    """The table as CSV and as JSON, one object a line, with the values that the record holds."""
    names = columns_of(table.model)
    with archive.member(f"tables/{table.name}.csv") as member:
        member.write(_csv_line(names))
        for row in table.rows.iterator(BATCH):
            member.write(_csv_line([_as_text(value) for value in exact_fields(row).values()]))
    with archive.member(f"tables/{table.name}.jsonl") as member:
        for row in table.rows.iterator(BATCH):
            line = json.dumps(exact_fields(row), ensure_ascii=False)
            member.write(line.encode() + b"\n")


def _csv_line(values: Sequence[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow(values)
    return line.getvalue().encode()


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _write_pages(
    archive: ExportWriter,
    *,
    table: Table,
    shown: ByModel,
    organisation: Organisation,
) -> None:
    last = len(table.starts) - 1
    names = shown[table.model].names
    for number, rows in enumerate(_in_pages(table)):
        lines: list[tuple[UUID, str, list[Cell]]] = [
            (row.pk, names.get(row.pk) or str(row.pk), cells_of(row, shown)) for row in rows
        ]
        context = {
            "organisation": organisation,
            "table": table,
            "rows": lines,
            "before": f"../{table.page(number - 1)}" if number else "",
            "after": f"../{table.page(number + 1)}" if number < last else "",
        }
        _write_template(archive, table.page(number), "operations/export/table.html", context)


def _in_pages(table: Table) -> Iterator[list[Any]]:
    page: list[Any] = []
    for row in table.rows.iterator(BATCH):
        page.append(row)
        if len(page) == PAGE_ROWS:
            yield page
            page = []
    if page:
        yield page


def _write_parts(archive: ExportWriter, *, name: str, parts: Iterator[bytes]) -> None:
    with archive.member(name) as member:
        for part in parts:
            member.write(part)


def _write_front(
    archive: ExportWriter, *, tables: list[Table], organisation: Organisation, at: datetime
) -> None:
    left_out = [each for room in rooms() for each in room.unrecorded]
    context = {"organisation": organisation, "tables": tables, "left_out": left_out, "at": at}
    _write_template(archive, "index.html", "operations/export/index.html", context)
    _write_template(archive, "style.css", "operations/export/style.css", {})


def _write_template(
    archive: ExportWriter, name: str, template: str, context: dict[str, Any]
) -> None:
    with archive.member(name) as member:
        member.write(render_to_string(template, context).encode())


def _says(organisation: Organisation, *, tables: list[Table], at: datetime) -> dict[str, Any]:
    return {
        "organisation": {
            "id": str(organisation.pk),
            "short_name": organisation.slug,
            "name": organisation.name,
        },
        "written_at": at.isoformat(timespec="seconds"),
        "software": f"commonweal {version('commonweal')}",
        "tables": {table.name: table.count for table in tables},
    }
