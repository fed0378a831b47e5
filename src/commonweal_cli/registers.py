"""`commonweal import uses` and `commonweal export uses`: registers in and out, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commonweal_cli import organisation_export
from commonweal_cli.answers import InputRefused, as_json
from commonweal_cli.roster import import_people

if TYPE_CHECKING:
    from commonweal.systems.inventory.mapping import RegisterFormat
    from commonweal.systems.inventory.writing import Profile
    from commonweal_web.organisations.models import Organisation
    from commonweal_web.systems.actions import ImportResult
    from commonweal_web.systems.queries import KeptRegister

PROBLEMS_SHOWN = 20
FILE = click.Path(path_type=Path)


@click.group("import")
def import_group() -> None:
    """Bring in a register of uses, or a roster of people."""


import_group.add_command(import_people)


@click.group("export")
def export_group() -> None:
    """Take a register, or everything kept of an organisation, away."""


export_group.add_command(organisation_export.organisation)
export_group.add_command(organisation_export.check)


@import_group.command("uses")
@click.argument("file", type=FILE)
@click.option("--format", "format_name", help="A format that comes with Commonweal.")
@click.option("--mapping", type=FILE, help="A mapping file (TOML) for any other register.")
@click.option("--organisation", "slug", help="Whose uses they are; needed when there are several.")
@click.option("--encoding", help="The file’s encoding, when it cannot be told.")
@click.option("--sheet", help="The sheet of a workbook that holds several.")
@click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
def import_uses(
    file: Path,
    format_name: str | None,
    mapping: Path | None,
    slug: str | None,
    encoding: str | None,
    sheet: str | None,
    wants_json: bool,
) -> int:
    """Bring in uses from a CSV, XLSX or JSON register. The same file again changes nothing."""
    from commonweal_cli.installation import open_installation

    open_installation()
    result = _bring_in(
        file,
        register_format=_format(format_name, mapping=mapping),
        organisation=the_organisation(slug),
        encoding=encoding,
        sheet=sheet,
    )
    click.echo(as_json(result.as_json()) if wants_json else _words(result))
    return 0


def _format(name: str | None, *, mapping: Path | None) -> RegisterFormat:
    from commonweal.systems.inventory.mapping_file import (
        read_mapping,
        shipped_format,
        shipped_formats,
    )

    if mapping is not None:
        return read_mapping(mapping)
    if name is None:
        known = ", ".join(shipped_formats())
        raise InputRefused(
            "format_missing",
            f"Say how it is built: --format with one of {known}, or --mapping FILE.toml.",
            where="--format",
        )
    return shipped_format(name)


def _bring_in(
    file: Path,
    *,
    register_format: RegisterFormat,
    organisation: Organisation,
    encoding: str | None,
    sheet: str | None,
) -> ImportResult:
    from django.utils import timezone

    from commonweal.systems.inventory.reading import read_register
    from commonweal_web.people.queries import operator
    from commonweal_web.systems.actions import RegisterFile, import_register

    table = read_register(existing(file), encoding=encoding, sheet=sheet)
    return import_register(
        organisation=organisation,
        by=operator(),
        at=timezone.now(),
        register=RegisterFile.of(
            file.name, data=file.read_bytes(), table=table, format=register_format
        ),
    )


def existing(file: Path) -> Path:
    """The file, or a refusal that names it."""
    if not file.is_file():
        raise InputRefused("file_missing", f"There is no file {file}.", where=str(file))
    return file


def the_organisation(slug: str | None) -> Organisation:
    """The organisation named, or the only one there is."""
    from commonweal_web.organisations.queries import all_organisations, organisation_by_slug

    if slug:
        return organisation_by_slug(slug)
    found = all_organisations(limit=21)
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputRefused(
            "organisation_missing",
            "There is no organisation yet. Begin one: commonweal init --organisation SHORT-NAME.",
            where="--organisation",
        )
    names = ", ".join(each.slug for each in found[:20])
    raise InputRefused(
        "organisation_missing",
        f"There are several organisations. Name one with --organisation: {names}.",
        where="--organisation",
    )


def _words(result: ImportResult) -> str:
    lines = [
        f"{result.rows} rows: {result.created} created, {result.updated} updated, "
        f"{result.unchanged} unchanged.",
    ]
    for problem in result.problems[:PROBLEMS_SHOWN]:
        found = problem.as_record()
        lines.append(f"row {found['row']}, {found['column']}: {found['message']}")
    if len(result.problems) > PROBLEMS_SHOWN:
        lines.append(f"… and {len(result.problems) - PROBLEMS_SHOWN} more; --json lists all.")
    return "\n".join(lines)


@export_group.command("uses")
@click.argument("file", type=FILE)
@click.option("--organisation", "slug", help="Whose uses; needed when there are several.")
@click.option(
    "--format",
    "register",
    help="Which register, by its format or code, every cell as it came; else the only one.",
)
@click.option(
    "--profile",
    type=click.Choice(["exact", "spreadsheet"]),
    default="exact",
    show_default=True,
    help="“spreadsheet” escapes cells that could run as formulas.",
)
@click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
def export_uses(
    file: Path, slug: str | None, register: str | None, profile: Profile, wants_json: bool
) -> int:
    """Write uses to a CSV, JSON or XLSX file, by the file’s ending."""
    from commonweal_cli.installation import open_installation

    open_installation()
    write = _writer(file, profile=profile)
    kept, rows = _register(the_organisation(slug), named=register)
    try:
        file.write_bytes(write(kept.columns, rows))
    except OSError as error:
        raise InputRefused("file_not_written", str(error), where=str(file)) from error
    answer = {"file": str(file), "rows": len(rows)}
    click.echo(as_json(answer) if wants_json else f"{len(rows)} rows written to {file}.")
    return 0


def _register(
    organisation: Organisation, *, named: str | None
) -> tuple[KeptRegister, list[list[str]]]:
    """The register asked for by its format or code; without a name the only one there is."""
    from commonweal_web.systems import queries

    own = queries.own_register(), list(queries.own_rows(organisation))
    known = queries.kept_registers(organisation)
    if named == queries.OWN or (named is None and not known):
        return own
    found = [each for each in known if named in (None, each.format, each.code)]
    if len(found) == 1 and not (named is None and own[1]):
        return found[0], list(queries.rows_of(organisation, register=found[0]))
    choices = [f"{each.format} ({each.code})" for each in found or known]
    raise InputRefused(
        "register_unclear" if found else "register_unknown",
        f"Name one register with --format, by its name or its code: "
        f"{', '.join([queries.OWN, *choices])}.",
        where="--format",
    )


def _writer(file: Path, *, profile: Profile) -> Callable[..., bytes]:
    """How a file with this ending is written."""
    from functools import partial

    from commonweal.systems.inventory.writing import write_csv, write_json, write_xlsx

    writers: dict[str, Callable[..., bytes]] = {
        ".csv": partial(write_csv, profile=profile),
        ".json": write_json,
        ".xlsx": write_xlsx,
    }
    found = writers.get(file.suffix.lower())
    if found is None:
        raise InputRefused(
            "ending_unknown",
            f"{file.name!r} ends with {file.suffix!r}. Use one of: {', '.join(writers)}.",
            where=str(file),
        )
    return found
