"""`commonweal tick`: everything that time alone brings. Running it twice does nothing twice."""

from __future__ import annotations

import click

from commonweal_cli.answers import as_json


@click.command()
@click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
def tick(wants_json: bool) -> int:
    """Do what time alone brings: deadlines, reminders, the day’s checkpoint."""
    from commonweal_cli.installation import open_installation

    open_installation()
    done = run_ticks()
    if wants_json:
        click.echo(as_json({"done": done}))
    else:
        for name, count in done.items():
            click.echo(f"{name}: {count}")
    return 0


def run_ticks() -> dict[str, int]:
    """Run the ticks of all rooms, in their order; how much each did."""
    from django.utils import timezone

    from commonweal_web.house.rooms import rooms

    now = timezone.now()
    done: dict[str, int] = {}
    for room in rooms():
        for each in room.ticks:
            done[f"{room.name}.{each.__name__}"] = each(at=now)
    return done
