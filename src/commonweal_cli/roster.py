"""`commonweal import people`: who works here, from a file; all of it comes in, or nothing.

Exit 0: done, or nothing to do. Exit 1: rows with problems; nothing was changed. Exit 2: the file
or the words of the command were refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commonweal_cli.answers import InputRefused, as_json

if TYPE_CHECKING:
    from commonweal.systems.inventory.table import Table
    from commonweal.workplaces.planning import Lists
    from commonweal_web.organisations.models import Organisation
    from commonweal_web.workplaces.queries import RosterFile, RosterResult

PROBLEMS_SHOWN = 20


@click.command("people")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--organisation", "slug", help="Whose people; needed when there are several.")
@click.option("--column", "columns", multiple=True, help="Such as number=Personalnr.; repeatable.")
@click.option(
    "--lists",
    type=click.Choice(["some", "sites", "everyone"]),
    default="some",
    show_default=True,
    help="Whom the file lists: some people, all at the sites it names, or everyone. In the last "
    "two, whoever is missing leaves.",
)
@click.option("--make-workplaces", is_flag=True, help="Make the sites and groups that are new.")
@click.option(
    "--leavers-confirmed", is_flag=True, help="More than a fifth leave, and it is meant."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--encoding", help="The file’s encoding, when it cannot be told.")
@click.option("--sheet", help="The sheet of a workbook that holds several.")
@click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
def import_people(
    file: Path,
    slug: str | None,
    columns: tuple[str, ...],
    lists: Lists,
    make_workplaces: bool,
    leavers_confirmed: bool,
    dry_run: bool,
    encoding: str | None,
    sheet: str | None,
    wants_json: bool,
) -> int:
    """Bring in people from a CSV or XLSX roster. The same file again changes nothing."""
    from commonweal.systems.inventory.reading import read_register
    from commonweal_cli.installation import open_installation
    from commonweal_cli.registers import existing, the_organisation

    open_installation()
    from commonweal_web.workplaces.queries import RosterFile

    table = read_register(existing(file), encoding=encoding, sheet=sheet)
    roster = RosterFile.of(
        file.name,
        data=file.read_bytes(),
        table=table,
        columns=_columns(columns, table=table),
        lists=lists,
        may_make=make_workplaces,
    )
    organisation = the_organisation(slug)
    result = _bring_in(
        roster, organisation=organisation, dry_run=dry_run, confirmed=leavers_confirmed
    )
    click.echo(as_json(result.as_json()) if wants_json else _words(result, dry_run=dry_run))
    return 1 if result.problems else 0


def _columns(named: tuple[str, ...], *, table: Table) -> Mapping[str, int]:
    """The guessed columns, with those that the command names in their place."""
    from commonweal.workplaces.headings import HEADINGS, folded, guessed_columns

    found = dict(guessed_columns(table.columns))
    headings = {folded(each.name): each.position for each in reversed(table.columns)}
    known = ", ".join(each.name for each in table.columns)
    for each in named:
        target, _equals, heading = each.partition("=")
        if target not in HEADINGS or folded(heading) not in headings:
            raise InputRefused(
                "column_unknown",
                f"“{each}” names no column. Write one of {', '.join(HEADINGS)}, an equals sign, "
                f"and one of the file’s headings: {known}.",
                where="--column",
            )
        found[target] = headings[folded(heading)]
    return found


def _bring_in(
    roster: RosterFile, *, organisation: Organisation, dry_run: bool, confirmed: bool
) -> RosterResult:
    from django.utils import timezone

    from commonweal_web.people.queries import operator
    from commonweal_web.workplaces.actions import RosterRefused, import_roster
    from commonweal_web.workplaces.queries import plan_import

    at = timezone.now()
    if dry_run:
        return plan_import(organisation, roster=roster, on=at.date()).result
    try:
        return import_roster(
            organisation=organisation,
            by=operator(),
            at=at,
            roster=roster,
            leavers_confirmed=confirmed,
        )
    except RosterRefused as refused:
        return refused.result


def _words(result: RosterResult, *, dry_run: bool) -> str:
    counts = result.counts
    lines = [
        f"{result.rows} rows: {counts['joined']} joined, {counts['changed']} changed, "
        f"{counts['moved']} moved, {counts['left']} left, {counts['unchanged']} unchanged.",
    ]
    if result.came_before:
        lines.append(f"This very file came in on {result.came_before} already.")
    for problem in result.problems[:PROBLEMS_SHOWN]:
        lines.append(f"row {problem.row}, {problem.column}, “{problem.value}”: {problem.message}")
    if len(result.problems) > PROBLEMS_SHOWN:
        lines.append(f"… and {len(result.problems) - PROBLEMS_SHOWN} more; --json lists all.")
    if result.problems or dry_run:
        lines.append("Nothing was changed.")
    return "\n".join(lines)
