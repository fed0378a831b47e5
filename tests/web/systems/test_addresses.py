"""Who may open which page of the room, and whose uses are nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commonweal_web.organisations.models import Organisation
from commonweal_web.systems import actions
from commonweal_web.systems.models import Use
from factories.systems import a_use

Browse = Callable[..., Client]

PLAIN = ("home", "uses", "attention", "register", "registers", "bring_in")
OF_A_USE = (
    "use",
    "history",
    "describe",
    "classify",
    "facts",
    "owner",
    "money",
    "review",
    "groups",
    "choices",
    "claims",
    "incidents",
    "stop",
    "finish_stopping",
    "retire",
)


@pytest.mark.parametrize("name", PLAIN)
def test_a_page_opens_for_a_people_lead(lead: Client, use: Use, name: str) -> None:
    assert lead.get(reverse(f"desk:systems:{name}")).status_code == 200


@pytest.mark.parametrize("name", OF_A_USE)
def test_a_page_of_a_use_opens_for_a_people_lead(lead: Client, use: Use, name: str) -> None:
    page = lead.get(reverse(f"desk:systems:{name}", args=[use.pk]))
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1


@pytest.mark.parametrize("name", OF_A_USE)
def test_another_organisations_use_is_not_there(
    lead: Client, other_organisation: Organisation, now: datetime, name: str
) -> None:
    theirs = a_use(other_organisation, at=now)
    assert lead.get(reverse(f"desk:systems:{name}", args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize("name", OF_A_USE)
def test_a_worker_is_refused_at_the_desk(browse: Browse, use: Use, name: str) -> None:
    page = browse("worker").get(reverse(f"desk:systems:{name}", args=[use.pk]))
    assert page.status_code == 403


@pytest.mark.parametrize("name", OF_A_USE)
def test_nobody_signed_in_is_sent_to_sign_in(client: Client, use: Use, name: str) -> None:
    page = client.get(reverse(f"desk:systems:{name}", args=[use.pk]))
    assert page.status_code == 302
    assert page["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("role", ["case_handler", "appeal_handler", "administrator"])
def test_a_desk_without_uses_still_has_its_first_page(browse: Browse, use: Use, role: str) -> None:
    page = browse(role).get("/desk/")
    assert page.status_code == 200
    assert use.name not in page.content.decode()
    assert browse(role).get("/desk/uses/").status_code == 403


@pytest.mark.parametrize("name", ["describe", "owner", "stop", "retire", "money"])
def test_a_representative_reads_the_file_and_changes_nothing_of_it(
    browse: Browse, use: Use, name: str
) -> None:
    representative = browse("worker_representative")
    assert representative.get(reverse("desk:systems:use", args=[use.pk])).status_code == 200
    assert representative.get(reverse(f"desk:systems:{name}", args=[use.pk])).status_code == 403


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("untouch", "group"),
        ("remove_claim", "claim"),
        ("uphold_incident", "incident"),
        ("close_incident", "incident"),
    ],
)
def test_what_belongs_to_one_use_is_not_reached_through_another(
    lead: Client,
    use: Use,
    organisation: Organisation,
    as_lead: Callable[[], dict[str, Any]],
    now: datetime,
    name: str,
    made: str,
) -> None:
    row = {
        "group": lambda: use.affected_groups.get(),
        "claim": lambda: actions.state_claim(**as_lead(), use=use, quote="Fast", source="Ad"),
        "incident": lambda: actions.report_incident(
            **as_lead(), use=use, kind="harm", occurred_on=now.date(), harm="A fall"
        ),
    }[made]()
    other = a_use(organisation, at=now, name="Another")
    page = lead.post(reverse(f"desk:systems:{name}", args=[other.pk, row.pk]))
    assert page.status_code == 404
    assert type(row).objects.filter(pk=row.pk).exists()
