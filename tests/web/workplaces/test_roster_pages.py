"""The pages of the roster: a file sent, looked at and brought in; one person; the list."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commonweal_web.organisations.models import Organisation
from commonweal_web.workplaces.models import Membership, RosterImport, WorkerGroup
from factories.rosters import HEAD, bring_in, groups_at_two_sites, rows
from factories.workplaces import a_group

DAY = timedelta(days=1)


@pytest.fixture
def groups(organisation: Organisation, now: datetime) -> dict[str, WorkerGroup]:
    """Pickers and packers at the harbour, planners in the north."""
    return groups_at_two_sites(organisation, at=now)


def archive(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "people.xlsx",
            archive({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}),
            "macros",
        ),
        (
            "people.xlsx",
            archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 9_000_000}),
            "not unpacked",
        ),
        ("people.csv", b"", "empty"),
    ],
)
def test_a_file_that_could_harm_is_refused_in_plain_words(
    groups: dict[str, WorkerGroup],
    browse: Callable[..., Client],
    name: str,
    data: bytes,
    said: str,
) -> None:
    sent = {"file": SimpleUploadedFile(name, data), "lists": "some"}
    page = browse("people_lead").post("/desk/workplaces/roster/bring-in/", sent)
    assert page.status_code == 200
    assert said in page.content.decode()


def send(client: Client, text: str, *, name: str = "roster.csv", **how: str) -> Any:
    sent = {"file": SimpleUploadedFile(name, text.encode()), "lists": "some", **how}
    return client.post("/desk/workplaces/roster/bring-in/", sent, follow=True)


def test_a_name_with_a_path_is_only_ever_shown_as_its_last_part(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    browse: Callable[..., Client],
    settings: Any,
) -> None:
    page = send(browse("people_lead"), HEAD + rows(1), name="..\\..\\etc/passwd.csv")
    assert "passwd.csv" in page.content.decode()
    kept = [path.name for path in (settings.DATA / "rosters").iterdir()]
    assert not any("passwd" in each for each in kept if not each.endswith(".note"))


def test_a_roster_is_sent_looked_at_and_brought_in(
    organisation: Organisation, groups: dict[str, WorkerGroup], browse: Callable[..., Client]
) -> None:
    lead = browse("people_lead")
    page = send(lead, HEAD + rows(1, 2))
    assert "Person 1" in page.content.decode()
    assert Membership.objects.count() == 0
    digest = page.context["digest"]
    done = lead.post(page.redirect_chain[-1][0], {"expected": digest}, follow=True)
    assert "This roster came in" in done.content.decode()
    assert Membership.objects.count() == 2
    assert "Person 2" in lead.get("/desk/workplaces/roster/?words=2").content.decode()
    again = send(lead, HEAD + rows(1, 2)).content.decode()
    assert "came in on" in again


def test_a_heading_that_nobody_could_guess_is_explained_on_the_page(
    organisation: Organisation, groups: dict[str, WorkerGroup], browse: Callable[..., Client]
) -> None:
    lead = browse("people_lead")
    page = send(lead, HEAD.replace("id", "Zeichen") + rows(1))
    assert "No column says: number" in page.content.decode()
    address = page.redirect_chain[-1][0]
    columns = {"number": "1", "name": "2", "site": "3", "group": "4"}
    page = lead.post(address, {"columns": "1", **columns}, follow=True)
    assert page.context["result"].counts["joined"] == 1


def test_problems_are_shown_by_row_and_cannot_be_brought_in(
    organisation: Organisation, groups: dict[str, WorkerGroup], browse: Callable[..., Client]
) -> None:
    lead = browse("people_lead")
    page = send(lead, HEAD + rows(1, 2, 1))
    text = page.content.decode()
    assert "Row 4" in text
    assert "Bring it in" not in text
    lead.post(page.redirect_chain[-1][0], {"expected": page.context["digest"]})
    assert Membership.objects.count() == 0


def test_a_waiting_roster_is_found_by_whoever_sent_it_alone(
    groups: dict[str, WorkerGroup], browse: Callable[..., Client]
) -> None:
    address = send(browse("people_lead"), HEAD + rows(1)).redirect_chain[-1][0]
    assert browse("people_lead").get(address).status_code == 404
    assert browse("registrar").get(address).status_code == 403


def test_one_person_is_added_and_moved_by_a_form(
    organisation: Organisation, groups: dict[str, WorkerGroup], browse: Callable[..., Client]
) -> None:
    lead = browse("people_lead")
    first = {"since_day": "1", "since_month": "3", "since_year": "2024"}
    person = {"number": "77", "name": "Zoe", "group": str(groups["pickers"].pk), **first}
    assert lead.post("/desk/workplaces/roster/new/", person).status_code == 302
    line = Membership.objects.get(number="77")
    assert (line.group, line.since) == (groups["pickers"], date(2024, 3, 1))
    address = f"/desk/workplaces/roster/people/{line.pk}/"
    assert "Zoe" in lead.get(address).content.decode()
    moved = person | {"group": str(groups["planners"].pk)}
    assert lead.post(address, moved).status_code == 302
    assert Membership.objects.get(number="77", until=None).group == groups["planners"]
    faulty = lead.post("/desk/workplaces/roster/new/", person | {"email": "nobody"})
    assert "ana@example.org" in faulty.content.decode()


def test_another_organisations_line_is_not_here(
    other_organisation: Organisation, now: datetime, browse: Callable[..., Client]
) -> None:
    group = a_group(other_organisation, at=now, name="Others")
    text = f"id,name,group\n1,Ana,{group.name}\n"
    bring_in(other_organisation, text, at=now)
    line = Membership.objects.get()
    batch = RosterImport.objects.get()
    lead = browse("people_lead")
    assert lead.get(f"/desk/workplaces/roster/people/{line.pk}/").status_code == 404
    assert lead.get(f"/desk/workplaces/roster/imports/{batch.pk}/").status_code == 404


def test_the_list_costs_the_same_however_many_are_on_it(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    browse: Callable[..., Client],
    now: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    bring_in(organisation, HEAD + rows(*range(120)), at=now)
    lead = browse("people_lead")
    lead.get("/desk/workplaces/roster/")
    with django_assert_max_num_queries(12):
        assert "120 lines fit" in lead.get("/desk/workplaces/roster/").content.decode()


def test_the_list_as_a_file_hides_numbers_and_addresses_from_representatives(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    browse: Callable[..., Client],
    now: datetime,
) -> None:
    bring_in(organisation, HEAD + rows(1), at=now)
    address = "/desk/workplaces/roster/?format=csv"
    assert "p1@example.org" in browse("people_lead").get(address).content.decode()
    told = browse("worker_representative").get(address).content.decode()
    assert "Person 1" in told
    assert "p1@example.org" not in told
    assert browse("worker").get(address).status_code == 403


def test_groups_say_how_many_are_on_the_roster_where_that_differs(
    organisation: Organisation,
    groups: dict[str, WorkerGroup],
    browse: Callable[..., Client],
    now: datetime,
) -> None:
    bring_in(organisation, HEAD + rows(1, 2, 3), at=now)
    page = browse("executive").get("/desk/workplaces/groups/").content.decode()
    assert "(3 on the roster)" in page
