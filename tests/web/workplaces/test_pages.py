"""The pages of the workplaces room: they work, refuse bad input and the wrong people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commonweal_web.organisations.models import Organisation, OrganisationYear
from commonweal_web.people.models import Account, Appointment
from commonweal_web.workplaces.models import (
    Membership,
    Representation,
    RepresentativeInvitation,
    Site,
    WorkerGroup,
)
from factories.workplaces import a_group, a_member, a_representation, a_site

Browse = Callable[..., Client]
Person = Callable[..., Account]

SITE = {
    "name": "Harbour depot",
    "country": "es",
    "region": "Valencia",
    "time_zone": "Europe/Madrid",
    "working_days": ["1", "2", "6"],
    "holidays": "2027-01-06\n2026-12-25",
    "languages": "es, en",
}


def desk(name: str, **where: Any) -> str:
    return reverse(f"desk:workplaces:{name}", kwargs=where)


LISTS = ("organisation", "sites", "groups", "bodies")
FORMS_OF_MANAGEMENT = ("change_organisation", "state_year", "new_site", "new_group", "new_body")


@pytest.mark.parametrize("name", LISTS)
def test_staff_can_read_every_list_even_when_it_is_empty(browse: Browse, name: str) -> None:
    for role in ("people_lead", "worker_representative", "expert"):
        assert browse(role).get(desk(name)).status_code == 200


@pytest.mark.parametrize("name", [*LISTS, *FORMS_OF_MANAGEMENT])
def test_workers_and_strangers_do_not_get_in(browse: Browse, name: str) -> None:
    assert browse("worker").get(desk(name)).status_code == 403
    answer = Client().get(desk(name))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize("name", FORMS_OF_MANAGEMENT)
def test_an_empty_form_is_shown_and_refused_when_sent(browse: Browse, name: str) -> None:
    lead = browse("people_lead")
    assert lead.get(desk(name)).status_code == 200
    answer = lead.post(desk(name), {"name": "", "year": ""})
    assert answer.status_code == 200
    assert b"govuk-error-summary" in answer.content


def test_a_site_is_added_with_its_calendar(browse: Browse) -> None:
    answer = browse("people_lead").post(desk("new_site"), SITE, follow=True)
    site = Site.objects.get()
    assert (site.country, site.working_days) == ("ES", [1, 2, 6])
    assert site.holidays == ["2026-12-25", "2027-01-06"]
    assert b"Harbour depot" in answer.content
    assert b"Saturday" in answer.content


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("country", "E1"),
        ("holidays", "Christmas"),
        ("working_days", []),
        ("name", ""),
    ],
)
def test_a_site_with_a_fault_is_refused_and_keeps_what_was_typed(
    browse: Browse, field: str, value: object
) -> None:
    answer = browse("people_lead").post(desk("new_site"), SITE | {field: value})
    assert answer.status_code == 200
    assert answer.context["form"].errors.get(field)
    assert b"Valencia" in answer.content
    assert not Site.objects.exists()


def test_two_sites_cannot_share_a_name(
    browse: Browse, organisation: Organisation, now: datetime
) -> None:
    a_site(organisation, at=now, name="Harbour depot")
    answer = browse("people_lead").post(desk("new_site"), SITE)
    assert "already" in str(answer.context["form"].errors["name"])


def test_a_site_is_changed(browse: Browse, organisation: Organisation, now: datetime) -> None:
    site = a_site(organisation, at=now, name="Old name")
    lead = browse("people_lead")
    assert b"Old name" in lead.get(desk("change_site", pk=site.pk)).content
    lead.post(desk("change_site", pk=site.pk), SITE)
    site.refresh_from_db()
    assert (site.name, site.languages) == ("Harbour depot", ["en", "es"])


def group_facts(site: Site, **changes: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "name": "Order pickers",
        "site": str(site.pk),
        "contract": "agency",
        "headcount": "212",
        "cost_per_fte": "41500.50",
        "currency": "EUR",
        "representation": "",
    }
    return facts | changes


def test_a_group_is_added_and_changed(
    browse: Browse, organisation: Organisation, now: datetime
) -> None:
    site = a_site(organisation, at=now)
    lead = browse("people_lead")
    lead.post(desk("new_group"), group_facts(site))
    group = WorkerGroup.objects.get()
    assert (str(group.cost_per_fte), group.headcount) == ("41500.50 EUR", 212)
    assert b"41500.50" in lead.get(desk("change_group", pk=group.pk)).content
    lead.post(desk("change_group", pk=group.pk), group_facts(site, cost_per_fte="", headcount="9"))
    group.refresh_from_db()
    assert (group.cost_per_fte, group.headcount) == (None, 9)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cost_per_fte", "a lot"),
        ("cost_per_fte", "-5"),
        ("cost_per_fte", "1.005"),
        ("headcount", "-1"),
        ("currency", "euro"),
        ("contract", "slavery"),
        ("site", "00000000-0000-0000-0000-000000000000"),
    ],
)
def test_a_group_with_a_fault_is_refused(
    browse: Browse, organisation: Organisation, now: datetime, field: str, value: str
) -> None:
    site = a_site(organisation, at=now)
    answer = browse("people_lead").post(desk("new_group"), group_facts(site) | {field: value})
    assert answer.context["form"].errors.get(field)
    assert not WorkerGroup.objects.exists()


def test_a_group_cannot_be_represented_by_a_body_of_another_site(
    browse: Browse, organisation: Organisation, now: datetime
) -> None:
    here, there = a_site(organisation, at=now), a_site(organisation, at=now)
    body = a_representation(organisation, there, at=now)
    facts = group_facts(here, representation=str(body.pk))
    answer = browse("people_lead").post(desk("new_group"), facts)
    assert answer.context["form"].errors.get("representation")


def test_a_year_is_stated_and_corrected(browse: Browse) -> None:
    lead = browse("people_lead")
    facts = {"year": "2025", "currency": "EUR", "costs": "1000000", "revenue": "1250000.50"}
    lead.post(desk("state_year"), facts)
    page = lead.post(desk("state_year"), facts | {"costs": "900000"}, follow=True)
    year = OrganisationYear.objects.get()
    assert (str(year.costs), str(year.revenue)) == ("900000.00 EUR", "1250000.50 EUR")
    assert "900,000\N{NO-BREAK SPACE}EUR" in page.content.decode()


def test_the_organisation_is_changed_and_its_colour_checked(
    browse: Browse, organisation: Organisation
) -> None:
    lead = browse("people_lead")
    facts = {"name": "Northbank plc", "currency": "GBP", "help_contact": "desk 4", "colour": "red"}
    answer = lead.post(desk("change_organisation"), facts)
    assert answer.context["form"].errors.get("colour")
    lead.post(desk("change_organisation"), facts | {"colour": "#0f6b63"})
    organisation.refresh_from_db()
    assert (organisation.name, organisation.colour) == ("Northbank plc", "#0f6b63")


def test_the_worker_side_marks_a_group_and_only_it_takes_the_mark_away(
    browse: Browse, organisation: Organisation, now: datetime
) -> None:
    group = a_group(organisation, at=now)
    address = desk("vulnerable", pk=group.pk)
    representative, lead = browse("worker_representative"), browse("people_lead")
    assert representative.get(address).status_code == 200
    assert representative.post(address, {"because": " "}).status_code == 200
    representative.post(address, {"because": "No contract beyond the season"})
    group.refresh_from_db()
    assert (group.is_vulnerable, group.marked_vulnerable_by) == (True, "workers")
    assert lead.post(address, {"because": "We think not"}).status_code == 403
    representative.post(address, {"because": "Permanent contracts since May"})
    group.refresh_from_db()
    assert not group.is_vulnerable
    assert group.unmarked_because == "Permanent contracts since May"
    assert b"Permanent contracts since May" in lead.get(desk("group", pk=group.pk)).content


def test_a_member_is_added_by_sign_in_name_and_leaves(
    browse: Browse, person: Person, organisation: Organisation, now: datetime
) -> None:
    group, worker, lead = a_group(organisation, at=now), person("worker"), browse("people_lead")
    since = {"since_day": "1", "since_month": "3", "since_year": "2026"}
    address = desk("new_member", pk=group.pk)
    assert lead.get(address).status_code == 200
    assert lead.post(address, since | {"username": "nobody"}).context["form"].errors["username"]
    page = lead.post(address, since | {"username": worker.username.upper()}, follow=True)
    assert worker.name in page.content.decode()
    assert lead.post(address, since | {"username": worker.username}).status_code == 200
    membership = Membership.objects.get()
    address = desk("end_membership", pk=membership.pk)
    assert lead.get(address).status_code == 200
    early = {"until_day": "1", "until_month": "2", "until_year": "2026"}
    assert lead.post(address, early).context["form"].errors["until"]
    lead.post(address, early | {"until_month": "4"})
    membership.refresh_from_db()
    assert str(membership.until) == "2026-04-01"


def test_who_may_not_keep_members_sees_no_names(
    browse: Browse, person: Person, organisation: Organisation, now: datetime
) -> None:
    group, worker = a_group(organisation, at=now), person("worker", name="Ana Ferrer")
    a_member(group, worker, at=now)
    page = browse("executive").get(desk("group", pk=group.pk))
    assert b"Ana Ferrer" not in page.content


def test_a_site_without_a_body_is_shown_as_a_gap_until_one_is_written_down(
    browse: Browse, organisation: Organisation, now: datetime
) -> None:
    site = a_site(organisation, at=now, name="Mill Lane")
    lead = browse("people_lead")
    assert b"Nobody speaks for workers here" in lead.get(desk("bodies")).content
    assert b"gap: nobody" in lead.get(desk("sites")).content
    facts = {"name": "Mill union", "kind": "union", "site": str(site.pk), "seats": "3"}
    page = lead.post(desk("new_body"), facts, follow=True)
    assert b"Nobody speaks for workers here" not in page.content
    body = Representation.objects.get()
    address = desk("change_body", pk=body.pk)
    assert b"Mill union" in lead.get(address).content
    lead.post(address, {"name": "Mill Lane union", "contact": "union@example.org", "seats": ""})
    body.refresh_from_db()
    assert (body.name, body.seats, body.site_id) == ("Mill Lane union", None, site.pk)


def test_a_role_can_be_given_at_one_site(
    browse: Browse, person: Person, organisation: Organisation, now: datetime
) -> None:
    site, owner, lead = a_site(organisation, at=now), person(), browse("people_lead")
    address = desk("appoint_at_site", pk=site.pk)
    choices = dict(lead.get(address).context["form"].fields["role"].choices)
    assert "use_owner" in choices
    assert not {"worker_representative", "registrar"} & set(choices)
    facts = {"since_day": "1", "since_month": "3", "since_year": "2026", "role": "use_owner"}
    page = lead.post(address, facts | {"username": owner.username}, follow=True)
    assert Appointment.objects.get(account=owner).site_id == site.pk
    assert f"{owner.name}: Use owner" in page.content.decode()
    assert browse("expert").get(address).status_code == 403


def test_lists_are_searched_filtered_and_taken_along(
    browse: Browse, organisation: Organisation, now: datetime
) -> None:
    harbour = a_site(organisation, at=now, name="Harbour")
    a_site(organisation, at=now, name="Mill")
    a_group(organisation, harbour, at=now, name="=Drivers", contract="agency")
    a_group(organisation, harbour, at=now, name="Pickers")
    lead = browse("people_lead")
    page = lead.get(desk("sites"), {"words": "harb"}).content
    assert b"Harbour" in page
    assert b">Mill<" not in page
    page = lead.get(desk("groups"), {"contract": "agency", "site": str(harbour.pk)}).content
    assert b"=Drivers" in page
    assert b"Pickers" not in page
    assert b"No group fits" in lead.get(desk("groups"), {"words": "zzz"}).content
    sheet = lead.get(desk("groups"), {"format": "csv"}).content.decode("utf-8-sig")
    assert '"\'=Drivers"' in sheet
    assert '"Mill"' in lead.get(desk("sites"), {"format": "csv"}).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_costs_the_same_however_long_it_is(
    browse: Browse,
    organisation: Organisation,
    now: datetime,
    count: int,
    django_assert_max_num_queries: Any,
) -> None:
    site = a_site(organisation, at=now)
    for _number in range(count):
        a_group(organisation, site, at=now)
    lead = browse("people_lead")
    with django_assert_max_num_queries(8):
        lead.get(desk("groups"))
    with django_assert_max_num_queries(7):
        lead.get(desk("sites"))
    with django_assert_max_num_queries(9):
        lead.get(desk("site", pk=site.pk))


def test_what_belongs_to_another_organisation_is_not_here(
    browse: Browse, other_organisation: Organisation, person: Person, now: datetime
) -> None:
    site = a_site(other_organisation, at=now)
    group = a_group(other_organisation, site, at=now)
    body = a_representation(other_organisation, at=now)
    lead = browse("people_lead")
    for name in ("site", "change_site", "appoint_at_site"):
        assert lead.get(desk(name, pk=site.pk)).status_code == 404
    for name in ("group", "change_group", "vulnerable", "new_member"):
        assert lead.get(desk(name, pk=group.pk)).status_code == 404
    for name in ("change_body", "invite"):
        assert lead.get(desk(name, pk=body.pk)).status_code == 404
    assert lead.get(desk("end_membership", pk=group.pk)).status_code == 404
    assert lead.post(desk("withdraw_invitation", pk=group.pk)).status_code == 404
    assert not RepresentativeInvitation.objects.exists()
    assert lead.post(desk("new_group"), group_facts(site)).context["form"].errors["site"]
