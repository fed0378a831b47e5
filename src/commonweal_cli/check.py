"""`commonweal check`: what is unsafe for real use, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from commonweal_cli.answers import as_json

if TYPE_CHECKING:
    from commonweal_web.house.declaration import Finding

TITLES = {"unsafe": "UNSAFE", "advice": "advice"}


@click.command()
@click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
def check(wants_json: bool) -> int:
    """Say what is unsafe for real use: settings, folders, keys, backups, witnesses.

    Run it as the user and with the settings of the server. Exit 1 when something is unsafe.
    """
    from commonweal_cli.installation import open_installation

    open_installation()
    from django.utils import timezone

    from commonweal_web.house.checking import findings

    found = findings(at=timezone.now())
    is_safe = all(each.level != "unsafe" for each in found)
    if wants_json:
        click.echo(as_json({"safe": is_safe, "findings": [asdict(each) for each in found]}))
    else:
        click.echo(_words(found, is_safe=is_safe))
    return 0 if is_safe else 1


def _words(found: list[Finding], *, is_safe: bool) -> str:
    lines = []
    for each in found:
        where = f" ({each.where})" if each.where else ""
        lines += [f"{TITLES[each.level]}: {each.said}{where}", f"    {each.do}"]
    count = sum(each.level == "unsafe" for each in found)
    lines.append("Nothing unsafe was found." if is_safe else f"Unsafe: {count}.")
    return "\n".join(lines)
