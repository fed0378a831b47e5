"""Whole registers of uses: in, out, and what came of each import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import PurePath
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Query
from ninja.files import UploadedFile
from pydantic import Field

from commonweal.systems.inventory.mapping_file import (
    parse_mapping,
    shipped_format,
    shipped_formats,
)
from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.writing import write_csv, write_json, write_xlsx
from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import ApiRequest, Given, Schema, deciding
from commonweal_web.house.refusals import NotAllowed, Refused
from commonweal_web.systems import actions, queries
from commonweal_web.systems.api.routes import router
from commonweal_web.systems.permissions import EXPORT_USES, IMPORT_USES, SEE_USES
from commonweal_web.systems.queries import OWN, KeptRegister, RegisterFile


class OddValue(Schema):
    """A value that no rule of the format explains; it is kept all the same."""

    row: int
    column: str
    value: str
    message: str


class Imported(Schema):
    """What came of an import. Every row is created, updated or unchanged."""

    rows: int
    created: int
    updated: int
    unchanged: int
    problems: list[OddValue]


class ImportFacts(Schema):
    """One import of a register."""

    id: UUID
    format: str
    format_version: str
    file_name: str
    file_sha256: str
    encoding: str
    imported_at: datetime


class RegisterFacts(Schema):
    """A register that can be given back, every cell by position."""

    code: str = Field(description="Send it as `register`.")
    format: str
    file_name: str


class FormatName(Schema):
    """A format that comes with Commonweal."""

    name: str


class Explained(Given):
    """How the file is built: a format that comes along, or the text of a mapping file."""

    format: str = Field("", max_length=100, examples=["us-federal-2024"])
    mapping: str = Field("", max_length=200_000, description="TOML; comes before `format`.")
    encoding: str = Field("", max_length=30, description="Where it cannot be told.")
    sheet: str = Field("", max_length=100, description="Of a workbook that holds several.")


class Way(Schema):
    """As which file: `csv` and `json` exact, `spreadsheet` with formula cells escaped."""

    way: Literal["csv", "json", "xlsx", "spreadsheet"] = "csv"


@router.route("GET /register-formats", PageOf[FormatName], right=SEE_USES)
def register_formats(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The formats that come with Commonweal."""
    found = [{"name": name} for name in shipped_formats()]
    return page_of_known(request, found, paging=paging)


@router.route("GET /imports", PageOf[ImportFacts], right=SEE_USES)
def imports(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The imports, latest first."""
    found = queries.batches_of(request.organisation)
    return page_of_known(request, found, paging=paging)


@router.route("GET /registers", PageOf[RegisterFacts], right=SEE_USES)
def registers(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The registers that can be given back."""
    found = queries.kept_registers(request.organisation)
    return page_of_known(request, found, paging=paging)


@router.route("POST /registers", Imported)
def import_register(
    request: ApiRequest, *, file: File[UploadedFile], explained: Form[Explained]
) -> dict[str, Any]:
    """Bring in a register. The same file again changes nothing; a changed row is a new version."""
    request.actor.require(IMPORT_USES)
    register = _read(file, explained=explained)
    return actions.import_register(**deciding(request), register=register).as_json()


def _read(file: UploadedFile, *, explained: Explained) -> RegisterFile:
    name = PurePath((file.name or "register").replace("\\", "/")).name[:300]
    data = file.read()
    file.seek(0)
    try:
        if explained.mapping:
            format = parse_mapping(explained.mapping, file=_("the mapping"))
        else:
            format = shipped_format(explained.format)
        table = read_register(
            file, encoding=explained.encoding or None, sheet=explained.sheet or None
        )
    except RegisterRefused as refusal:
        raise Refused(refusal.code, refusal.message, where=refusal.where) from refusal
    return RegisterFile.of(name, data=data, table=table, format=format)


TEXTS = {"type": "array", "items": {"type": "string"}}
TABLE = {
    "type": "object",
    "properties": {"columns": TEXTS, "records": {"type": "array", "items": TEXTS}},
    "required": ["columns", "records"],
}
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: dict[str, Any] = {
    "responses": {
        200: {
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                "application/json": {"schema": TABLE},
                WORKBOOK: {"schema": {"type": "string", "contentMediaType": WORKBOOK}},
            }
        }
    }
}
WRITERS: dict[str, tuple[Callable[..., bytes], str]] = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "spreadsheet": (
        lambda columns, rows: write_csv(columns, rows, profile="spreadsheet"),
        "text/csv; charset=utf-8",
    ),
    "json": (write_json, "application/json"),
    "xlsx": (write_xlsx, WORKBOOK),
}


@router.route("GET /registers/{code}/file", None, right=EXPORT_USES, **FILES)
def export_register(request: ApiRequest, *, code: str, asked: Query[Way]) -> HttpResponse:
    """Give a register back, every cell; `registered-here` is the uses that came with none."""
    if not request.actor.may(SEE_USES):
        raise NotAllowed("not_allowed", _("The uses are not open to your roles."))
    register, rows = _kept(request, code=code)
    write, kind = WRITERS[asked.way]
    return HttpResponse(write(register.columns, rows), content_type=kind)


def _kept(request: ApiRequest, *, code: str) -> tuple[KeptRegister, Any]:
    if code == OWN:
        return queries.own_register(), queries.own_rows(request.organisation)
    register = queries.kept_register(request.organisation, code=code)
    return register, queries.rows_of(request.organisation, register=register)
