"""`commonweal init`: the database, a first organisation, and its first people lead."""

from __future__ import annotations

import secrets

import click

from commonweal_cli.answers import as_json


@click.command()
@click.option("--organisation", "slug", help="Short name in web addresses, such as northbank.")
@click.option("--name", help="The organisation’s full name.")
@click.option("--currency", default="EUR", show_default=True, help="Three letters.")
@click.option("--lead", help="Sign-in name of the first people lead.")
@click.option("--lead-name", default="", help="Their full name.")
@click.option("--password", envvar="COMMONWEAL_PASSWORD", help="Otherwise one is made and shown.")
@click.option("--json", "wants_json", is_flag=True, help="Answer for programs.")
def init(
    slug: str | None,
    name: str | None,
    currency: str,
    lead: str | None,
    lead_name: str,
    password: str | None,
    wants_json: bool,
) -> int:
    """Make the database ready, and an organisation when one is named."""
    from commonweal_cli.installation import open_installation, prepare_database

    open_installation(must_exist=False)
    prepare_database()
    answer: dict[str, str] = {"database": "ready"}
    if slug:
        if lead and not password:
            password = answer["password"] = secrets.token_urlsafe(12)
        answer |= _begin(
            slug=slug,
            name=name or slug,
            currency=currency,
            lead=lead,
            lead_name=lead_name,
            password=password,
        )
    click.echo(as_json(answer) if wants_json else _words(answer))
    return 0


def _begin(
    *,
    slug: str,
    name: str,
    currency: str,
    lead: str | None,
    lead_name: str,
    password: str | None,
) -> dict[str, str]:
    from django.utils import timezone

    from commonweal_web.people.queries import operator
    from commonweal_web.workplaces.actions import FirstLead, create_organisation

    first = [FirstLead(lead, lead_name or lead, password)] if lead else []
    create_organisation(
        by=operator(),
        at=timezone.now(),
        slug=slug,
        name=name,
        currency=currency,
        people_leads=first,
    )
    return {"organisation": slug} | ({"lead": lead} if lead else {})


def _words(answer: dict[str, str]) -> str:
    lines = ["The database is ready."]
    if "organisation" in answer:
        lines.append(f"Organisation “{answer['organisation']}” is there.")
    if "lead" in answer:
        lines.append(f"Sign in as {answer['lead']}.")
    if "password" in answer:
        lines.append(f"Password, shown this once: {answer['password']}")
    return "\n".join(lines)
