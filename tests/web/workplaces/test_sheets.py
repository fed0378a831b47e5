"""Sign-in codes for a whole group or site, a pageful at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account, CodeSheet
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.models import Membership, WorkerGroup
from factories.code_sheets import send_code
from factories.workplaces import a_group

CODE = re.compile(r"<code>((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})</code>")
Browse = Callable[..., Client]


@pytest.fixture
def now() -> datetime:
    """The pages ask the clock."""
    return timezone.now()


@pytest.fixture
def pickers(organisation: Organisation, now: datetime) -> WorkerGroup:
    """A group with three people on the roster, one of whom left."""
    group = a_group(organisation, at=now, name="Pickers")
    since = now.date() - timedelta(days=30)
    with action("tests.roster", organisation=organisation, by=operator(), at=now) as act:
        for number, name in enumerate(("Ana", "Ben", "Gone")):
            act.create(
                Membership(
                    organisation=organisation,
                    group=group,
                    number=f"P-{number}",
                    name=name,
                    language="es" if name == "Ana" else "",
                    since=since,
                    until=since if name == "Gone" else None,
                )
            )
    return group


def test_a_whole_group_gets_sheets_and_accounts_without_an_e_mail(
    pickers: WorkerGroup, browse: Browse
) -> None:
    client = browse("registrar")
    place = f"group:{pickers.pk}"
    page = client.get("/desk/workplaces/codes/", {"place": place}).content.decode()
    assert "2 people here have no sheet that works." in page
    answer = client.post("/desk/workplaces/codes/", {"place": place})
    text = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert len(set(CODE.findall(text))) == 24
    assert text.count('class="qr"') == 24
    assert "P-0" in text
    assert "Gone" not in text
    ana = Membership.objects.get(name="Ana").account
    assert ana is not None
    assert (ana.language, ana.has_usable_password()) == ("es", False)
    assert send_code(CODE.findall(text)[0]).status_code == 302


def test_the_codes_are_on_that_page_and_on_no_other(pickers: WorkerGroup, browse: Browse) -> None:
    client = browse("registrar")
    client.post("/desk/workplaces/codes/", {})
    again = client.get("/desk/workplaces/codes/").content.decode()
    assert not CODE.search(again)
    assert "Everybody here has a sheet that works." in again


def test_pressing_again_prints_for_those_who_are_left_only(
    pickers: WorkerGroup, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    from commonweal_web.workplaces.views import sheets

    monkeypatch.setattr(sheets, "MOST_AT_ONCE", 1)
    client = browse("registrar")
    first = client.post("/desk/workplaces/codes/", {}).content.decode()
    assert "1 more person is waiting for a sheet." in first
    client.post("/desk/workplaces/codes/", {})
    assert CodeSheet.objects.filter(ended_at__isnull=True).count() == 2
    client.post("/desk/workplaces/codes/", {})
    assert CodeSheet.objects.count() == 2


def test_while_there_is_no_registrar_the_people_lead_may_and_the_gap_is_shown(
    pickers: WorkerGroup, browse: Browse
) -> None:
    lead = browse("people_lead")
    page = lead.get("/desk/workplaces/codes/").content.decode()
    assert "There is no registrar" in page
    assert "to print</button>" in page
    assert "That is a gap" in browse("worker").get("/my/voices/").content.decode()
    browse("registrar")
    page = lead.get("/desk/workplaces/codes/").content.decode()
    assert "The registrar prints the sheets" in page
    assert "to print</button>" not in page
    assert lead.post("/desk/workplaces/codes/", {}).status_code == 403
    assert not Account.objects.filter(name="Ana").exists()


@pytest.mark.parametrize("role", ["worker", "worker_representative", "executive", "use_owner"])
def test_nobody_else_opens_the_page(browse: Browse, role: str) -> None:
    assert browse(role).get("/desk/workplaces/codes/").status_code == 403


def test_a_place_of_another_organisation_is_not_here(
    other_organisation: Organisation, browse: Browse, now: datetime
) -> None:
    there = a_group(other_organisation, at=now)
    answer = browse("registrar").post("/desk/workplaces/codes/", {"place": f"group:{there.pk}"})
    assert not CODE.search(answer.content.decode())
    assert not CodeSheet.objects.exists()


def test_nobody_who_left_gets_a_sheet(
    pickers: WorkerGroup,
    organisation: Organisation,
    actor: Callable[..., Actor],
    now: datetime,
) -> None:
    gone = Membership.objects.get(name="Gone")
    with pytest.raises(Refused, match="Gone has left"):
        actions.print_sheets(
            organisation=organisation, by=actor("registrar"), at=now, lines=[gone]
        )


def test_the_page_costs_the_same_for_many_people(
    pickers: WorkerGroup,
    organisation: Organisation,
    browse: Browse,
    now: datetime,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    client = browse("registrar")
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        client.get("/desk/workplaces/codes/")
    lines = queries.lines_without_sheet(organisation, on=now.date())
    assert [line.name for line in lines] == ["Ana", "Ben"]
