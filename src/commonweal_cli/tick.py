"""`commonweal tick`: everything that time alone brings. Running it twice does nothing twice."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

import click

from commonweal_cli.answers import as_json

logger = logging.getLogger("commonweal.tick")


@dataclass(frozen=True, slots=True)
class Ticked:
    """How much each tick did, and why others failed, by `room.tick`."""

    done: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


@click.command()
@click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
def tick(wants_json: bool) -> int:
    """Do what time alone brings: deadlines, reminders, the day’s checkpoint.

    Exit 1 names what failed; everything else was done all the same.
    """
    from commonweal_cli.installation import open_installation

    open_installation()
    ticked = run_ticks()
    if wants_json:
        click.echo(as_json({"done": ticked.done, "failed": ticked.failed}))
    else:
        for name, count in ticked.done.items():
            click.echo(f"{name}: {count}")
        for name, why in ticked.failed.items():
            click.echo(f"FAILED {name}: {why}")
    return 1 if ticked.failed else 0


def run_ticks() -> Ticked:
    """Run the ticks of all rooms, in their order; one that fails does not hold up the others."""
    from django.conf import settings
    from django.utils import timezone

    from commonweal_web.house.heartbeat import note_tick
    from commonweal_web.house.rooms import rooms

    now = timezone.now()
    ticked = Ticked()
    for room in rooms():
        for each in room.ticks:
            name = f"{room.name}.{each.__name__}"
            try:
                ticked.done[name] = each(at=now)
            except Exception as error:
                why = str(getattr(error, "message", type(error).__name__))
                # No trace: it could show a key.
                logger.error("The tick %s failed: %s", name, why)
                ticked.failed[name] = why
    note_tick(settings.DATA, at=now)
    return ticked
