"""`commonweal delete-organisation`: carry out a deletion that two people want."""

from __future__ import annotations

import click

from commonweal_cli.answers import InputRefused, as_json


@click.command("delete-organisation")
@click.option("--organisation", "slug", required=True, help="Short name in web addresses.")
@click.option("--confirm", "confirmed", required=True, help="The short name once more.")
@click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
def delete(slug: str, confirmed: str, wants_json: bool) -> int:
    """Delete everything kept of an organisation. This cannot be undone.

    Two people must have agreed on the pages, the waiting time must be over, nobody may wait for a
    case, a claim or a vote, and `commonweal export organisation` must have been run since.
    """
    if confirmed != slug:
        raise InputRefused(
            "not_confirmed",
            f"--confirm says “{confirmed}”, not “{slug}”. Nothing was deleted.",
            where="--confirm",
        )
    from commonweal_cli.installation import open_installation

    open_installation()
    from django.utils import timezone

    from commonweal_web.operations.deleting import delete_organisation
    from commonweal_web.organisations.queries import organisation_by_slug
    from commonweal_web.people.queries import operator

    kept = delete_organisation(
        organisation=organisation_by_slug(slug), by=operator(), at=timezone.now()
    )
    if wants_json:
        click.echo(as_json({"deleted": slug, "last_checkpoint": str(kept)}))
    else:
        click.echo(f"Deleted: {slug}. Its last signed checkpoint stays in {kept}.")
    return 0
